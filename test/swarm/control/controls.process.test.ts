// Controls over agents in processes of their own, and on the real clock.
import { describe, expect, it } from 'vitest';
import type { HappenedRecord, JournalRecord } from '../../../src/archive/index.js';
import { type PlannedControl, plannedFrom } from '../../../src/swarm/index.js';
import type { ControlRequest } from '../../../src/telemetry/index.js';
import { play } from '../play.js';
import { guarded, source } from './guarded.js';
import { steered } from './steered-play.js';

const RECORDINGS = new URL('../../fixtures/descriptors/violin-0.wav', import.meta.url).pathname;
const piece = (isolation: 'inline' | 'process') => guarded(isolation, source(RECORDINGS));

const asked: readonly ControlRequest[] = [
  { name: 'delay', link: 4, delaySeconds: 0.011 },
  { name: 'mute', agent: 'right', on: true },
  { name: 'pause-loop', loop: 1, on: true },
  { name: 'solo', agent: 'left', on: true },
  { name: 'mute', agent: 'right', on: false },
  { name: 'gain', link: 2, gain: 2 },
  { name: 'pause-loop', loop: 1, on: false },
  { name: 'delay', link: 5, delaySeconds: 0.4 },
];

const happened = (records: readonly JournalRecord[]): HappenedRecord[] =>
  records.filter((record) => record.type === 'happened');

describe('a run that is steered', () => {
  it('says the same with agents inline, in one process, or in two', async () => {
    const plannedControls: PlannedControl[] = asked.map((control, i) => {
      return { time: 150 + 171 * i, control };
    });
    const options = { durationSeconds: 2, plannedControls };
    const inline = await play(piece('inline'), options);
    const each = await play(piece('process'), options);
    const shared = await play(piece('process'), { ...options, processes: 1 });
    expect(plannedFrom(inline.records)).toEqual(plannedControls);
    for (const other of [each, shared]) {
      expect(other.summary.journal.digest).toBe(inline.summary.journal.digest);
      expect(other.audio).toEqual(inline.audio);
    }
  });

  it('on the real clock repeats on either clock', async () => {
    const cues = asked.map((control, i) => ({ after: 2 + 4 * i, control }));
    const first = await steered(guarded(), cues, { durationSeconds: 2.5, clock: 'real' });
    expect(first.answers.map(({ done }) => done)).toEqual(asked.map(() => true));
    const plannedControls = plannedFrom(first.records);
    for (const clock of ['virtual', 'real'] as const) {
      const again = await play(guarded(), { durationSeconds: 2.5, clock, plannedControls });
      expect(again.summary.journal.digest).toBe(first.summary.journal.digest);
      expect(again.audio).toEqual(first.audio);
    }
  });

  it('with agents in processes repeats inline', async () => {
    const cues = asked.map((control, i) => ({ after: 2 + 5 * i, control }));
    const first = await steered(piece('process'), cues, { durationSeconds: 4 });
    const plannedControls = plannedFrom(first.records);
    expect(plannedControls.length).toBeGreaterThan(3);
    const again = await play(piece('inline'), { durationSeconds: 4, plannedControls });
    expect(again.summary.journal.digest).toBe(first.summary.journal.digest);
    expect(again.audio).toEqual(first.audio);
  });
});

describe('an agent that is restarted', () => {
  it('is killed and back, and the journal says who asked (T38)', async () => {
    const restart: ControlRequest = { name: 'restart', agent: 'left' };
    const cues = [{ after: 9, control: restart }];
    const options = { durationSeconds: 3, clock: 'real' } as const;
    const { answers, records, summary } = await steered(piece('process'), cues, options);
    expect(answers).toEqual([{ done: true, says: 'left is started anew' }]);
    expect(happened(records).map(({ what, agent }) => `${agent} ${what}`)).toEqual([
      'left restart asked',
      'left died',
      'left restarted',
    ]);
    expect(summary.agents.find(({ id }) => id === 'left')?.restarts).toBe(1);
    expect(records.filter(({ type }) => type === 'control')).toEqual([]);
    for (const line of summary.links) {
      expect(line.sent).toBe(line.delivered + line.dropped + line.inFlight);
    }
  });

  it('takes those in its process along, and the answer names them', async () => {
    const cues = [{ after: 9, control: { name: 'restart', agent: 'left' } as const }];
    const options = { durationSeconds: 20, processes: 1 };
    const { answers, summary } = await steered(piece('process'), cues, options);
    expect(answers[0]?.says).toBe('left is started anew, and with it right in its process');
    expect(summary.agents.map(({ restarts }) => restarts)).toEqual([0, 1, 1, 0]);
  });
});
