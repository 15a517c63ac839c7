import { type BootstrapOptions, coverageOf } from '../../measures/index.js';
import { type Estimate, estimated, unknown } from '../estimate.js';
import type { Choice, Sound } from '../sound.js';

/** What one sampler could choose from, as far as its choices tell. */
interface Stock {
  /** Samples from one unit to the next: the greatest common divisor of all that were chosen. */
  readonly stride: number;
  /** Every sound of the ports it chose from, each blob once, at its first hearing. */
  readonly sounds: readonly Sound[];
}

/** The stocks of a run's samplers, and how a unit is named so that one sound has one name. */
export interface Stocks {
  readonly cellOf: (unit: string) => string;
  /** Units that the samplers of these choices had to choose from until a time. */
  readonly knownUntil: (agents: ReadonlySet<string>, seconds: number) => number;
}

/** Works out what samplers could choose from: the sounds of every port they ever chose from. */
export function stocksOf(sounds: readonly Sound[], choices: readonly Choice[]): Stocks {
  const byId = new Map(sounds.map((sound) => [sound.id, sound]));
  const stocks = new Map<string, Stock>();
  for (const agent of new Set(choices.map((choice) => choice.agent))) {
    const units = choices.flatMap((one) => (one.agent === agent ? one.units : []));
    stocks.set(agent, stockOf(units, byId));
  }
  return {
    cellOf(unit): string {
      const { id, sample } = partsOf(unit);
      return `${byId.get(id)?.hash ?? id}@${sample}`;
    },
    knownUntil(agents, seconds): number {
      return [...agents].reduce((sum, agent) => sum + unitsUntil(stocks.get(agent), seconds), 0);
    },
  };
}

/**
 * The share of the units known by a time that these choices took, or with `effective` as how many
 * units, all taken alike, they are as varied. Bands by drawing whole choices.
 */
export function coverageEstimate(
  choices: readonly Choice[],
  stocks: Stocks,
  untilSeconds: number,
  options: BootstrapOptions & { readonly effective: boolean },
): Estimate {
  if (choices.length === 0) return unknown('no sampler chose anything');
  const known = stocks.knownUntil(new Set(choices.map(({ agent }) => agent)), untilSeconds);
  const cells = choices.map(({ agent, units }) =>
    units.map((unit) => `${agent}:${stocks.cellOf(unit)}`),
  );
  const take = (drawn: readonly (readonly string[])[]): number | undefined => {
    const coverage = coverageOf(drawn.flat(), known);
    return options.effective ? coverage.effectiveUnits : coverage.share;
  };
  const why = 'what could be chosen is not known';
  const range = options.effective ? ([1, Infinity] as const) : ([0, 1] as const);
  return estimated(cells, take, { ...options, why, range });
}

function stockOf(units: readonly string[], byId: ReadonlyMap<string, Sound>): Stock {
  const ports = new Set<string>();
  let stride = 0;
  for (const unit of new Set(units)) {
    const { id, sample } = partsOf(unit);
    const from = byId.get(id)?.from;
    if (from !== undefined) ports.add(from);
    stride = divisor(stride, sample);
  }
  const first = new Map<string, Sound>();
  for (const sound of byId.values()) {
    if (ports.has(sound.from) && !first.has(sound.hash)) first.set(sound.hash, sound);
  }
  return { stride, sounds: [...first.values()] };
}

function unitsUntil(stock: Stock | undefined, seconds: number): number {
  if (stock === undefined || stock.stride === 0) return 0;
  let units = 0;
  for (const sound of stock.sounds) {
    if (sound.seconds <= seconds) units += Math.max(1, Math.floor(sound.samples / stock.stride));
  }
  return units;
}

function partsOf(unit: string): { readonly id: string; readonly sample: number } {
  const at = unit.lastIndexOf('@');
  return { id: unit.slice(0, at), sample: Number(unit.slice(at + 1)) };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
