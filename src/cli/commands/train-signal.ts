/** The exit code of a program that was interrupted. */
const INTERRUPTED = 130;

/**
 * A signal that the first Ctrl-C (or SIGTERM) aborts, so that a training saves and leaves; the
 * second stops at once, which loses nothing but the steps since the last checkpoint.
 */
export function saveSignal(tell: (line: string) => void): {
  readonly signal: AbortSignal;
  forget(): void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    tell('saving after this step (Ctrl-C again stops at once)');
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
