import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createUntrainedRun, generateAudio, pairRuns } from '../../../src/models/index.js';
import type { GeneratedAudio, GenerateOptions, RunPair } from '../../../src/models/index.js';
import { scratchFolder } from '../registry/scratch.js';

const registry = join(scratchFolder(), 'registry');
let pair: RunPair;
let narrow: RunPair;

beforeAll(async () => {
  const una = { mfd: 8, num_groups: 2 };
  await createUntrainedRun('una-gan', una, 1, { id: 'una0000a', registry });
  const audible = { audible: true, registry };
  await createUntrainedRun('mel-gan', { ngf: 1 }, 1, { id: 'mel0000a', ...audible });
  const few = { ngf: 1, n_mel_channels: 20 };
  await createUntrainedRun('mel-gan-gru', few, 1, { id: 'mel0000b', ...audible });
  pair = await pairRuns({ una: 'una0000a', mel: 'mel0000a', registry });
  narrow = await pairRuns({ una: 'una0000a', mel: 'mel0000b', registry });
});

async function generated(options: Partial<GenerateOptions> = {}): Promise<GeneratedAudio[]> {
  const sounds: GeneratedAudio[] = [];
  for await (const sound of generateAudio({ ...pair, seconds: 0.5, count: 2, ...options })) {
    sounds.push(sound);
  }
  return sounds;
}

describe('generating audio', () => {
  it('gives whole columns of noise, never trimmed: 4096 samples each', async () => {
    const sounds = await generated();
    expect(sounds.map(({ name }) => name)).toEqual([
      'mel-mel0000a_una-una0000a_sample0',
      'mel-mel0000a_una-una0000a_sample1',
    ]);
    for (const { audio } of sounds) {
      expect(audio.sampleRate).toBe(44_100);
      expect(audio.channels.map((channel) => channel.length)).toEqual([6 * 4096]);
    }
  });

  it('gives the same sounds from the same seed, and others from another', async () => {
    const [one, again, other] = [
      await generated(),
      await generated(),
      await generated({ seed: 4 }),
    ];
    expect(again).toEqual(one);
    expect(other[0]?.audio).not.toEqual(one[0]?.audio);
    expect(one[1]?.audio).not.toEqual(one[0]?.audio);
  });

  it('adds merges of several sounds, channel by channel', async () => {
    const sounds = await generated({ count: 3, channels: 2, merges: 2 });
    expect(sounds).toHaveLength(5);
    for (const { audio, samples, name } of sounds.slice(3)) {
      expect(name.endsWith(`_sample${samples.join('-')}`)).toBe(true);
      expect(audio.channels).toEqual(samples.map((i) => sounds[i]?.audio.channels[0]));
    }
  });

  it('lets a vocoder of another width hear the mel', async () => {
    expect(narrow.mismatches).toContain('mel bins: 80 said, 20 heard');
    const [sound] = await generated({ ...narrow, count: 1 });
    expect(sound?.audio.channels[0]?.every(Number.isFinite)).toBe(true);
  });

  it('refuses counts and durations that are none', async () => {
    await expect(generated({ count: 0 })).rejects.toThrow('0 sounds');
    await expect(generated({ seconds: -1 })).rejects.toThrow('-1 seconds');
    await expect(generated({ channels: 1.5 })).rejects.toThrow('1.5 channels');
  });
});
