/** The exit code of a program that was interrupted. */
const INTERRUPTED = 130;

/**
 * A signal that is aborted by the first Ctrl-C (or SIGTERM), so that a run drains or a training
 * saves; the second stops at once. `tell` is called with the first; call `forget` at the end.
 */
export function interruptSignal(tell: () => void): {
  readonly signal: AbortSignal;
  forget(): void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    tell();
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
