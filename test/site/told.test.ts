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

type Look = (sentences: readonly Sentence[], tale: Tale) => void;

function telling(making: Omit<Making, 'folder'>, look: Look): Promise<void> {
  return withPlace(async (folder) => {
    const tale = readTale({ archive: await makeRun({ folder, ...making }) }, 'one');
    const takes = takesOf(tale.begins, tale.ends, tale.said);
    look(
      takes.flatMap((take) => tellTake(tale, take)),
      tale,
    );
  });
}

describe('what happened, in plain words', () => {
  it('is told from the journal, in order, with the right numbers', () =>
    telling({ records: STORY }, (sentences) => {
      expect(sentences.map(plain)).toMatchInlineSnapshot(`
        [
          "The run began at 0:00.0 with past.1, which came out of nothing but the scenario. The first recording to be drawn on was trill.flac.",
          "violin (violinist) first answered with violin.1, to past.1: a sound of 0.5 s.",
          "grains first answered with grains.1, to past.1 and violin.1.",
          "With violin.2 something came back for the first time.",
          "1 envelope did not cross violin.audio ~> violin.heard, because it had been round as often as the link allows; it was violin.2 (record 5).",
          "The longest silence of this take lasted 3.5 s: from the end of violin.2 at 0:01.5 to violin.3.",
          "violin died: “killed” (record 6).",
          "violin was restarted (record 7).",
          "Someone muted past (record 8).",
          "Nothing in this run went round more than 2 times; violin.3 was the first to have done so.",
          "The last sound to begin was violin.3; behind it stand 3 ancestors, the eldest past.1.",
          "From grains.1 on, 3 units were matched, 2 of them from trill.flac, and 1 from sounds that the network had made itself. Most often chosen from: past.1.",
          "The run reached the end that was set for it at 0:06.0. Its last word was violin.3.",
        ]
      `);
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

  it('says that there is no account of a run that was cut short, and tells a run of nothing', async () => {
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
