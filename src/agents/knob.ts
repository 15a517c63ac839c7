import { z } from 'zod';
import type { Control } from '../core/index.js';

/** How far a param may be turned while an agent plays. */
export interface Knob {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** The knob of a number among a kind's params: its own bounds. A TypeError where it has none. */
export function knobOf(param: z.ZodType): Knob {
  let inner: unknown = param;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap();
  if (inner instanceof z.ZodNumber) {
    const [min, max] = [inner.minValue ?? Number.NaN, inner.maxValue ?? Number.NaN];
    if (Number.isFinite(max - min)) return { min, max, whole: inner.format === 'safeint' };
  }
  throw new TypeError('a param that can be turned is a number with bounds');
}

/** A value as a knob can have it: within its bounds, and whole where it must be. */
export function withinKnob({ min, max, whole }: Knob, value: number): number {
  const inside = Math.min(max, Math.max(min, value));
  return whole ? Math.round(inside) : inside;
}

/**
 * What a control turns: the knob of its name, to the nearest value it can have. Undefined for a
 * name that is none of these, and for a value that is no number.
 */
export function turned<N extends string>(
  { name, value }: Control,
  knobs: Readonly<Record<N, Knob>>,
): { readonly [K in N]?: number } | undefined {
  if (!Object.hasOwn(knobs, name) || !Number.isFinite(value)) return undefined;
  const found: { [K in N]?: number } = {};
  found[name as N] = withinKnob(knobs[name as N], value);
  return found;
}

/** What a kind notes of a control that turns nothing. */
export const UNKNOWN: Control = { name: 'unknown', value: 1 };
