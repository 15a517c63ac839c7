import type { AgentState, LoopState } from '../../src/telemetry/index.js';
import type { StateWord } from '../look/glyphs.js';
import type { Role } from '../look/theme.js';
import type { Sight } from './sight.js';

/** How long the oldest message may have been due before an agent is called late, in seconds. */
const LATE_SECONDS = 1;

/** The word for how an agent is; the worst that holds. */
export function agentWord(sight: Sight, agent: AgentState): StateWord {
  if (agent.health !== 'up') return agent.health === 'parked' ? 'PARKED' : 'DOWN';
  if (agent.muted) return 'MUTED';
  const alert = sight.alerts.standing.find(({ subject }) => subject === agent.id);
  if (alert !== undefined) return alert.word;
  if (agent.oldestSeconds >= LATE_SECONDS) return 'LATE';
  return agent.busy ? 'BUSY' : 'OK';
}

/** The word for how a loop is. */
export function loopWord(sight: Sight, loop: LoopState): StateWord {
  if (loop.paused) return 'PAUSED';
  const subject = `loop ${loop.number}`;
  return sight.alerts.standing.find((alert) => alert.subject === subject)?.word ?? 'OK';
}

/** The word for the whole: CALL somebody, LOOK at it, or OK. */
export function swarmWord({ alerts }: Sight): 'OK' | 'LOOK' | 'CALL' {
  if (alerts.standing.some(({ level }) => level === 'call')) return 'CALL';
  return alerts.standing.length > 0 ? 'LOOK' : 'OK';
}

const GOOD: ReadonlySet<StateWord> = new Set(['OK', 'BUSY', 'LIVE']);
const CALL: ReadonlySet<StateWord> = new Set([
  'CALL',
  'DOWN',
  'RUNAWAY',
  'HOWL',
  'FAILED',
  'LOST',
  'BUS',
]);
const QUIET: ReadonlySet<StateWord> = new Set(['WAITING', 'ENDED']);

/** The role a word is painted in; the word itself always stands beside its colour. */
export function roleOfWord(word: StateWord): Role {
  if (GOOD.has(word)) return 'good';
  if (CALL.has(word)) return 'call';
  return QUIET.has(word) ? 'dim' : 'look';
}
