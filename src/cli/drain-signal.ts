/** The exit code of a program that was interrupted. */
const INTERRUPTED = 130;

/**
 * A signal that is aborted by the first Ctrl-C (or SIGTERM), so that a run drains; the second stops
 * at once. `tell` shows what is going on; call `forget` when the run is over.
 */
export function drainSignal(tell: (says: string) => void): {
  readonly signal: AbortSignal;
  forget(): void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    tell('draining: what was said is still played (Ctrl-C again stops at once)');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.on(name, stop);
  return {
    signal: controller.signal,
    forget: () => {
      for (const name of signals) process.off(name, stop);
    },
  };
}
