import { UserError } from '../../core/index.js';
import type { Audio } from '../../core/index.js';

/** Where STREAMINFO's count of samples begins: after `fLaC`, a block header and 13 bytes. */
const TOTAL_AT = 4 + 4 + 13;
const CHANNELS_MAX = 2;
const BLOCK = 1 << 20;

/**
 * A sound as FLAC of 16 bits; of more than two channels the first two are kept. The encoder cannot
 * know how long a stream will be, so the count of samples is set afterwards: without it a browser
 * shows no length and cannot seek.
 */
export async function encodeFlac({ channels, sampleRate }: Audio): Promise<Uint8Array> {
  const samples = channels[0]?.length ?? 0;
  if (samples === 0) throw new UserError({ what: 'a sound without samples makes no FLAC' });
  const { default: flac } = await import('@audio/encode-flac');
  const encoder = await flac({ sampleRate, bitDepth: 16, compression: 5 });
  const kept = channels.slice(0, CHANNELS_MAX);
  const parts: Uint8Array[] = [];
  for (let from = 0; from < samples; from += BLOCK) {
    parts.push(encoder.encode(kept.map((channel) => channel.subarray(from, from + BLOCK))));
  }
  parts.push(encoder.flush());
  encoder.free();
  return withTotal(Buffer.concat(parts), samples);
}

function withTotal(bytes: Buffer, samples: number): Uint8Array {
  const high = Math.floor(samples / 2 ** 32) & 0x0f;
  bytes.writeUInt8((bytes.readUInt8(TOTAL_AT) & 0xf0) | high, TOTAL_AT);
  bytes.writeUInt32BE(samples >>> 0, TOTAL_AT + 1);
  return bytes;
}
