import type { AgentId, EnvelopeId } from '../core/index.js';
import { CONTROL_AGENT } from './control/steered.js';
import type { Seat } from './seat.js';

/** Whether an envelope exists; what was said in other processes is taken on trust. */
export function wasSaid(
  id: EnvelopeId,
  seatOf: ReadonlyMap<AgentId, Seat>,
  injections: number,
): boolean {
  const dot = id.lastIndexOf('.');
  const agent = id.slice(0, dot);
  const count = Number(id.slice(dot + 1));
  if (!Number.isInteger(count) || count < 1) return false;
  if (agent === CONTROL_AGENT) return count <= injections;
  const sender = seatOf.get(agent);
  return sender === undefined || count <= sender.counts.emitted;
}
