import type { AgentId } from '../../core/index.js';
import type { Seat } from '../seat.js';
import type { Supervisor } from '../supervisor.js';
import { type Ground, refusal, requireAgent } from './act.js';

/**
 * Kills the process of an agent, so that its supervisor starts it anew with a state of its own
 * beginning; a parked agent is started again. Returns what was done, in words.
 */
export function restart(
  ground: Ground,
  supervisors: ReadonlyMap<AgentId, Supervisor>,
  agent: AgentId,
): string {
  requireAgent(ground, agent);
  const seat = ground.seats.get(agent);
  if (seat === undefined) throw refusal(`${agent} plays in another engine`);
  if (seat.health === 'parked') {
    supervisors.get(agent)?.revive();
    return `${agent} was parked and is started again`;
  }
  if (seat.health === 'down') throw refusal(`${agent} is being brought back already`);
  const { pid } = seat.performer;
  if (pid === undefined) {
    const why = `${agent} plays in the engine's own process, which cannot be killed for it`;
    throw refusal(why, 'an agent in a process of its own', 'isolation: process in the scenario');
  }
  return kill(ground, supervisors, seat, pid);
}

function kill(
  { seats }: Ground,
  supervisors: ReadonlyMap<AgentId, Supervisor>,
  seat: Seat,
  pid: number,
): string {
  const together = [...seats.values()].filter(({ performer }) => performer.pid === pid);
  for (const { id } of together) supervisors.get(id)?.expectDeath();
  process.kill(pid, 'SIGKILL');
  const others = together.filter((other) => other !== seat).map(({ id }) => id);
  const shared = others.length === 0 ? '' : `, and with it ${others.join(', ')} in its process`;
  return `${seat.id} is started anew${shared}`;
}
