import { defineAgent, port } from 'demiurge';
import { z } from 'zod';

const LEVEL = 0.1;

/** A tape that is copied from itself: each lap is duller, has more hum, and is as loud as ever. */
export default defineAgent({
  kind: 'tape',
  summary: 'Plays back what it recorded, a little duller and with a little more hum.',
  params: z.object({
    keep: z.number().min(0.01).max(1).default(0.5).describe('how much of the highs it keeps'),
    hum: z.number().min(0).max(1).default(0.3).describe('share of power that is hum'),
    pitch: z.number().min(20).max(2000).default(98).describe('pitch of the hum in hertz'),
  }),
  inputs: { audio: port.audio('what is recorded') },
  outputs: { audio: port.audio('what is played back') },

  start: () => null,

  receive(state, message, { params, now }) {
    if (message.port === 'tick') return { state, emit: [] };
    const { sampleRate, channels } = message.signal;
    const soft = dulled(channels[0] ?? new Float32Array(), params.keep);
    const power = soft.reduce((sum, x) => sum + x * x, 0) / Math.max(1, soft.length);
    const gain = power > 0 ? LEVEL * Math.sqrt((1 - params.hum) / power) : 0;
    const period = Math.round(sampleRate / params.pitch);
    const pulse = LEVEL * Math.sqrt(params.hum * period);
    const worn = soft.map((x, n) => gain * x + ((now + n) % period === 0 ? pulse : 0));
    return { state, emit: [{ port: 'audio', signal: { sampleRate, channels: [worn] } }] };
  },
});

function dulled(samples: Float32Array, keep: number): Float32Array {
  let last = 0;
  return samples.map((x) => (last += keep * (x - last)));
}
