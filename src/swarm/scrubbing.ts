import type { Audio } from '../core/index.js';
import { scrub } from '../audio/index.js';
import { reportFailure } from './failure.js';
import { type Outcome, PerformerDied } from './performer.js';
import type { SchedulerParts } from './scheduler-parts.js';
import type { Seat } from './seat.js';

/** Sound is faded out before numbers that are none, and in after them, over this long. */
const FADE_SECONDS = 0.005;
/** So many spoilt sounds in so many logical seconds, and the agent begins anew. */
const SPOILT_MAX = 3;
const SPOILT_SECONDS = 10;

type Parts = Pick<SchedulerParts, 'chronicle' | 'notify' | 'sampleRate'>;

/**
 * What an agent said with NaN and infinities in its sound faded out, before anybody hears or keeps
 * it; each spoilt sound is counted, journaled and told.
 */
export function scrubbed(parts: Parts, seat: Seat, said: Outcome['said']): Outcome['said'] {
  return said.map((utterance) => {
    if (seat.outputs[utterance.port]?.carries !== 'audio') return utterance;
    const sound = utterance.signal as Audio;
    const fadeSamples = Math.max(1, Math.round(FADE_SECONDS * sound.sampleRate));
    const mended = sound.channels.map((channel) => scrub(channel, fadeSamples));
    const count = mended.reduce((sum, one) => sum + one.count, 0);
    if (count === 0) return utterance;
    report(parts, seat, `${count} samples on "${utterance.port}" were no numbers`);
    return { ...utterance, signal: { ...sound, channels: mended.map(({ samples }) => samples) } };
  });
}

/**
 * Ends an agent and starts it anew, with a state of its own beginning, when it has spoilt three
 * sounds within ten seconds: what feeds on its own NaN stays poisoned. Undefined without need.
 */
export function renewalOf(parts: Parts, seat: Seat): Promise<void> | undefined {
  const since = seat.time - SPOILT_SECONDS * parts.sampleRate;
  seat.spoilt = seat.spoilt.filter((time) => time > since);
  if (seat.spoilt.length < SPOILT_MAX) return undefined;
  seat.spoilt = [];
  return renew(parts, seat);
}

async function renew(parts: Parts, seat: Seat): Promise<void> {
  const { id: agent, time, performer } = seat;
  const stopped = await settled(parts, seat, performer.stop(time));
  // Its supervisor knows of a death already, and starts it anew.
  if (stopped === 'died') return;
  if ((await settled(parts, seat, performer.start())) !== 'done') return;
  seat.counts.restarts++;
  const says = `it spoilt ${SPOILT_MAX} sounds within ${SPOILT_SECONDS} s`;
  parts.chronicle.happened({ type: 'happened', time, what: 'renewed', agent, says });
  parts.notify({ type: 'restarted', agent, restarts: seat.counts.restarts, says });
}

async function settled(
  parts: Parts,
  seat: Seat,
  act: Promise<void>,
): Promise<'done' | 'failed' | 'died'> {
  try {
    await act;
    return 'done';
  } catch (error) {
    if (error instanceof PerformerDied) return 'died';
    reportFailure(parts, seat, error);
    return 'failed';
  }
}

function report({ chronicle, notify }: Parts, seat: Seat, says: string): void {
  const { id: agent, time } = seat;
  seat.counts.scrubbed++;
  seat.spoilt = [...seat.spoilt, time];
  chronicle.happened({ type: 'happened', time, what: 'scrubbed', agent, says });
  notify({ type: 'scrubbed', agent, says });
}
