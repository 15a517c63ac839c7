import type { Bus, BusMessage, SubscribeOptions } from '../../src/bus/index.js';

/** Waits until something holds; the test's own time limit is the only clock. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Resolves when all that this bus subscribed to before is in force. */
export async function settled(bus: Bus, name: string): Promise<void> {
  let isHeard = false;
  const mine = bus.subscribe(`settled.${name}`, {}, () => {
    isHeard = true;
  });
  bus.publish(`settled.${name}`, null);
  await until(() => isHeard);
  await mine.close();
}

/** Gathers every message of a pattern. */
export function gather(bus: Bus, pattern: string, options: SubscribeOptions = {}): BusMessage[] {
  const heard: BusMessage[] = [];
  bus.subscribe(pattern, options, (message) => heard.push(message));
  return heard;
}
