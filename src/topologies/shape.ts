import { z } from 'zod';
import type { AgentId } from '../core/index.js';
import { linkOptions } from './link-options.js';

/** An arrow between agents before its ports are chosen: `una`, or `una.mel` to insist on a port. */
export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly way: 'feeds' | 'returns';
  /** Times the shape's delay; 1 unless given. */
  readonly longer?: number;
}

/**
 * A named topology: params as a scenario writes them, and the arrows they make between its agents.
 */
export interface Shape<P extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  /** Which loops it makes. */
  readonly loops: string;
  readonly params: P;
  /** The params this shape adds to the link options; `all` are the scenario's agents in order. */
  wires(params: z.output<P>, all: readonly AgentId[]): readonly Wire[];
}

/** Lets the compiler infer a shape's params. */
export const defineShape = <P extends z.ZodType>(shape: Shape<P>): Shape<P> => shape;

/** An agent of a shape, or one of its ports: `una`, `una.mel`. */
export function place(doc: string): z.ZodString {
  return z
    .string()
    .regex(/^[\w-]+(\.[\w-]+)?$/, 'an agent such as una, or a port such as una.mel')
    .describe(doc);
}

/** The agents of a shape, in order; all agents of the scenario unless given. */
export function places(least: number, doc: string): z.ZodOptional<z.ZodArray<z.ZodString>> {
  return z
    .array(place('an agent or one of its ports'))
    .min(least, `a list of at least ${least} agents`)
    .max(1000, 'a list of at most 1000 agents')
    .optional()
    .describe(`${doc}; all agents unless given`);
}

/** Params of a shape: its own, and the options that all its returning links share. */
export function shapeParams<S extends z.ZodRawShape>(
  own: S,
): z.ZodObject<S & typeof linkOptions.shape, z.core.$strict> {
  return z.strictObject({ ...linkOptions.shape, ...own }) as never;
}

/** Arrows from each place to the next. */
export function chain(agents: readonly string[], way: Wire['way'] = 'feeds'): readonly Wire[] {
  return agents.slice(1).map((to, i) => ({ from: agents[i] as string, to, way }));
}
