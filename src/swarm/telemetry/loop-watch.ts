import {
  LapHistogram,
  LoopGain,
  type LoopState,
  type RisingLoop,
  type SceneLoop,
  turnOf,
} from '../../telemetry/index.js';
import type { Line } from '../line.js';
import type { Family, Kin, Passed } from './family.js';
import { rounded } from './level.js';
import { type ObserverParts } from './observer-parts.js';
import { carriedBy, loopsOf } from './scene-of.js';

/** How far back a turn is followed. */
const STEPS_MAX = 64;

interface WatchedLoop {
  readonly loop: SceneLoop;
  readonly laps: LapHistogram;
  readonly gain: LoopGain;
}

/** Watches every loop at its gate: the first returning link of it that carries sound, if any. */
export class LoopWatch {
  readonly #parts: ObserverParts;
  readonly #family: Family;
  readonly #loops: readonly WatchedLoop[];
  readonly #byGate = new Map<number, WatchedLoop[]>();

  constructor(parts: ObserverParts, family: Family) {
    this.#parts = parts;
    this.#family = family;
    this.#loops = loopsOf(parts).map((loop) => {
      return { loop, laps: new LapHistogram(), gain: new LoopGain() };
    });
    for (const watched of this.#loops) {
      const gate = gateOf(watched.loop, parts);
      this.#byGate.set(gate, [...(this.#byGate.get(gate) ?? []), watched]);
    }
  }

  /**
   * Notes that an envelope entered a returning link; returns how many turns on end have risen
   * with it.
   */
  crossed(line: Line, kin: Kin, seconds: number): number {
    const { gain } = line.link;
    const { power } = kin.level;
    // Gain is for audio alone (DESIGN §7): a mel is a shape.
    const heard = power !== undefined && kin.carries === 'audio' ? power * gain * gain : power;
    const before = kin.passed.find(({ link }) => link === line.index);
    const now = { power: heard, seconds };
    const turn = before === undefined ? undefined : turnOf(before, now);
    const { rising } = turn ?? { rising: 0 };
    const crossing: Passed = { ...now, rising, link: line.index, serial: kin.serial };
    kin.crossings.push({ to: line.link.to.agent, crossing });
    const gated = this.#byGate.get(line.index) ?? [];
    for (const { laps } of gated) laps.add(kin.lap + 1);
    if (turn === undefined || before === undefined) return 0;
    this.#turned(gated, kin, before)?.gain.add(turn);
    return rising;
  }

  /** Where every loop stands. */
  states(nowSeconds: number): LoopState[] {
    return this.#loops.map(({ loop: { number }, laps, gain }) => {
      const { turns, lapSeconds, gainDb } = gain;
      return {
        number,
        turns,
        ...(lapSeconds === undefined ? {} : { lapSeconds: rounded(lapSeconds) }),
        ...(gainDb === undefined ? {} : { gainDb: rounded(gainDb) }),
        risingTurns: gain.risingTurns(nowSeconds),
        laps: laps.counts(),
        paused: this.#parts.holds?.isLoopPaused(number) ?? false,
      };
    });
  }

  /** The loops as the rule for RUNAWAY sees them. */
  rising(nowSeconds: number): RisingLoop[] {
    return this.#loops.flatMap(({ loop, gain }) => {
      const risingTurns = gain.risingTurns(nowSeconds);
      if (risingTurns === 0) return [];
      const { number } = loop;
      const { gainDb, lapSeconds } = gain;
      const returns = loop.links
        .map((index) => this.#parts.lines[index] as Line)
        .filter(({ link }) => link.way === 'returns')
        .map(({ name, link }) => ({ name, gain: link.gain }));
      return [{ number, risingTurns, gainDb, lapSeconds, returns }];
    });
  }

  /** The greatest of the loops of a gate whose agents all lie on the way that was taken. */
  #turned(gated: readonly WatchedLoop[], kin: Kin, before: Passed): WatchedLoop | undefined {
    if (gated.length === 0) return undefined;
    const way = this.#wayBack(kin, before);
    let best: WatchedLoop | undefined;
    for (const one of gated) {
      if (!one.loop.agents.every((agent) => way.has(agent))) continue;
      if (best === undefined || one.loop.agents.length > best.loop.agents.length) best = one;
    }
    return best;
  }

  #wayBack(kin: Kin, before: Passed): Set<string> {
    const way = new Set<string>();
    let at: Kin | undefined = kin;
    for (let steps = 0; at !== undefined && at.serial !== before.serial; steps++) {
      way.add(at.agent);
      if (steps === STEPS_MAX) break;
      at = at.parentSerials
        .map((serial) => this.#family.at(serial))
        .find((parent) => parent?.serial === before.serial || hasPassed(parent, before));
    }
    return way;
  }
}

function hasPassed(kin: Kin | undefined, before: Passed): boolean {
  return (
    kin?.passed.some((one) => one.link === before.link && one.serial === before.serial) ?? false
  );
}

function gateOf(loop: SceneLoop, parts: ObserverParts): number {
  const returns = loop.links.filter((index) => parts.lines[index]?.link.way === 'returns');
  const sounding = returns.find((index) => {
    return ['audio', 'mel'].includes(carriedBy(parts.lines[index] as Line, parts));
  });
  return sounding ?? (returns[0] as number);
}
