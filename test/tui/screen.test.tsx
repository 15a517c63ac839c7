import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { lookFor } from '../../tui/look.js';
import { BLANK, withRecord } from '../../tui/picture.js';
import type { Picture } from '../../tui/picture.js';
import type { AgentRow, TelemetryRecord } from '../../tui/record.js';
import { parseRecord } from '../../tui/record.js';
import { Screen } from '../../tui/screen.js';

const scene: TelemetryRecord = {
  type: 'scene',
  title: 'Babel',
  run: 'k3f9a2xq',
  clock: 'virtual',
  seed: 7,
  durationSeconds: 30,
};

const agent = (id: string, kind: string, more: Partial<AgentRow> = {}): AgentRow => ({
  id,
  kind,
  received: 3,
  emitted: 12_345,
  dropped: 1,
  restarts: 0,
  computeSeconds: 1.25,
  health: 'up',
  ...more,
});

const progress: TelemetryRecord = {
  type: 'progress',
  seconds: 15,
  wallSeconds: 5,
  lagSeconds: 0,
  lapsMax: 4,
  dropped: 2,
  agents: [agent('mel', 'vocoder'), agent('violin', 'violinist', { health: 'down' })],
  peaksDb: { mel: -30 },
};

const pictureOf = (...records: readonly TelemetryRecord[]): Picture =>
  records.reduce(withRecord, BLANK);

function frame(picture: Picture, columns: number, rows = 24): string {
  const look = lookFor({ columns, rows }, { NO_COLOR: '1', LANG: 'C.UTF-8' });
  const { lastFrame, unmount } = render(<Screen picture={picture} look={look} />);
  const text = lastFrame() ?? '';
  unmount();
  return text;
}

describe('the screen', () => {
  it('waits until it knows anything', () => {
    expect(frame(BLANK, 80)).toBe('tuning…');
  });

  it.each([80, 120])('shows the run and every agent at %i columns', (columns) => {
    const text = frame(pictureOf(scene, progress), columns);
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^Babel +virtual · seed 7 · k3f9a2xq$/);
    expect(lines[1]).toBe('0:15 / 0:30  ██████████░░░░░░░░░░  ×3.0  laps 4  dropped 2');
    expect(lines[3]).toMatch(/^agent +kind +heard +said +drop +again +cpu s +level/);
    expect(lines[4]).toMatch(/^mel +vocoder +3 +12\.3k +1 +0 +1\.3 +█+░+$/);
    expect(lines[5]).toMatch(/^violin +violinist +3 +12\.3k +1 +0 +1\.3 +down$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('stays a row shorter than the terminal, or Ink would clear it at every frame', () => {
    const agents = Array.from({ length: 30 }, (_, i) => agent(`a${i}`, 'mixer'));
    const notes = ['one', 'two', 'three'].map((says) => ({ type: 'note', says }) as const);
    const text = frame(pictureOf(scene, { ...progress, agents }, ...notes), 80, 20);
    expect(text.split('\n')).toHaveLength(19);
    expect(text.split('\n').at(-1)).toBe('three');
  });

  it('says how many agents there was no room for', () => {
    const agents = Array.from({ length: 30 }, (_, i) => agent(`a${i}`, 'mixer'));
    const text = frame(pictureOf(scene, { ...progress, agents }), 80, 16);
    expect(text).toContain('a6 ');
    expect(text).not.toContain('a7 ');
    expect(text).toContain('and 23 more');
  });

  it('keeps the three latest notes', () => {
    const notes = ['one', 'two', 'three', 'four'].map((says) => ({ type: 'note', says }) as const);
    const text = frame(pictureOf(scene, progress, ...notes), 80);
    expect(text).not.toContain('one');
    expect(text).toMatch(/two\n.*three\n.*four/);
  });

  it('warns when the clock runs late, and only then', () => {
    expect(frame(pictureOf(scene, { ...progress, lagSeconds: 1.26 }), 80)).toContain('late 1.3 s');
    expect(frame(pictureOf(scene, progress), 80)).not.toContain('late');
  });

  it('shrinks to the time when the terminal is too small', () => {
    expect(frame(pictureOf(scene, progress), 30)).toBe('0:15 / 0:30');
  });

  it('draws bars in ASCII where UTF-8 is not promised', () => {
    expect(lookFor({ columns: 80, rows: 24 }, { LANG: 'C' }).cells).toBe('#.');
  });
});

describe('a line of telemetry', () => {
  it('is read as it was written', () => {
    expect(parseRecord(JSON.stringify(progress))).toEqual(progress);
  });

  it('is passed over when it is broken or of another time', () => {
    expect(parseRecord('{"type":"progr')).toBeUndefined();
    expect(parseRecord('{"type":"weather"}')).toBeUndefined();
  });
});
