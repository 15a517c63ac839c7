import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../core/index.js';

/** Reads a duration (`30s`, `2min`, `0.5`) as seconds, more than none. */
export function duration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new InvalidArgumentError('Write a duration such as 500ms, 30s or 2min.');
}

/** Reads a moment (`0`, `30s`, `2min`) as seconds from the beginning. */
export function moment(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined && seconds >= 0) return seconds;
  throw new InvalidArgumentError('Write a moment such as 0, 30s or 2min.');
}

/** Reads a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Write a whole number, at least ${least}.`);
  };
}

/** Reads names with commas between them. */
export function names(text: string): readonly string[] {
  const list = text.split(',').map((name) => name.trim());
  if (list.every((name) => name !== '')) return list;
  throw new InvalidArgumentError('Write names with commas between them.');
}

/** Reads a run id: eight letters and digits. */
export function runId(text: string): string {
  if (/^[a-z0-9]{8}$/.test(text)) return text;
  throw new InvalidArgumentError('Write eight letters a to z and digits.');
}

/** Reads where the bus is: `embedded`, `spawn` or a NATS address. */
export function busPlace(text: string): string {
  if (/^(embedded|spawn|nats:\/\/\S+)$/.test(text)) return text;
  throw new InvalidArgumentError('Write embedded, spawn or an address such as nats://host:4222.');
}

/** Reads the address of a NATS server, of a user there if need be. */
export function natsAddress(text: string): string {
  if (/^nats:\/\/\S+$/.test(text)) return text;
  throw new InvalidArgumentError('Write an address such as nats://host:4222.');
}
