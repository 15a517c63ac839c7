import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../house/source.js';

describe('the display, drawing for long', () => {
  it('keeps no frame, and React no timings (T41)', () => {
    const program = join(ROOT, 'test', 'tui', 'render-for-long.mjs');
    const said = execFileSync(process.execPath, ['--expose-gc', program, '2500'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production', CI: 'false' },
    });
    const { bytes, measures, writes } = JSON.parse(said) as Record<string, number>;
    expect(measures).toBe(0);
    expect(writes).toBeGreaterThan(1000);
    // Series of figures are still filling; a single kept line of a frame would be 300 bytes.
    expect(bytes).toBeLessThan(200);
  }, 120_000);
});
