import type { BusMessage } from '../bus/index.js';
import { type AgentId, type Envelope, UserError } from '../core/index.js';

/**
 * The envelope of a message. A server guards who speaks on which subject; that an envelope is by
 * whom its subject says is for its hearers to see: else it is a UserError.
 */
export function checkSpeaker({ body }: BusMessage, agent: AgentId, port: string): Envelope {
  const envelope = body as Envelope;
  const { id, source } = envelope;
  const isSigned = source.agent === agent && source.port === port;
  if (isSigned && id.startsWith(`${agent}.`)) return envelope;
  const who = `${source.agent}.${source.port}`;
  throw new UserError({ what: `envelope ${id} of ${who} is refused: ${agent} said it` });
}
