import { isDeepStrictEqual } from 'node:util';
import type { Ancestor, Control, ModelRef } from '../../core/index.js';
import { UserError } from '../../core/index.js';
import { type Model, type RunRecord, loadRun } from '../../models/index.js';
import type { Context } from '../kind.js';
import { type Offer, offerIn, versionsIn } from './offer.js';

/** The weights an agent plays, and how it came by them. */
export interface Played {
  readonly run: RunRecord;
  readonly model: Model;
  /** Names them on what they make; absent for those it was cast with, which its seat names. */
  readonly models?: readonly ModelRef[];
  /** The offer they came with, until an answer has cited it. */
  readonly offer?: Ancestor;
}

/** What became of an offer: the weights played from now on, unless it was refused. */
export interface Heeded {
  readonly played?: Played;
  /** `generation` when it was taken over, `refused` when not; the value is its generation. */
  readonly note: Control;
}

/**
 * Opens an offered version, checks its hash, probes it, and closes the old one. What cannot be
 * opened, or is another network than the one played, is refused with a note and a warning; a
 * control that is no offer, with a note.
 */
export async function takeOver<P>(
  heard: Ancestor & { readonly signal: Control },
  now: Played | undefined,
  context: Context<P>,
): Promise<Heeded> {
  const offer = offerIn(heard.signal);
  if (offer === undefined) return { note: { name: 'refused', value: 0 } };
  try {
    const { run, model } = await openOffered(offer, now, context);
    await now?.model.close();
    const { id, lap } = heard;
    const models = [{ run: run.id, hash: run.hash }];
    const note = { name: 'generation', value: offer.generation };
    return { played: { run, model, models, offer: { id, lap } }, note };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.emitWarning(`an offer was refused: ${error.message}`, context.self);
    return { note: { name: 'refused', value: offer.generation } };
  }
}

/** Throws a UserError for weights that were offered: they lie in one run's folder only. */
export function refuseOffered(played: Played | undefined): void {
  if (played?.models === undefined) return;
  throw new UserError({
    what: `a checkpoint cannot keep weights that an apprentice offered (${played.run.id})`,
    hint: 'replay the run from its beginning instead',
  });
}

/** What an agent says, with the models that made it where it was cast with others. */
export function madeBy<E extends { readonly models?: readonly ModelRef[] }>(
  { models }: Pick<Played, 'models'>,
  emissions: readonly E[],
): readonly E[] {
  return models === undefined ? emissions : emissions.map((emission) => ({ ...emission, models }));
}

/** The parents of an answer: what it answers, and the offer whose weights it is the first of. */
export function parentsWith(
  { offer }: Pick<Played, 'offer'>,
  heard: readonly Ancestor[],
): readonly Ancestor[] {
  return offer === undefined ? heard : [...heard, offer];
}

async function openOffered<P>(
  offer: Offer,
  now: Played | undefined,
  { outputFolder, self }: Context<P>,
): Promise<Pick<Played, 'run' | 'model'>> {
  if (now === undefined) throw refusal('there is no model to take over from');
  const run = await loadRun(offer.run, { registry: versionsIn(outputFolder) });
  if (run.hash !== offer.hash) throw refusal('the run has another hash', offer.hash);
  const onNote = (note: string): void => process.emitWarning(note, self);
  const model = await run.open(run.role, { onNote });
  if (alike({ run, model }, now)) return { run, model };
  await model.close();
  const allowed = `the kind, widths, rate and hop of ${now.run.id}, a ${now.run.kind}`;
  throw refusal(`it is another network, a ${run.kind}`, allowed);
}

function alike(one: Played, other: Played): boolean {
  return isDeepStrictEqual(formOf(one), formOf(other));
}

function formOf({ run, model }: Played): unknown {
  const { sampleRate, hopLength, logBase } = run;
  return [model.kind, { ...model.config }, sampleRate, hopLength, logBase];
}

function refusal(what: string, allowed?: string): UserError {
  return new UserError({ what, ...(allowed === undefined ? {} : { allowed }) });
}
