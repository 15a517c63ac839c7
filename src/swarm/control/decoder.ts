import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Audio, messageOf } from '../../core/index.js';
import { refusal } from './act.js';

/** What a decoding thread is told. */
export interface ToDecode {
  readonly path: string;
  readonly sampleRate: number;
}

/** What a decoding thread answers. */
export type Decoded =
  | { readonly ok: true; readonly audio: Audio }
  | { readonly ok: false; readonly says: string };

function entry(): string {
  // Tests run the sources, but a thread of its own needs compiled files.
  const here = import.meta.url;
  const compiled = '../../../dist/src/swarm/control/decoder-main.js';
  return fileURLToPath(new URL(here.endsWith('.ts') ? compiled : './decoder-main.js', here));
}

/**
 * Decodes a sound file, mono at the given rate, in a thread of its own: seconds of sound take long
 * enough to be heard as a stop if the engine did it. A UserError for what cannot be decoded.
 */
export async function decodeApart(what: ToDecode): Promise<Audio> {
  const worker = new Worker(entry(), { workerData: what });
  const decoded = await new Promise<Decoded>((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error) => resolve({ ok: false, says: messageOf(error) }));
    worker.once('exit', (code) => resolve({ ok: false, says: `the decoder ended with ${code}` }));
  });
  if (decoded.ok) return decoded.audio;
  throw refusal(decoded.says);
}
