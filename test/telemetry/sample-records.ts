import type { TelemetryRecord } from '../../src/telemetry/index.js';

type Of<T extends TelemetryRecord['type']> = TelemetryRecord & { type: T };

/** What a small run plays: `mel` and a recorder, with one link that returns. */
export const sceneOf = (run: string, more: Partial<Of<'scene'>> = {}): Of<'scene'> => ({
  v: 1,
  type: 'scene',
  run,
  title: 'Mini',
  clock: 'real',
  seed: 7,
  sampleRate: 44_100,
  startedAt: '2031-01-01T00:00:00.000Z',
  bus: 'embedded',
  folder: 'out/mini',
  pid: process.pid,
  control: false,
  agents: [{ id: 'mel', kind: 'vocoder', isolated: false, models: [], outside: false }],
  links: [
    {
      index: 0,
      from: { agent: 'mel', port: 'audio' },
      to: { agent: 'mel', port: 'mel' },
      way: 'returns',
      carries: 'audio',
      delaySeconds: 1,
      gain: 0.5,
      laps: 8,
      keep: 'latest',
    },
  ],
  loops: [{ number: 1, agents: ['mel'], links: [0] }],
  ...more,
});

/** Where the small run stands after so many seconds. */
export const stateAt = (seconds: number): Of<'state'> => ({
  type: 'state',
  seconds,
  wallSeconds: seconds,
  lagSeconds: 0,
  lapsMax: 3,
  dropped: 2,
  agents: [
    {
      id: 'mel',
      health: 'up',
      busy: false,
      muted: false,
      received: 4,
      emitted: 5,
      dropped: 2,
      failures: 0,
      restarts: 1,
      restartsLeft: 4,
      inbox: 1,
      oldestSeconds: 0.5,
      computeSeconds: 2,
      p50Ms: 10,
      p95Ms: 20,
    },
  ],
  links: [
    {
      index: 0,
      sent: 9,
      delivered: 7,
      dropped: 2,
      skipped: 0,
      bytes: 4096,
      delayP95Seconds: 1,
      gain: 0.5,
      delaySeconds: 1,
      paused: false,
    },
  ],
  loops: [{ number: 1, turns: 3, gainDb: -0.4, risingTurns: 0, laps: [[0, 1]], paused: false }],
  engine: { loopDelayP99Ms: 1, rssBytes: 1e8, cpu: 0.1, journalEntries: 40 },
});

/** The n-th thing said, of `bytes` bytes or so. */
export const saidAs = (n: number, bytes = 0): Of<'said'> => ({
  type: 'said',
  id: `mel.${n}`,
  agent: 'mel',
  port: 'audio',
  carries: 'audio',
  seconds: n,
  lap: 0,
  parents: bytes === 0 ? [] : ['x'.repeat(bytes)],
  bytes: 4,
  shape: [1, 1],
});

/** An alert about `mel`, over when told so. */
export const alertOf = (since: number, over?: number): Of<'alert'> => ({
  type: 'alert',
  id: 'LATE mel',
  word: 'LATE',
  level: 'look',
  subject: 'mel',
  since,
  says: 'mel is late',
  try: 'a smaller network',
  ...(over === undefined ? {} : { over }),
});
