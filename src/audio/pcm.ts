/** How samples are stored: 16- or 24-bit integers, or 32-bit floats. */
export type WavFormat = '16' | '24' | '32f';

/** Every format a WAV can be written in. */
export const WAV_FORMATS: readonly WavFormat[] = ['16', '24', '32f'];

/** Bytes of one sample. */
export function bytesPerSample(format: WavFormat): number {
  return { '16': 2, '24': 3, '32f': 4 }[format];
}

/**
 * Samples as 16-bit integers: x · 32767 rounded, clipped to [−32768, 32767], NaN as 0 (libsndfile's
 * convention; reading divides by 32768).
 */
export function toInt16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (x) => integer(x, 32_767));
}

/** 16-bit integers as samples in [−1, 1): divided by 32768. */
export function fromInt16(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (x) => x / 32_768);
}

function integer(x: number, scale: number): number {
  const scaled = Math.round(x * scale);
  return scaled > scale ? scale : scaled < -scale - 1 ? -scale - 1 : scaled || 0;
}

/** Frames `from` to `to` of all channels, interleaved and little-endian. */
export function encodeFrames(
  channels: readonly Float32Array[],
  format: WavFormat,
  { from, to }: { readonly from: number; readonly to: number },
): Uint8Array {
  const size = bytesPerSample(format);
  const bytes = new Uint8Array((to - from) * channels.length * size);
  const view = new DataView(bytes.buffer);
  const put = PUT[format];
  let at = 0;
  for (let n = from; n < to; n++) {
    for (const channel of channels) {
      put(view, at, channel[n]!);
      at += size;
    }
  }
  return bytes;
}

const PUT: Readonly<Record<WavFormat, (view: DataView, at: number, x: number) => void>> = {
  '16': (view, at, x) => view.setInt16(at, integer(x, 32_767), true),
  '24': (view, at, x) => {
    const sample = integer(x, 8_388_607);
    view.setInt16(at, sample, true);
    view.setInt8(at + 2, sample >> 16);
  },
  '32f': (view, at, x) => view.setFloat32(at, x, true),
};

/** How a WAV file that someone else may have written stores its samples. */
export type WavCodec = 'u8' | '16' | '24' | '32' | '32f' | '64f';

/** Bytes of one sample of a codec. */
export function codecBytes(codec: WavCodec): number {
  return { u8: 1, '16': 2, '24': 3, '32': 4, '32f': 4, '64f': 8 }[codec];
}

const GET: Readonly<Record<WavCodec, (view: DataView, at: number) => number>> = {
  u8: (view, at) => (view.getUint8(at) - 128) / 128,
  '16': (view, at) => view.getInt16(at, true) / 32_768,
  '24': (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608,
  '32': (view, at) => view.getInt32(at, true) / 2_147_483_648,
  '32f': (view, at) => view.getFloat32(at, true),
  '64f': (view, at) => view.getFloat64(at, true),
};

/** Interleaved bytes as channels of whole frames; a broken last frame is left out. */
export function decodeFrames(bytes: Uint8Array, codec: WavCodec, count: number): Float32Array[] {
  const size = codecBytes(codec);
  const frames = Math.floor(bytes.length / (size * count));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const get = GET[codec];
  return Array.from({ length: count }, (_, c) => {
    const channel = new Float32Array(frames);
    for (let n = 0; n < frames; n++) channel[n] = get(view, (n * count + c) * size);
    return channel;
  });
}
