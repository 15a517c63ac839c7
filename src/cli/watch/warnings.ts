/** Lets warnings of this process be told instead of written to stderr; returns what ends it. */
export function divertWarnings(tell: (says: string) => void): () => void {
  const usual = process.listeners('warning');
  const divert = ({ message }: Error): void => tell(message);
  for (const listener of usual) process.off('warning', listener);
  process.on('warning', divert);
  return () => {
    process.off('warning', divert);
    for (const listener of usual) process.on('warning', listener);
  };
}
