import type { RunArchive } from '../archive/index.js';
import { type Along, type BiasCurve, biasCurves } from '../drift/index.js';
import type { Curve } from '../site/index.js';

/** The bias curves of a run as its pages draw them: each by lap, then each over time. */
export async function siteCurves(run: RunArchive): Promise<readonly Curve[]> {
  const curves: Curve[] = [];
  for (const along of ['lap', 'time'] as const) {
    const { curves: measured } = await biasCurves(run, { along });
    curves.push(...measured.map((curve) => curveOf(curve, along)));
  }
  return curves.filter(({ points }) => points.length > 0);
}

/** A point without a value is left out of the line: nothing is drawn that was not measured. */
function curveOf({ title, unit, points }: BiasCurve, along: Along): Curve {
  return {
    name: along === 'lap' ? `${title}, by lap` : `${title}, over time`,
    unit,
    over: along === 'lap' ? 'lap' : 'second',
    points: points.flatMap(({ from, estimate }) => {
      if ('undefinedBecause' in estimate) return [];
      const { value: y, low = y, high = y } = estimate;
      return [{ x: from, y, low, high }];
    }),
  };
}
