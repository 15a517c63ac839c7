// The entry of an agent process: plays one or more agents for the engine that started it, and
// ends with it.
import { UserError, messageOf } from '../core/index.js';
import { kindOf } from './kind-of.js';
import { Player } from './player.js';
import type { TroupeReply, TroupeRequest } from './troupe-protocol.js';

const players = new Map<string, Player>();

async function start(request: Extract<TroupeRequest, { type: 'start' }>): Promise<void> {
  const player = new Player(await kindOf(request.part), request.part);
  await player.start(request.entrance);
  players.set(request.agent, player);
}

async function answer(request: TroupeRequest): Promise<TroupeReply> {
  const { ticket, agent } = request;
  if (request.type === 'start') {
    await start(request);
    return { ticket, ok: true };
  }
  const player = players.get(agent);
  if (player === undefined) throw new UserError({ what: `agent ${agent} was not started` });
  if (request.type === 'receive') {
    return { ticket, ok: true, answer: await player.receive(request.job) };
  }
  if (request.type === 'save') return { ticket, ok: true, answer: player.save() };
  await player.stop(request.now);
  return { ticket, ok: true };
}

process.on('message', (request: TroupeRequest) => {
  const fail = (error: unknown): TroupeReply => {
    return { ticket: request.ticket, ok: false, says: messageOf(error) };
  };
  // A reply that cannot be sent has nobody left to hear it: the engine is gone, and so is this.
  void answer(request)
    .catch(fail)
    .then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit(0));
// The engine decides when a run ends; a Ctrl-C in the terminal reaches the whole group and must
// not forestall it.
process.on('SIGINT', () => {});
