import { describe, expect, it } from 'vitest';
import { ARCHIVE_POLICY_DEFAULT } from '../../src/archive/index.js';
import { Desk } from './desk.js';

const REST =
  'agents:\n  past: { kind: source }\n  ear: { kind: analyst }\nlinks: [past.audio -> ear.audio]\n';

describe('the archive: of a scenario', () => {
  it('keeps everything as it is said where there is none', async () => {
    using desk = new Desk();
    expect((await desk.sound(REST)).archive).toEqual(ARCHIVE_POLICY_DEFAULT);
  });

  it('is read with times and sizes as people write them', async () => {
    using desk = new Desk();
    const section =
      'archive: { keep: 14d, max: 20GB, thin: { after: 1d, every: 10min }, sound: flac, ' +
      'mel: drop, packAfter: 2h, sync: always, checkpoints: off }\n';
    expect((await desk.sound(section + REST)).archive).toEqual({
      keepSeconds: 14 * 86_400,
      maxBytes: 20e9,
      thin: { afterSeconds: 86_400, everySeconds: 600, takeSeconds: 10 },
      sound: 'flac',
      mel: 'drop',
      packAfterSeconds: 7200,
      sync: 'always',
    });
  });

  it('takes the words for no limit', async () => {
    using desk = new Desk();
    const section = 'archive: { keep: forever, max: none, sync: none, checkpoints: 30s }\n';
    expect((await desk.sound(section + REST)).archive).toEqual({
      ...ARCHIVE_POLICY_DEFAULT,
      sync: 'none',
      checkpointSeconds: 30,
    });
  });

  it.each([
    ['keep: soon', '"soon" does not fit here', 'a time such as 14d, or forever'],
    ['keep: 5s', '"5s" does not fit here', 'a time such as 14d, or forever'],
    ['max: 20 apples', '"20 apples" does not fit here', 'a size such as 800MB or 20GB, or none'],
    ['max: 0', '0 does not fit here', 'a size such as 800MB or 20GB, or none'],
    ['sync: never', '"never" does not fit here', 'a time such as 10s, or always or none'],
    ['checkpoints: 0s', '"0s" does not fit here', 'a time such as 60s, or off'],
    ['sound: flak', '"flak" does not fit here', 'float, flac'],
    ['kepe: 14d', '`kepe` is not known here', 'keep'],
    ['thin: { evry: 1min }', '`evry` is not known here', 'after, every'],
    ['thin: { every: 5s, take: 10s }', '"10s" does not fit here', 'a take that is shorter than'],
    ['keep: 1h, thin: { after: 1d }', '"1d" does not fit here', 'a time shorter than keep'],
    ['thin: yes', '"yes" does not fit here', 'a map of names and values'],
  ])('says what is wrong with %s', async (written, says, expected) => {
    using desk = new Desk();
    const text = await desk.reported(`archive: { ${written} }\n${REST}`);
    expect(text).toMatch(/piece\.yaml:1:\d+ {2}(wrong-value|unknown-key)/);
    expect(text).toContain(says);
    expect(text).toContain(`Expected: ${expected}`);
  });
});
