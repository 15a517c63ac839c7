import type { RunArchive, SaidRecord } from '../archive/index.js';
import type { Matches } from '../core/index.js';
import { freshRatios } from '../measures/index.js';

/** A sound that was said in a run. */
export interface Sound {
  readonly id: string;
  /** `agent.port`. */
  readonly from: string;
  readonly agent: string;
  readonly lap: number;
  /** Logical seconds of its beginning. */
  readonly seconds: number;
  readonly samples: number;
  readonly hash: string;
  /** Whether it is a piece of the corpus: a first word with an origin. */
  readonly corpus: boolean;
  /** By ancestry, 0 to 1; undefined where no parent is known. */
  readonly fresh: number | undefined;
}

/** What a sampler chose at a time: units as `envelope@sample`. */
export interface Choice {
  readonly agent: string;
  readonly lap: number;
  readonly seconds: number;
  readonly units: readonly string[];
}

/** What a journal says of a run's sounds, before any is listened to. */
export interface Heard {
  readonly sounds: readonly Sound[];
  readonly choices: readonly Choice[];
  readonly endSeconds: number;
}

/** Gathers the sounds and choices of a run from its journal. */
export function heardIn(run: RunArchive): Heard {
  const { sampleRate } = run.record;
  const said: SaidRecord[] = [];
  let end = 0;
  for (const record of run.records()) {
    end = Math.max(end, record.time);
    if (record.type === 'said') said.push(record);
  }
  const fresh = freshRatios(said);
  const sounds = said.flatMap((one) => soundOf(one, sampleRate, fresh.get(one.id)));
  return {
    sounds,
    choices: said.flatMap((one) => choiceOf(one, sampleRate)),
    endSeconds: end / sampleRate,
  };
}

function soundOf(said: SaidRecord, sampleRate: number, fresh: number | undefined): Sound[] {
  if (said.carries !== 'audio' || said.hash === undefined) return [];
  const { id, from, lap, hash, parents, origins = [] } = said;
  const { samples } = said.form as { readonly samples: number };
  const agent = agentOf(from);
  const corpus = parents.length === 0 && origins.length > 0;
  return [{ id, from, agent, lap, seconds: said.time / sampleRate, samples, hash, corpus, fresh }];
}

function choiceOf(said: SaidRecord, sampleRate: number): Choice[] {
  if (said.carries !== 'matches') return [];
  const units = (said.form as Matches).list.map(({ unit }) => unit);
  if (units.length === 0) return [];
  return [{ agent: agentOf(said.from), lap: said.lap, seconds: said.time / sampleRate, units }];
}

function agentOf(from: string): string {
  return from.slice(0, from.lastIndexOf('.'));
}
