import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/archive/index.js';
import { readTale } from '../../src/site/tale/tale.js';
import type { Tale } from '../../src/site/tale/tale.js';
import { takesOf } from '../../src/site/tale/takes.js';
import { chosenOf } from '../../src/site/told/matches.js';
import { placesOf, plain } from '../../src/site/told/sentence.js';
import type { Sentence } from '../../src/site/told/sentence.js';
import { longestSilence } from '../../src/site/told/silences.js';
import { tellTake } from '../../src/site/told/tell-take.js';
import { RATE, STORY, makeRun, said, withPlace } from './made-run.js';
import type { Making } from './made-run.js';

type Look = (sentences: readonly Sentence[], tale: Tale) => void | Promise<void>;

function telling(making: Omit<Making, 'folder'>, look: Look): Promise<void> {
  return withPlace(async (folder) => {
    const tale = readTale({ archive: await makeRun({ folder, ...making }) }, 'one');
    const takes = takesOf(tale.begins, tale.ends, tale.said);
    await look(
      takes.flatMap((take) => tellTake(tale, take)),
      tale,
    );
  });
}

describe('what happened, in plain words', () => {
  it('is told from the journal, in order, with the right numbers', () =>
    telling({ records: STORY }, async (sentences) => {
      const told = `${sentences.map(plain).join('\n')}\n`;
      await expect(told).toMatchFileSnapshot('story.txt');
    }));

  it('rests on records that are there, every sentence', () =>
    telling({ records: STORY }, (sentences, tale) => {
      const lines = [...tale.dropped, ...tale.happened, ...tale.controls].map(({ line }) => line);
      const places = new Set([...tale.byId.keys(), ...lines.map((line) => `record-${line}`)]);
      for (const one of sentences) {
        expect(placesOf(one).length, plain(one)).toBeGreaterThan(0);
        for (const place of placesOf(one)) expect(places).toContain(place);
      }
    }));

  it('numbers records as they stand in the journal', () =>
    telling({ records: STORY }, (_, { dropped, happened, controls, said: all }) => {
      expect(dropped.map(({ line }) => line)).toEqual([5]);
      expect(happened.map(({ line }) => line)).toEqual([6, 7]);
      expect(controls.map(({ line }) => line)).toEqual([8]);
      expect(all.map(({ line }) => line)).toEqual([1, 2, 3, 4, 9]);
    }));

  it('counts what was matched, by recording', () =>
    telling({ records: STORY }, (_, tale) => {
      const { total, own, byFile, favourite } = chosenOf(tale) ?? {};
      expect([total, own, favourite?.id]).toEqual([3, 1, 'past.1']);
      expect(byFile).toEqual(new Map([['trill.flac', 2]]));
    }));

  it('finds the longest silence between sounds that overlap', () => {
    const records = [
      said('violin.1', 0, { form: { sampleRate: RATE, channels: 1, samples: 2 * RATE } }),
      said('violin.2', 0.5),
      said('violin.3', 3),
      said('violin.4', 3.7),
    ];
    return telling({ records }, (_, tale) => {
      const [take] = takesOf(tale.begins, tale.ends, tale.said);
      const silence = longestSilence(tale, take as NonNullable<typeof take>);
      expect(silence?.seconds).toBe(1);
      expect([silence?.before.said.id, silence?.after.said.id]).toEqual(['violin.1', 'violin.3']);
    });
  });

  it('takes no sound that was lost on its way to the recorder for one that sounded', () => {
    const lost: JournalRecord = {
      type: 'dropped',
      id: 'violin.2',
      time: RATE,
      link: 'violin.audio -> out.audio',
      reason: 'brim',
    };
    const records = [said('violin.1', 0), said('violin.2', 1), lost, said('past.1', 2)];
    return telling({ records }, (_, { soundings }) => {
      expect(soundings.map(({ said: { id } }) => id)).toEqual(['violin.1']);
    });
  });

  it('knows of runs that were cut short, and of runs in which nothing was said', async () => {
    await telling({ records: [said('violin.1', 0)], reason: '' }, (sentences) => {
      expect(plain(sentences.at(-1) as Sentence)).toContain('no account of how the run ended');
    });
    await telling({ records: [] }, (sentences) => expect(sentences).toEqual([]));
  });
});

describe('takes', () => {
  it('leave a run of seven minutes whole and cut a longer one evenly', () => {
    expect(takesOf(0, 420, [])).toHaveLength(1);
    const takes = takesOf(60, 660, []);
    expect(takes.map(({ from, to }) => [from, to])).toEqual([
      [60, 360],
      [360, 660],
    ]);
  });
});
