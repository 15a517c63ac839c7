import { type Bus, controlSubject } from '../bus/index.js';
import type { Samples } from '../core/index.js';
import { afterSeconds } from './clock.js';

/** What the conducting process of a swarm tells those that play along on other machines. */
export interface BatonBeat {
  readonly run: string;
  /** SHA-256 of the scenario's text: whoever plays another piece does not join. */
  readonly scenario: string;
  readonly seed: number;
  /** Logical time now; −1 before the beginning. */
  readonly time: Samples;
  readonly ended: boolean;
}

const BEAT_SECONDS = 0.25;

/**
 * Gives the beat on `demiurge.<run>.control.baton` until stopped; the last beat says that the run
 * has ended.
 */
export function conduct(
  bus: Bus,
  piece: Pick<BatonBeat, 'run' | 'scenario' | 'seed'>,
  now: () => Samples,
): { stop(): void } {
  const subject = controlSubject(piece.run, 'baton');
  const beat = (ended: boolean): void => {
    bus.publish(subject, { ...piece, time: now(), ended } satisfies BatonBeat);
  };
  let callOff = (): void => {};
  const goOn = (): void => {
    beat(false);
    callOff = afterSeconds(BEAT_SECONDS, goOn);
  };
  goOn();
  return {
    stop: () => {
      callOff();
      beat(true);
    },
  };
}

/** Hears every beat of a piece, of one run when `run` is given; returns what stops listening. */
export function followBaton(
  bus: Bus,
  piece: { readonly scenario: string; readonly run?: string },
  hear: (beat: BatonBeat) => void,
): () => void {
  const pattern =
    piece.run === undefined ? 'demiurge.*.control.baton' : controlSubject(piece.run, 'baton');
  const subscription = bus.subscribe(
    pattern,
    { capacity: 4, overflow: 'keep-latest' },
    (message) => {
      const beat = message.body as BatonBeat;
      if (beat.scenario === piece.scenario) hear(beat);
    },
  );
  return () => void subscription.close();
}

/**
 * Waits until a conductor of this piece gives a beat that it has begun (`begun`) or any beat at
 * all.
 */
export function awaitBaton(
  bus: Bus,
  piece: { readonly scenario: string; readonly run?: string },
  begun: boolean,
): Promise<BatonBeat> {
  return new Promise((resolve) => {
    const stop = followBaton(bus, piece, (beat) => {
      if (beat.ended || (begun && beat.time < 0)) return;
      stop();
      resolve(beat);
    });
  });
}
