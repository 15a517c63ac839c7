import type { TrainOptions, TrainReport } from '../../training/index.js';

type Losses = Extract<TrainReport, { says: 'step' }>['losses'];

/** How a training's progress is shown. */
export interface ProgressOptions {
  /** Steps in all, where that is known. */
  readonly steps: number | undefined;
  readonly minutes: number | undefined;
  /** Whether a curve is drawn beside the numbers, as a terminal can show it. */
  readonly curve: boolean;
  readonly now: () => number;
  readonly tell: (line: string) => void;
}

/** A log that nobody watches needs fewer lines than a terminal. */
const SECONDS_BETWEEN = { terminal: 2, log: 10 } as const;
const CURVE_LENGTH = 32;
const BARS = '▁▂▃▄▅▆▇█';

/** Tells how a training goes on: a line every few seconds, and one for whatever is rare. */
export function trainProgress(options: ProgressOptions): TrainOptions['report'] {
  const { now, tell } = options;
  const pause = SECONDS_BETWEEN[options.curve ? 'terminal' : 'log'];
  const curve: number[] = [];
  let [began, first, told] = [now(), 0, Number.NEGATIVE_INFINITY];
  return (report) => {
    if (report.says === 'compiled') [began, first] = [now(), report.step];
    if (report.says !== 'step') return tell(lineOf(report));
    if (now() - told < pause) return;
    told = now();
    curve.push(Object.values(report.losses)[0] ?? 0);
    const pace = (report.step - first) / Math.max(1e-9, now() - began);
    const parts = [
      `step ${report.step}${options.steps === undefined ? '' : ` of ${options.steps}`}`,
      report.phase,
      lossesOf(report.losses),
      `${pace.toFixed(2)} steps/s`,
      leftOf(options, report.step, pace, now() - began),
      options.curve ? curveOf(curve.slice(-CURVE_LENGTH)) : '',
    ];
    tell(parts.filter((part) => part !== '').join('  '));
  };
}

function lineOf(report: Exclude<TrainReport, { says: 'step' }>): string {
  switch (report.says) {
    case 'preparing':
      return `analysing ${report.index + 1} of ${report.count}: ${report.file}`;
    case 'skipped':
      return `skipped ${report.file}: ${report.reason}`;
    case 'begun':
      return `run ${report.id}, engine ${report.engine} (${report.why}); compiling the step`;
    case 'compiled': {
      const nodes = report.nodes === undefined ? '' : ` of ${report.nodes} operations`;
      const { workers } = report;
      if (workers > 1) return `going on from step ${report.step}; ${workers} workers share a step`;
      return `going on from step ${report.step}; a step${nodes} is one graph`;
    }
    case 'heard':
      return `step ${report.step}, held out: ${lossesOf(report.heldOut)}`;
    case 'kept':
      return `step ${report.step} is kept as run ${report.id}`;
    case 'untracked':
      return `the tracker fails, the training goes on: ${report.fault}`;
  }
}

function lossesOf(losses: Losses): string {
  const entries = Object.entries(losses);
  return entries.map(([name, loss]) => `${name} ${loss.toPrecision(4)}`).join(' ');
}

function leftOf(
  { steps, minutes }: ProgressOptions,
  step: number,
  pace: number,
  spent: number,
): string {
  const bySteps = steps === undefined ? Infinity : (steps - step) / pace;
  const byMinutes = minutes === undefined ? Infinity : minutes * 60 - spent;
  const seconds = Math.max(0, Math.min(bySteps, byMinutes));
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 90) return `${Math.round(seconds)} s left`;
  const whole = Math.round(seconds / 60);
  return whole < 90 ? `${whole} min left` : `${(whole / 60).toFixed(1)} h left`;
}

/** A curve of one character per value, between the least and the greatest. */
export function curveOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  return values
    .map((value) => BARS[Math.min(7, Math.floor(((value - low) / span) * 8))] ?? '')
    .join('');
}
