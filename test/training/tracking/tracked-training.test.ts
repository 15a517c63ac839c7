import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tracker, TrackRecord, TrainReport } from '../../../src/training/index.js';
import { trainingFolder, writeCorpus } from '../small-corpus.js';
import { resumedIn, trainedIn } from '../small-training.js';

const changes = { steps: 6, evaluate_every: 3, snapshot_every: 6, preview_every: 0 };
const chosen = { family: 'sequencer', id: 'tracked0', changes } as const;

describe('a training that is tracked', () => {
  it('tells its beginning, steps, held-out losses, kept versions and end', async () => {
    const folder = trainingFolder();
    const { records, tracker } = noted();
    const options = { trackers: [tracker] };
    const result = await trainedIn(folder, writeCorpus(folder), chosen, options);
    const events = records.map(({ event, step }) => `${event} ${step}`);
    expect(events.filter((each) => each.startsWith('step'))).toHaveLength(6);
    expect(events[0]).toBe('begun 0');
    expect(events).toContain('held-out 3');
    expect(records).toContainEqual(expect.objectContaining({ event: 'kept', as: 'best' }));
    expect(records).toContainEqual(expect.objectContaining({ event: 'kept', as: 'version' }));
    expect(records.at(-1)).toEqual({ event: 'ended', step: 6, how: 'steps', why: null });
    expect(result.tracked).toEqual([{ sent: records.length, dropped: 0, fault: null }]);
    expect(tracker.isClosed).toBe(true);
  });

  it('tells from which step it goes on', async () => {
    const folder = trainingFolder();
    await trainedIn(folder, writeCorpus(folder), chosen, { steps: 2 });
    const { records, tracker } = noted();
    await resumedIn(folder, 'tracked0', { steps: 4, trackers: [tracker] });
    expect(records[0]).toMatchObject({ event: 'begun', step: 2, run: 'tracked0', kind: 'lstm' });
    expect(records[1]).toMatchObject({ event: 'step', step: 3 });
  });

  it('is the same to the last byte beside a tracker that fails', async () => {
    const [quiet, loud] = [trainingFolder(), trainingFolder()];
    const reports: TrainReport[] = [];
    const failing: Tracker = {
      track: () => Promise.reject(new Error('the service is down')),
      close: () => Promise.reject(new Error('still down')),
    };
    const options = {
      trackers: [failing],
      report: (report: TrainReport): unknown => reports.push(report),
    };
    const plain = await trainedIn(quiet, writeCorpus(quiet), chosen);
    const tracked = await trainedIn(loud, writeCorpus(loud), chosen, options);
    for (const name of ['weights.safetensors', 'training/history.jsonl', 'training/losses.svg']) {
      expect(bytesIn(tracked.folder, name), name).toBe(bytesIn(plain.folder, name));
    }
    const warnings = reports.filter(({ says }) => says === 'untracked');
    expect(warnings).toEqual([{ says: 'untracked', fault: 'the service is down' }]);
    expect(tracked.tracked).toMatchObject([{ sent: 0, fault: 'the service is down' }]);
    expect(plain.tracked).toEqual([]);
  });

  it('tells that it failed, and why', async () => {
    const folder = trainingFolder();
    const { records, tracker } = noted();
    const report = (told: TrainReport): void => {
      if (told.says === 'step' && told.step === 3) throw new Error('the end of the world');
    };
    const options = { trackers: [tracker], report };
    const training = trainedIn(folder, writeCorpus(folder), chosen, options);
    await expect(training).rejects.toThrow('the end of the world');
    const why = 'the end of the world';
    expect(records.at(-1)).toMatchObject({ event: 'ended', step: 3, how: 'failed', why });
    expect(tracker.isClosed).toBe(true);
  });
});

function noted() {
  const records: TrackRecord[] = [];
  const tracker = {
    isClosed: false,
    track: (record: TrackRecord): void => void records.push(record),
    close: (): void => {
      tracker.isClosed = true;
    },
  };
  return { records, tracker };
}

function bytesIn(folder: string, name: string): string {
  return readFileSync(join(folder, name)).toString('base64');
}
