import { type Feature, meanDistance } from '../measures/cloud.js';
import type { Finding } from './finding.js';

/** Variety below this is a collapse, once so many sounds have been heard. */
export const COLLAPSE_VARIETY = 0.1;
/** Sounds that must have been heard. */
export const COLLAPSE_SOUNDS = 12;

/** A sound of now, and who made it. */
export interface HeardFeature {
  readonly agent: string;
  readonly seconds: number;
  readonly feature: Feature;
}

/** COLLAPSE: what sounds now differs by less than a tenth of what it did in the beginning. */
export function collapseOf(
  variety: number | undefined,
  now: readonly HeardFeature[],
): readonly Finding[] {
  if (variety === undefined || variety >= COLLAPSE_VARIETY) return [];
  if (now.length < COLLAPSE_SOUNDS) return [];
  const subject = mostAlike(now);
  const share = Math.round(variety * 100);
  return [
    {
      word: 'COLLAPSE',
      level: 'look',
      subject,
      since: now[0]?.seconds ?? 0,
      says: `${subject} repeats itself: variety is ${share} % of what it was in the beginning`,
      try: 'let something from outside in: a corpus, fresh noise, or less feedback',
    },
  ];
}

/** The agent whose own sounds differ least, among those that were heard more than once. */
function mostAlike(now: readonly HeardFeature[]): string {
  const by = new Map<string, Feature[]>();
  for (const { agent, feature } of now) by.set(agent, [...(by.get(agent) ?? []), feature]);
  const agents = [...by].sort(([, a], [, b]) => distinct(a) - distinct(b) || b.length - a.length);
  return agents[0]?.[0] ?? '?';
}

function distinct(features: readonly Feature[]): number {
  return features.length < 2 ? Number.POSITIVE_INFINITY : meanDistance(features);
}
