import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { offerSignal } from '../../src/agents/cast/offer.js';
import { sequencer } from '../../src/agents/kinds/sequencer.js';
import { vocoder } from '../../src/agents/kinds/vocoder.js';
import { logMel80, mfcc39 } from '../../src/audio/index.js';
import { type RunRecord, createUntrainedRun } from '../../src/models/index.js';
import { type Given, type Said, chirp, hiss, rehearse } from '../../src/testing/index.js';
import { castAs, openRunMaker } from './cast-runs.js';
import { temporaryFolder } from './temporary-folder.js';

const { untrained } = openRunMaker();
const LSTM = {
  hidden_size: 8,
  num_layers: 1,
  window_size: 30,
  forecast_size: 10,
  dim_pos_encoding: 6,
};
const VOICE = { ngf: 2, n_residual_layers: 1 };
const lstm = await untrained('lstm', LSTM);
const mel = await untrained('mel-gan', VOICE, { audible: true });

/** Another version of a network, as an apprentice would have left it in the run's folder. */
function version(of: RunRecord, config: object, outputFolder: string): Promise<RunRecord> {
  const registry = join(outputFolder, 'models');
  const audible = of.kind === 'mel-gan';
  return createUntrainedRun(of.kind, { ...config }, 2, { registry, audible });
}

const offered = (run: string, hash: string, id = 'pupil.1'): Given => ({
  port: 'model',
  signal: offerSignal({ run, hash, generation: 3 }),
  id,
  lap: 2,
});
const offerOf = (run: RunRecord, id?: string): Given => offered(run.id, run.hash, id);
const prime = (seed: number): Given => ({
  port: 'prime',
  signal: mfcc39(hiss(seed)),
  id: `ear.${seed}`,
});
const heard = (seed: number): Given => ({
  port: 'mel',
  signal: logMel80(chirp(200 * seed, 3000, { seconds: 0.3 })),
  id: `una.${seed}`,
});

const compose = (given: readonly Given[], outputFolder: string, run = lstm) =>
  rehearse(sequencer, { model: 'role', every: 0 }, given, {
    outputFolder,
    runs: { model: castAs('role', run) },
  });
const sing = (given: readonly Given[], outputFolder: string, run = mel) =>
  rehearse(vocoder, { model: 'role' }, given, {
    outputFolder,
    runs: { model: castAs('role', run) },
  });
const on = (said: readonly Said[], port: string): Said[] => said.filter((one) => one.port === port);
const notes = (said: readonly Said[]): unknown[] => on(said, 'notes').map(({ signal }) => signal);
const ids = (said: Said | undefined): unknown => said?.parents.map(({ id }) => id);

describe('a sequencer that hears an offer', () => {
  test('answers with the new weights from then on, and names them', async () => {
    const folder = temporaryFolder();
    const next = await version(lstm, LSTM, folder);
    const given = [prime(1), offerOf(next), prime(2), prime(3)];
    const said = await compose(given, folder);
    const [one, two, three] = on(said, 'composition');
    const alone = on(await compose([prime(1), prime(2), prime(3)], folder, next), 'composition');
    const old = on(await compose([prime(1), prime(2)], folder), 'composition');
    expect(one?.signal).toEqual(old[0]?.signal);
    expect(two?.signal).toEqual(alone[1]?.signal);
    expect(two?.signal).not.toEqual(old[1]?.signal);
    expect(three?.signal).toEqual(alone[2]?.signal);
    const models = [{ run: next.id, hash: next.hash }];
    expect([one, two, three].map((each) => each?.models)).toEqual([undefined, models, models]);
  });

  test('cites the offer in the first answer made with it, and in no other', async () => {
    const folder = temporaryFolder();
    const next = await version(lstm, LSTM, folder);
    const said = await compose([prime(1), offerOf(next), prime(2), prime(3)], folder);
    const [, two, three] = on(said, 'composition');
    expect(ids(two)).toEqual(['ear.2', 'pupil.1']);
    expect(two?.lap).toBe(2);
    expect(ids(three)).toEqual(['ear.3']);
  });

  test('notes the generation', async () => {
    const folder = temporaryFolder();
    const next = await version(lstm, LSTM, folder);
    const said = await compose([offerOf(next)], folder);
    expect(notes(said)).toEqual([{ name: 'generation', value: 3 }]);
    expect(ids(said[0])).toEqual(['pupil.1']);
  });

  test.each<[string, (folder: string) => Promise<Given>]>([
    ['that is no offer', async () => ({ port: 'model', signal: { name: 'gain', value: 3 } })],
    ['of a run that is not there', async () => offered('nowhere0', 'a'.repeat(64))],
    ['of a run outside its folder', async () => offered('../..///', 'a'.repeat(64))],
    [
      'under another hash',
      async (folder) => offered((await version(lstm, LSTM, folder)).id, 'a'.repeat(64)),
    ],
    [
      'whose weights were altered',
      async (folder) => {
        const run = await version(lstm, LSTM, folder);
        writeFileSync(join(run.folder, 'weights.safetensors'), 'gone');
        return offerOf(run);
      },
    ],
    [
      'of another width',
      async (folder) => offerOf(await version(lstm, { ...LSTM, hidden_size: 4 }, folder)),
    ],
    ['of another network', async (folder) => offerOf(await version(mel, VOICE, folder))],
  ])('refuses one %s, says so, and plays on', async (_, offerIn) => {
    const folder = temporaryFolder();
    const offer = await offerIn(folder);
    const said = await compose([prime(1), offer, prime(2)], folder);
    const old = await compose([prime(1), prime(2)], folder);
    expect(notes(said)).toMatchObject([{ name: 'refused' }]);
    expect(on(said, 'composition').map(({ signal }) => signal)).toEqual(
      on(old, 'composition').map(({ signal }) => signal),
    );
    expect(on(said, 'composition').map(({ models }) => models)).toEqual([undefined, undefined]);
    expect(ids(on(said, 'composition')[1])).toEqual(['ear.2']);
  });

  test('takes over version after version', async () => {
    const folder = temporaryFolder();
    const first = await version(lstm, LSTM, folder);
    const again = join(folder, 'models', lstm.id);
    cpSync(lstm.folder, again, { recursive: true });
    const given = [prime(1), offerOf(first), offerOf(lstm, 'pupil.2'), prime(2)];
    const said = on(await compose(given, folder), 'composition');
    expect(said[1]?.models).toEqual([{ run: lstm.id, hash: lstm.hash }]);
    // No sound was made with the first, so that it is nobody's parent.
    expect(ids(said[1])).toEqual(['ear.2', 'pupil.2']);
  });
});

describe('a vocoder that hears an offer', () => {
  test('sounds with the new weights, names them, and cites the offer once', async () => {
    const folder = temporaryFolder();
    const next = await version(mel, VOICE, folder);
    const said = on(await sing([heard(1), offerOf(next), heard(2), heard(3)], folder), 'audio');
    const alone = on(await sing([heard(1), heard(2), heard(3)], folder, next), 'audio');
    const old = on(await sing([heard(1), heard(2)], folder), 'audio');
    const sounds = said.map(({ signal }) => signal);
    expect(sounds).toEqual([old[0]?.signal, alone[1]?.signal, alone[2]?.signal]);
    expect(sounds[1]).not.toEqual(old[1]?.signal);
    expect(said.map(ids)).toEqual([['una.1'], ['una.2', 'pupil.1'], ['una.3']]);
    const models = [{ run: next.id, hash: next.hash }];
    expect(said.map((each) => each.models)).toEqual([undefined, models, models]);
  });

  test('refuses it when it plays without a model', async () => {
    const folder = temporaryFolder();
    const next = await version(mel, VOICE, folder);
    const given = [offerOf(next), heard(1)];
    const said = await rehearse(vocoder, { iterations: 1 }, given, { outputFolder: folder });
    expect(notes(said)).toContainEqual({ name: 'refused', value: 3 });
    expect(on(said, 'audio')).toHaveLength(1);
  });
});
