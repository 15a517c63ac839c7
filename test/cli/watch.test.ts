import { describe, expect, it } from 'vitest';
import { accountOf } from '../../src/cli/account.js';
import { columns } from '../../src/cli/output.js';
import { PlainWatcher } from '../../src/cli/watch/plain-watcher.js';
import { divertWarnings } from '../../src/cli/watch/warnings.js';
import type { Envelope } from '../../src/core/index.js';
import type { Progress, Summary, SwarmEvent } from '../../src/swarm/index.js';

const RATE = 44_100;

const sound = (agent: string, level: number, seconds = 0): Envelope => ({
  id: `${agent}.1`,
  lap: 0,
  source: { agent, port: 'audio' },
  sequence: 1,
  parents: [],
  time: seconds * RATE,
  carries: 'audio',
  signal: { sampleRate: RATE, channels: [Float32Array.of(0, level)] },
});

const agent: Progress['agents'][number] = {
  id: 'mel',
  kind: 'vocoder',
  received: 1,
  emitted: 2,
  dropped: 0,
  restarts: 0,
  failures: 0,
  scrubbed: 0,
  computeSeconds: 0.5,
  health: 'up',
  pid: 7,
};

const progress = (seconds: number, wallSeconds: number): Progress => ({
  time: seconds * RATE,
  sampleRate: RATE,
  endTime: undefined,
  wallSeconds,
  lagSeconds: 0,
  lapsMax: 3,
  dropped: 1,
  agents: [agent],
});

const programme = { title: 'Mini', run: 'abcd1234', clock: 'virtual', seed: 7 } as const;

function linesFor(...events: readonly SwarmEvent[]): readonly string[] {
  const lines: string[] = [];
  const watcher = new PlainWatcher({ ...programme, durationSeconds: 30 }, (line) =>
    lines.push(line),
  );
  for (const event of events) watcher.hear(event);
  return lines;
}

describe('plain lines', () => {
  it('begin with what is played', () => {
    expect(linesFor()).toEqual(['Mini · run abcd1234 · virtual clock · seed 7']);
  });

  it('announce the first audio, then each agent once, and no silence', () => {
    const said = (...envelopes: readonly Envelope[]): SwarmEvent[] =>
      envelopes.map((envelope) => ({ type: 'said', envelope }));
    const lines = linesFor(
      ...said(sound('a', 0), sound('b', 0.5, 1), sound('b', 0.5, 2), sound('c', 0.5, 3)),
    );
    expect(lines.slice(1)).toEqual(['    1.0 s  first audio, from b', '    3.0 s  sound from c']);
  });

  it('say where the run stands about every five seconds, of either kind', () => {
    const moments = [progress(1, 0.5), progress(6, 1.5), progress(9, 2), progress(10, 7)];
    const lines = linesFor(
      ...moments.map((each) => ({ type: 'progress', progress: each }) as const),
    );
    expect(lines.slice(1)).toEqual([
      '    6.0 s  ×4.0, said 2, laps 3, dropped 1',
      '   10.0 s  ×1.4, said 2, laps 3, dropped 1',
    ]);
  });

  it('tell trouble at once, and not that a run closes its bus', () => {
    const lines = linesFor(
      { type: 'died', agent: 'mel', says: 'killed by SIGKILL' },
      { type: 'restarted', agent: 'mel', restarts: 1, says: 'with nothing' },
      { type: 'bus', state: 'disconnected', says: 'nobody answers' },
      { type: 'bus', state: 'closed', says: 'closed' },
    );
    expect(lines.slice(1)).toEqual([
      '  ! mel died: killed by SIGKILL',
      '  ! mel began again (1) with nothing',
      '  ! bus disconnected: nobody answers',
    ]);
  });
});

describe('warnings of this process', () => {
  it('are told to the watchers while a dashboard has the terminal, and no longer', async () => {
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const usual = process.listeners('warning');
    const told: string[] = [];
    const undivert = divertWarnings((says) => told.push(says));
    process.emitWarning('the disk is nearly full');
    await turn();
    undivert();
    expect(told).toEqual(['the disk is nearly full']);
    expect(process.listeners('warning')).toEqual(usual);
  });
});

const SUMMARY: Summary = {
  run: 'abcd1234',
  title: 'Mini',
  seed: 7,
  reason: 'finished',
  folder: 'out/abcd1234',
  logicalSeconds: 20,
  wallSeconds: 5,
  realTimeFactor: 4,
  lagSecondsMax: 0,
  agents: [
    {
      id: 'mel',
      kind: 'vocoder',
      received: 4,
      emitted: 3,
      dropped: 1,
      restarts: 0,
      failures: 0,
      scrubbed: 0,
      computeSeconds: 1.25,
    },
  ],
  laps: { max: 3, histogram: { 0: 2, 3: 1 } },
  links: [
    {
      from: 'a.audio',
      to: 'mel.mel',
      way: 'feeds',
      sent: 5,
      delivered: 4,
      dropped: 1,
      inFlight: 0,
      skipped: 0,
    },
  ],
  bus: { kind: 'embedded', reconnects: 0, gaps: 0 },
  journal: { entries: 9, digest: 'f'.repeat(64), chain: 'c'.repeat(32) },
  audio: [
    { file: 'audio/out.wav', seconds: 20, peakDb: -1.04, rmsDb: -18.2, lufs: -17.6 },
    { file: 'audio/mute.wav', seconds: 20, peakDb: null, rmsDb: null, lufs: null },
  ],
  models: [{ role: 'mel', run: 'runrunru', hash: 'x', trained: false }],
  generations: { offered: 0, taken: 0, latest: [] },
};

describe('the account', () => {
  it('says how it ended, who did what, and where the sound is', () => {
    const text = accountOf(SUMMARY);
    expect(text).toContain('Mini · run abcd1234 finished: 20.0 s of music in 5.0 s (×4.00)');
    expect(text).toMatch(/mel +vocoder +4 +3 +1 +0 +1\.3/);
    expect(text).toContain('4 delivered, 1 dropped');
    expect(text).toContain('untrained: mel');
    expect(text).toMatch(/audio\/out\.wav +20\.0 s +peak -1\.0 dB, rms -18\.2 dB +-17\.6 LUFS/);
    expect(text).toMatch(/audio\/mute\.wav +20\.0 s +silent/);
  });

  it('says which generations of weights were offered, and who took them', () => {
    expect(accountOf(SUMMARY)).not.toContain('generations');
    const version = { hash: 'x', by: 'pupil', offeredSeconds: 8 };
    const latest = [
      { ...version, generation: 1, run: 'firstone', takenBy: [{ agent: 'seq', said: 3 }] },
      { ...version, generation: 2, run: 'thenthis', takenBy: [] },
    ];
    const text = accountOf({ ...SUMMARY, generations: { offered: 2, taken: 1, latest } });
    expect(text).toMatch(/weights +2 generations offered, 1 taken/);
    expect(text).toContain('1 of pupil at 8.0 s, run firstone: seq said 3 with it');
    expect(text).toContain('2 of pupil at 8.0 s, run thenthis: not taken');
  });

  it('says so when nothing was recorded', () => {
    expect(accountOf({ ...SUMMARY, audio: [] })).toContain('no sound was recorded');
  });
});

describe('columns', () => {
  it('line up, with the last one ragged', () => {
    const rows = [
      ['a', 'bb', 'c'],
      ['aaa', 'b', ''],
    ];
    expect(columns(rows)).toBe('a    bb  c\naaa  b');
  });
});
