import { z } from 'zod';
import { type ArchivePolicy, parseSize } from '../archive/index.js';
import { parseDuration } from '../core/index.js';

const CHECKPOINT_SECONDS_MIN = 1;

/** A written length of time, or one word for none of it. */
function span<W extends string>(word: W | undefined, says: string, least = 0) {
  return z.union([z.number(), z.string()]).transform((written, context) => {
    if (word !== undefined && written === word) return undefined;
    const value = parseDuration(written);
    if (value !== undefined && value >= least && value > 0) return value;
    const instead = word === undefined ? '' : `, or ${word}`;
    context.addIssue({ code: 'custom', message: `expected ${says}${instead}` });
    return z.NEVER;
  });
}

const size = z.union([z.number(), z.string()]).transform((written, context) => {
  if (written === 'none') return undefined;
  const value = parseSize(written);
  if (value !== undefined && value > 0) return value;
  context.addIssue({ code: 'custom', message: 'expected a size such as 800MB or 20GB, or none' });
  return z.NEVER;
});

const sync = z.union([z.number(), z.string()]).transform((written, context) => {
  if (written === 'always' || written === 'none') return written;
  const value = parseDuration(written);
  if (value !== undefined && value > 0) return value;
  context.addIssue({ code: 'custom', message: 'expected a time such as 10s, or always or none' });
  return z.NEVER;
});

/** `archive: { thin: … }`: what stays of old material. */
export const thinning = z
  .strictObject({
    after: span(undefined, 'a time such as 1d', 1)
      .prefault('1d')
      .describe('how long everything stays; what is older is thinned'),
    every: span(undefined, 'a time such as 10min', 1)
      .prefault('10min')
      .describe('one take in so much music stays, with its whole ancestry'),
    take: span(undefined, 'a time such as 10s')
      .prefault('10s')
      .describe('how long a take is: all that sounds in it stays'),
  })
  .superRefine(({ take = 0, every = 0 }, context) => {
    if (take <= every) return;
    const message = 'expected a take that is shorter than every';
    context.addIssue({ code: 'custom', message, path: ['take'] });
  });

/** `archive:`, as it is written. */
export const archiveSection = z
  .strictObject({
    keep: span('forever', 'a time such as 14d', 60)
      .prefault('forever')
      .describe('what is older goes, and finished runs as a whole; or forever'),
    max: size
      .prefault('none')
      .describe("bytes of all runs in the archive's folder together, such as 20GB; or none"),
    thin: thinning.optional().describe('what stays of old material; all of it unless given'),
    sound: z
      .enum(['float', 'flac'])
      .default('float')
      .describe('flac: old sound keeps 24 bits, in about half the bytes'),
    mel: z
      .enum(['keep', 'drop'])
      .default('keep')
      .describe('drop: old mel-spectrograms go, even from takes; replay makes them again'),
    packAfter: span(undefined, 'a time such as 1h', 60)
      .prefault('1h')
      .describe('how old sound and mels are when sound: flac and mel: drop take hold of them'),
    sync: sync
      .prefault('10s')
      .describe('how often the journal is forced to the disk; or always or none'),
    checkpoints: span('off', 'a time such as 60s', CHECKPOINT_SECONDS_MIN)
      .prefault('60s')
      .describe('from one checkpoint to the next, where a run can be entered; or off'),
  })
  .superRefine(({ keep, thin }, context) => {
    if (keep === undefined || thin?.after === undefined || thin.after < keep) return;
    const message = 'expected a time shorter than keep';
    context.addIssue({ code: 'custom', message, path: ['thin', 'after'] });
  });

/** The policy that a section says. */
export function policyOf(section: z.output<typeof archiveSection>): ArchivePolicy {
  const { keep, max, thin, sound, mel, packAfter = 0, sync, checkpoints } = section;
  const { after = 0, every = 0, take = 0 } = thin ?? {};
  return Object.freeze({
    ...(keep === undefined ? {} : { keepSeconds: keep }),
    ...(max === undefined ? {} : { maxBytes: max }),
    ...(thin === undefined
      ? {}
      : { thin: { afterSeconds: after, everySeconds: every, takeSeconds: take } }),
    sound,
    mel,
    packAfterSeconds: packAfter,
    sync,
    ...(checkpoints === undefined ? {} : { checkpointSeconds: checkpoints }),
  });
}
