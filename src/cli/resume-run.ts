import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasRecovered } from '../archive/index.js';
import { UserError, messageOf } from '../core/index.js';
import { type Resumption, foreseenText, latestRun, resumption } from '../replay/index.js';
import { newRunId } from '../swarm/index.js';
import { complain } from './output.js';
import { type RunFlags, perform } from './perform.js';

/** What going on with a run may be told beside what `run` may be told. */
export interface ResumeFlags extends RunFlags {
  /** The project's root, when it is no longer where it was. */
  readonly project?: string;
}

/** Goes on with a run in a folder of its own, and says where. */
export async function resumeRun(
  folder: string,
  flags: ResumeFlags,
  waiting?: ChildProcess,
): Promise<void> {
  const run = flags.run ?? newRunId();
  const out = flags.out ?? join('out', run);
  const { project, registry } = flags;
  const going = await resumption(folder, {
    outFolder: out,
    ...(project === undefined ? {} : { project }),
    ...(registry === undefined ? {} : { registry }),
  });
  for (const line of accountOfCut(going)) complain(line);
  const { clock, durationSeconds } = going.run.record;
  const duration = flags.forever === true ? undefined : (flags.duration ?? durationSeconds);
  const as = { ...flags, run, out, clock: flags.clock ?? clock };
  const told = duration === undefined ? as : { ...as, duration };
  try {
    await perform(going.scenario, told, going.options, waiting);
  } finally {
    going.close();
  }
}

/** So often in a row a run is gone on with that is cut off again before its next checkpoint. */
const VAIN_MAX = 3;

/**
 * Goes on with the latest run of a scenario in `out/`. False where there is none, or it cannot be
 * gone on with, which is said: then the scenario is to begin anew. Throws for one that still plays.
 */
export async function playLatest(
  scenario: string,
  flags: RunFlags,
  waiting?: ChildProcess,
): Promise<boolean> {
  const latest = existsSync(scenario) ? latestRun('out', scenario) : undefined;
  if (latest === undefined) return false;
  const { run } = latest.record;
  if (latest.vain >= VAIN_MAX) {
    complain(`${run} was gone on with ${VAIN_MAX} times in vain: the scenario begins anew`);
    return false;
  }
  const going = { ...flags, run: flags.run ?? newRunId() };
  try {
    await resumeRun(latest.folder, going, waiting);
    return true;
  } catch (error) {
    const began = existsSync(join('out', going.run, 'run.json'));
    const isWaiting = error instanceof UserError && error.parts.retryable === true;
    if (began || isWaiting) throw error;
    complain(`the scenario begins anew, because ${run} cannot go on: ${messageOf(error)}`);
    return false;
  }
}

/** What was found, what is lost and what is played once more, in a few lines. */
function accountOfCut({ run, recovery, foreseen, atSeconds, cutSeconds }: Resumption): string[] {
  const { run: name } = run.record;
  const [cut, at, again] = [cutSeconds, atSeconds, cutSeconds - atSeconds].map((s) => s.toFixed(1));
  const { tornBytes, linesCut, sounds } = recovery;
  const mended = `mended: ${tornBytes} bytes and ${linesCut} lines cut, ${sounds.length} sounds`;
  return [
    `${name} reaches ${cut} s: it goes on at ${at} s, so ${again} s are played once more`,
    ...(hasRecovered(recovery) ? [mended] : []),
    ...foreseenText(foreseen.filter(({ risk, about }) => risk && about !== 'journal')),
  ];
}
