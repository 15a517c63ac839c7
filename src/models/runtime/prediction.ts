import type { Tensor, Tensors } from '../../core/index.js';
import type { Session } from './onnx-runtime.js';

type Feeds = Readonly<Record<string, Tensor>>;

/**
 * Predicts frame by frame: the last output [B, d] becomes the next input. With states (LSTM) one
 * frame is fed at a time; without (transformer) the whole sequence so far is heard again (§8).
 */
export async function predictFrames(
  session: Session,
  feeds: Feeds,
  steps: number,
): Promise<Tensors> {
  const stateful = 'h' in feeds;
  const names = stateful ? ['forward', 'next_h', 'next_c'] : ['forward'];
  const heard = await session.run(feeds, names);
  const frames = [lastFrame(heard.forward as Tensor)];
  let [now, window] = [heard, feeds.window as Tensor];
  while (frames.length < steps) {
    const next = frames.at(-1) as Tensor;
    window = stateful ? next : joined(window, next);
    now = await session.run(stateful ? states(window, now) : { window }, names);
    frames.push(lastFrame(now.forward as Tensor));
  }
  return { prediction: frames.reduce(joined), forward: heard.forward as Tensor };
}

function states(window: Tensor, { next_h: h, next_c: c }: Tensors): Feeds {
  return { window, h: h as Tensor, c: c as Tensor };
}

function lastFrame({ shape, data }: Tensor): Tensor {
  const [batch = 0, length = 0, size = 0] = shape;
  const last = new Float32Array(batch * size);
  for (let b = 0; b < batch; b++) {
    const end = (b + 1) * length * size;
    last.set(data.subarray(end - size, end), b * size);
  }
  return { shape: [batch, 1, size], data: last };
}

// Joins [B, S, d] and [B, T, d] along time.
function joined(first: Tensor, second: Tensor): Tensor {
  const [batch = 0, before = 0, size = 0] = first.shape;
  const after = second.shape[1] as number;
  const data = new Float32Array(first.data.length + second.data.length);
  for (let b = 0; b < batch; b++) {
    const at = b * (before + after) * size;
    data.set(first.data.subarray(b * before * size, (b + 1) * before * size), at);
    const rest = second.data.subarray(b * after * size, (b + 1) * after * size);
    data.set(rest, at + before * size);
  }
  return { shape: [batch, before + after, size], data };
}
