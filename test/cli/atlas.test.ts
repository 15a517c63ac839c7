import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spoken, withFolder } from './spoken.js';

const ECHO = `title: Echo room
seed: 3
sampleRate: 8000
agents:
  door: { kind: mixer }
  wall: { kind: guard }
links:
  - door.audio -> wall.audio
  - wall.audio ~> door.audio: { delay: 400ms, gain: 0.25, laps: 3 }
`;

describe('atlas', () => {
  it('says of each loop where probes come to rest, and leaves a page', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'echo.yaml');
      writeFileSync(file, ECHO);
      const out = join(folder, 'atlas');
      const asked = ['--only', 'loop1', '--seconds', '1', '--out', out];
      const { code, out: said, err } = await spoken('atlas', file, ...asked);
      expect(code).toBe(0);
      expect(said).toMatch(/loop 1 +silence +silence +0 +A/);
      expect(said).toMatch(/loop 1 \(door → wall → door\): every probe dies away after \d/);
      expect(err).toMatch(/loop 1, noise: silence after \d+ laps/);
      expect(existsSync(join(out, 'atlas.html'))).toBe(true);
    }));

  it('prints one JSON document, and follows a sound of the caller too', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'echo.yaml');
      writeFileSync(file, ECHO);
      const asked = ['--only', 'wall', '--seconds', '1', '--json', '--out', join(folder, 'atlas')];
      const own = ['--probe', join('corpus', 'violin', 'pizzicato.flac')];
      const { code, out } = await spoken('atlas', file, ...asked, ...own);
      const document = JSON.parse(out) as { rows: { trails: { probe: string }[] }[] };
      expect(code).toBe(0);
      const probes = document.rows[0]!.trails.map(({ probe }) => probe);
      expect(probes).toEqual(['silence', 'noise', 'sine', 'bar', 'pizzicato']);
    }));

  it('refuses a name that is not there, and a scenario without a way round', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'echo.yaml');
      writeFileSync(file, ECHO);
      const unknown = await spoken('atlas', file, '--only', 'loop7', '--out', join(folder, 'a'));
      expect([unknown.code, unknown.out]).toEqual([2, '']);
      expect(unknown.err).toContain('loop 1, door, wall');
      writeFileSync(file, 'title: x\nseed: 1\nagents:\n  out: { kind: recorder }\n');
      const open = await spoken('atlas', file, '--out', join(folder, 'a'));
      expect([open.code, open.out]).toEqual([2, '']);
      expect(existsSync(join(folder, 'a'))).toBe(false);
    }));
});
