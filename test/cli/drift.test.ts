import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { spoken, withFolder, writeMini } from './spoken.js';

it('a run is drawn, told in words and as JSON, and what is written wrongly is refused', () =>
  withFolder(async (folder) => {
    const [out, svg] = [join(folder, 'run'), join(folder, 'curves.svg')];
    await spoken('run', writeMini(folder), '--no-dashboard', '--out', out);

    const told = await spoken('drift', out, '--measure', 'centroid,fresh', '--svg', svg);
    expect([told.code, told.err]).toEqual([0, '']);
    expect(told.out).toMatch(/^spectral centroid +\S+ +\S/m);
    expect(told.out).toMatch(/^lap +count +Hz +low +high +chance$/m);
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg .*\n<title>Bias curves of /);

    const { out: text } = await spoken('drift', out, '--by', 'time', '--json');
    const { along, curves } = JSON.parse(text) as { along: string; curves: unknown[] };
    expect([along, curves.length]).toEqual(['time', 10]);

    const wrong = await spoken('drift', out, '--measure', 'bias');
    expect([wrong.code, existsSync(join(out, 'drift-cache'))]).toEqual([2, true]);
    expect(wrong.err).toContain('Write some of drift, from-corpus');
    writeFileSync(join(folder, 'empty'), '');
    expect((await spoken('drift', join(folder, 'empty'))).err).toContain('there is no such run');
  }));
