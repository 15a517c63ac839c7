/**
 * What the steps of a path cost: `targets[step][candidate]`, and joining a candidate to one of the
 * step before.
 */
export interface PathCosts {
  readonly targets: readonly (readonly number[])[];
  join(step: number, from: number, to: number): number;
}

/**
 * The candidate of every step on the path with the least sum of target and joining costs (Viterbi,
 * as in Hunt and Black's unit selection, 1996). Of equal paths the one with the lower candidates
 * wins. Every step needs a candidate.
 */
export function cheapestPath({ targets, join }: PathCosts): number[] {
  const cameFrom: number[][] = [];
  let costs: readonly number[] = targets[0] ?? [];
  for (let step = 1; step < targets.length; step++) {
    const layer = (targets[step] ?? []).map((target, to) => {
      const [from, cost] = cheapest(costs.map((sum, i) => sum + join(step, i, to)));
      return { from, cost: cost + target };
    });
    cameFrom.push(layer.map(({ from }) => from));
    costs = layer.map(({ cost }) => cost);
  }
  return targets.length === 0 ? [] : tracedBack(cheapest(costs)[0], cameFrom);
}

function tracedBack(last: number, cameFrom: readonly (readonly number[])[]): number[] {
  const path = [last];
  for (let step = cameFrom.length - 1; step >= 0; step--) {
    path.push(cameFrom[step]![path.at(-1)!]!);
  }
  return path.reverse();
}

function cheapest(costs: readonly number[]): readonly [number, number] {
  let best = 0;
  for (let i = 1; i < costs.length; i++) if (costs[i]! < costs[best]!) best = i;
  return [best, costs[best]!];
}
