import { describe, expect, it } from 'vitest';
import type {
  LineHearer,
  TelemetryRecord,
  TelemetryRequest,
} from '../../../src/telemetry/index.js';
import { Attachment } from '../../../tui/attach/attachment.js';
import type { Presence } from '../../../tui/attach/attachment.js';
import { sceneOf, stateAt } from '../../telemetry/sample-records.js';

/** A clock that stands until it is told to go on. */
function handClock() {
  const due: { at: number; call: () => void }[] = [];
  const clock = {
    ms: 0,
    nowMs: () => clock.ms,
    after: (ms: number, call: () => void) => {
      const one = { at: clock.ms + ms, call };
      due.push(one);
      return () => void (due.includes(one) && due.splice(due.indexOf(one), 1));
    },
    async goOn(ms: number): Promise<void> {
      const until = clock.ms + ms;
      for (;;) {
        await settle();
        const next = due.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > until) break;
        due.splice(due.indexOf(next), 1);
        clock.ms = next.at;
        next.call();
      }
      clock.ms = until;
    },
  };
  return clock;
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

/** An engine that is there or not, and all that a watcher of it hears and says. */
function staged() {
  const clock = handClock();
  const heard: TelemetryRecord[] = [];
  const told: Presence[] = [];
  const sent: TelemetryRequest[] = [];
  const engine = {
    isThere: true,
    tries: [] as number[],
    hearer: undefined as unknown as LineHearer,
  };
  const attachment = new Attachment({
    clock,
    hear: (record) => void heard.push(record),
    changed: (presence) => void told.push(presence),
    open: async (hearer) => {
      engine.tries.push(clock.ms);
      if (!engine.isThere) throw new Error('ECONNREFUSED');
      engine.hearer = hearer;
      const send = (request: TelemetryRequest): void => void sent.push(request);
      return { send, pause: () => {}, resume: () => {}, close: () => {} };
    },
  });
  return { attachment, clock, engine, heard, sent, told };
}

describe('an attachment', () => {
  it('is live with the first word and lost within 3 s of silence (T33)', async () => {
    const { clock, engine, told, attachment } = staged();
    await settle();
    expect(attachment.presence).toEqual({ word: 'WAITING', sinceMs: 0 });
    await clock.goOn(1000);
    engine.hearer.hear(sceneOf('abcd1234'));
    engine.hearer.hear(stateAt(1));
    await clock.goOn(2400);
    expect(told).toEqual([{ word: 'LIVE', sinceMs: 1000 }]);
    await clock.goOn(600);
    expect(told.at(-1)).toEqual({ word: 'LOST', sinceMs: 3500 });
  });

  it('says at once that an engine died, tries for ever, and comes back (T33)', async () => {
    const { clock, engine, told, heard } = staged();
    await settle();
    engine.hearer.hear(stateAt(1));
    engine.isThere = false;
    engine.hearer.gone();
    expect(told.at(-1)).toEqual({ word: 'LOST', sinceMs: 0 });
    await clock.goOn(3_600_000);
    const waits = engine.tries.map((at, i) => at - (engine.tries[i - 1] ?? 0)).slice(1);
    expect(waits.slice(0, 5)).toEqual([250, 500, 1000, 2000, 2000]);
    expect(waits.length).toBeGreaterThan(1700);
    expect(heard).toEqual([stateAt(1)]);
    engine.isThere = true;
    await clock.goOn(2000);
    engine.hearer.hear(stateAt(9));
    expect(told.map(({ word }) => word)).toEqual(['LIVE', 'LOST', 'LIVE']);
    expect(heard.at(-1)).toEqual(stateAt(9));
  });

  it('does not come back after the end, nor listens to a line it gave up', async () => {
    const { clock, engine, told, heard } = staged();
    await settle();
    const old = engine.hearer;
    old.gone();
    await clock.goOn(250);
    old.hear(stateAt(1));
    expect(heard).toEqual([]);
    engine.hearer.hear({ type: 'ended', reason: 'finished' });
    engine.hearer.gone();
    await clock.goOn(60_000);
    expect(told.at(-1)).toMatchObject({ word: 'ENDED', reason: 'finished' });
    expect(engine.tries).toHaveLength(2);
  });

  it('numbers its requests, and answers every one, if only that nobody did', async () => {
    const { attachment, clock, engine, sent } = staged();
    const control = { name: 'restart', agent: 'mel' } as const;
    expect(await attachment.ask(control)).toMatchObject({ done: false });
    await settle();
    engine.hearer.hear(stateAt(1));
    const [one, two] = [attachment.ask(control), attachment.ask(control)];
    expect(sent.map(({ request }) => request)).toEqual([1, 2]);
    engine.hearer.hear({ type: 'answer', request: 2, done: true, says: 'done' });
    expect(await two).toMatchObject({ done: true, says: 'done' });
    for (let n = 0; n < 3; n++) {
      await clock.goOn(2000);
      engine.hearer.hear(stateAt(n));
    }
    expect(await one).toMatchObject({ done: false, says: expect.stringContaining('no answer') });
    const three = attachment.ask(control);
    engine.hearer.gone();
    expect(await three).toMatchObject({ done: false, says: expect.stringContaining('lost') });
  });
});
