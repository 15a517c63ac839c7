import type { Bulletin } from './bulletin.js';

/** One figure for Prometheus: a value for every subject that has one. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge';
  readonly labels: readonly string[];
  /** [labels, value] of every subject; absent values are left out. */
  read(
    latest: Bulletin,
  ): readonly (readonly [Readonly<Record<string, string>>, number | undefined])[];
}

type State = NonNullable<Bulletin['state']>;

function whole(
  kind: Figure['kind'],
  name: string,
  help: string,
  of: (state: State) => number,
): Figure {
  const read: Figure['read'] = ({ state }) => (state === undefined ? [] : [[{}, of(state)]]);
  return { name, help, kind, labels: [], read };
}

function agent(
  kind: Figure['kind'],
  name: string,
  help: string,
  of: (agent: State['agents'][number]) => number | undefined,
): Figure {
  const read: Figure['read'] = ({ state }) =>
    (state?.agents ?? []).map((one) => [{ agent: one.id }, of(one)]);
  return { name: `agent_${name}`, help, kind, labels: ['agent'], read };
}

function link(
  kind: Figure['kind'],
  name: string,
  help: string,
  of: (link: State['links'][number]) => number,
): Figure {
  const read: Figure['read'] = ({ state, scene }) =>
    (state?.links ?? []).map((one) => {
      const { from, to } = scene?.links[one.index] ?? {};
      const ends = {
        from: from === undefined ? '?' : `${from.agent}.${from.port}`,
        to: to === undefined ? '?' : `${to.agent}.${to.port}`,
      };
      return [{ link: String(one.index), ...ends }, of(one)];
    });
  return { name: `link_${name}`, help, kind, labels: ['link', 'from', 'to'], read };
}

function loop(
  kind: Figure['kind'],
  name: string,
  help: string,
  of: (loop: State['loops'][number]) => number | undefined,
): Figure {
  const read: Figure['read'] = ({ state }) =>
    (state?.loops ?? []).map((one) => [{ loop: String(one.number) }, of(one)]);
  return { name: `loop_${name}`, help, kind, labels: ['loop'], read };
}

function life(
  name: string,
  help: string,
  of: (life: NonNullable<Bulletin['life']>) => number | undefined,
): Figure {
  const read: Figure['read'] = ({ life: now }) => (now === undefined ? [] : [[{}, of(now)]]);
  return { name, help, kind: 'gauge', labels: [], read };
}

/** Every figure, in the order in which it is told; names without their `demiurge_`. */
export const FIGURES: readonly Figure[] = [
  whole('counter', 'seconds_total', 'Logical seconds played.', (s) => s.seconds),
  whole('counter', 'wall_seconds_total', 'Seconds of wall time.', (s) => s.wallSeconds),
  whole('gauge', 'lag_seconds', 'How late the music is.', (s) => s.lagSeconds),
  whole('gauge', 'laps_max', 'The highest lap that was said.', (s) => s.lapsMax),
  whole('counter', 'dropped_total', 'Messages dropped.', (s) => s.dropped),
  whole(
    'gauge',
    'loop_delay_p99_seconds',
    'How late the timers of the engine are.',
    (s) => s.engine.loopDelayP99Ms / 1000,
  ),
  whole('gauge', 'resident_bytes', 'Memory of the engine.', (s) => s.engine.rssBytes),
  whole('gauge', 'cpu_ratio', 'Share of one core the engine takes.', (s) => s.engine.cpu),
  whole('counter', 'journal_entries_total', 'Journal entries.', (s) => s.engine.journalEntries),
  agent('gauge', 'up', '1 up, 0 down or parked.', (a) => Number(a.health === 'up')),
  agent('counter', 'received_total', 'Messages heard.', (a) => a.received),
  agent('counter', 'emitted_total', 'Messages said.', (a) => a.emitted),
  agent('counter', 'dropped_total', 'Messages dropped before it.', (a) => a.dropped),
  agent('counter', 'failures_total', 'Steps that failed.', (a) => a.failures),
  agent('counter', 'scrubbed_total', 'Sounds with NaN faded out.', (a) => a.scrubbed),
  agent('counter', 'restarts_total', 'Deaths after which it began again.', (a) => a.restarts),
  agent('gauge', 'inbox', 'Messages that wait.', (a) => a.inbox),
  agent('gauge', 'oldest_seconds', 'How long the oldest is due.', (a) => a.oldestSeconds),
  agent('counter', 'compute_seconds_total', 'Computing time.', (a) => a.computeSeconds),
  agent('gauge', 'step_p95_seconds', 'Computing time of a step.', (a) => a.p95Ms / 1000),
  agent('gauge', 'real_time_factor', 'Sound per computing time.', (a) => a.realTimeFactor),
  agent('gauge', 'rms_db', 'Level of its last sound, dB full scale.', (a) => a.rmsDb),
  link('counter', 'sent_total', 'Messages sent.', (l) => l.sent),
  link('counter', 'delivered_total', 'Messages delivered.', (l) => l.delivered),
  link('counter', 'dropped_total', 'Messages dropped.', (l) => l.dropped),
  link('counter', 'bytes_total', 'Bytes delivered.', (l) => l.bytes),
  link('gauge', 'delay_p95_seconds', 'From said to taken.', (l) => l.delayP95Seconds),
  loop('counter', 'turns_total', 'Turns of the loop.', (l) => l.turns),
  loop('gauge', 'lap_seconds', 'Logical seconds of the last turn.', (l) => l.lapSeconds),
  loop('gauge', 'gain_db', 'Energy out over energy in of a turn.', (l) => l.gainDb),
  life('drift', 'Distance from what came from outside, in spreads.', (l) => l.drift),
  life('variety', 'Variety now over that of the beginning.', (l) => l.variety),
  life('effective_rank', 'Directions in which sounds differ.', (l) => l.effectiveRank),
  life('fresh_ratio', 'Share of sound from outside.', (l) => l.freshRatio),
  life('novelty_per_hour', 'New sounds per logical hour.', (l) => l.noveltyPerHour),
  {
    name: 'alert',
    help: '1 for every alert that stands.',
    kind: 'gauge',
    labels: ['word', 'subject', 'level'],
    read: ({ alerts }) => alerts.map(({ word, subject, level }) => [{ word, subject, level }, 1]),
  },
];
