import type { AgentId, Samples } from '../../core/index.js';
import type { Line } from '../line.js';
import { type Act, type Ground, changeLine, endsHere, refusal, requireAgent } from './act.js';

/** Pauses a loop or lets it go on; its returning links carry nothing meanwhile. */
export function pauseLoop(ground: Ground, number: number, on: boolean): Act {
  const { loops } = ground.scenario.topology;
  const loop = loops[number - 1];
  if (loop === undefined) {
    const allowed = loops.length === 0 ? 'none: nothing circles here' : `1 to ${loops.length}`;
    throw refusal(`there is no loop ${number}`, allowed);
  }
  const lines = loop.links.map((index) => ground.lines[index] as Line);
  const returning = lines.filter(({ link }) => link.way === 'returns');
  const says = `loop ${number} ${on ? 'is paused' : 'goes on'}`;
  return hush(ground, returning, `loop ${number}`, on, says);
}

/** Mutes an agent or lets it be heard again: nothing it says crosses any link meanwhile. */
export function mute(ground: Ground, agent: AgentId, on: boolean): Act {
  requireAgent(ground, agent);
  const lines = ground.lines.filter(({ link }) => link.from.agent === agent);
  if (lines.length === 0) throw refusal(`nothing leads away from ${agent}: it is not heard anyway`);
  return hush(ground, lines, 'mute', on, `${agent} is ${on ? 'muted' : 'heard again'}`);
}

/** Lets nothing reach a recorder, or everything again; loops go on all the while, unheard. */
export function quiet(ground: Ground, on: boolean): Act {
  const lines = toRecorders(ground);
  if (lines.length === 0) throw refusal('nothing here reaches a recorder');
  return hush(ground, lines, 'quiet', on, on ? 'the room is quiet' : 'the room sounds again');
}

function hush(ground: Ground, lines: readonly Line[], why: string, on: boolean, says: string): Act {
  const here = lines.filter((line) => endsHere(ground, line));
  if (here.length === 0)
    throw refusal('its links end in other engines', 'a request to one of those');
  const elsewhere = lines.length - here.length;
  const rest = elsewhere === 0 ? '' : `; ${elsewhere} of its links end in other engines`;
  return {
    concerns: here.map(({ link }) => link.from.agent),
    says: says + rest,
    take: (time) => {
      for (const line of here) {
        changeLine(ground, line, time, { hushed: line.schedule.hushedWith(why, on) });
      }
    },
  };
}

/**
 * Who is heard alone: while there is such an agent at a recorder, the recorder hears no others.
 * Several may be heard alone together, as on a mixing desk.
 */
export class Solos {
  readonly #ground: Ground;
  readonly #alone = new Set<AgentId>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Lets an agent be heard alone, or no longer. */
  solo(agent: AgentId, on: boolean): Act {
    requireAgent(this.#ground, agent);
    const recorders = new Set(
      toRecorders(this.#ground)
        .filter(({ link }) => link.from.agent === agent)
        .map(({ link }) => link.to.agent),
    );
    if (recorders.size === 0) {
      throw refusal(`${agent} says no sound to a recorder`, 'an agent with a link to a recorder');
    }
    const lines = toRecorders(this.#ground).filter(({ link }) => recorders.has(link.to.agent));
    return {
      concerns: lines.map(({ link }) => link.from.agent),
      says: `${agent} is ${on ? 'heard alone' : 'no longer heard alone'}`,
      take: (time) => {
        if (on) this.#alone.add(agent);
        else this.#alone.delete(agent);
        this.#settle(lines, time);
      },
    };
  }

  #settle(lines: readonly Line[], time: Samples): void {
    for (const line of lines) {
      const { to, from } = line.link;
      const atRecorder = lines.filter(({ link }) => link.to.agent === to.agent);
      const someone = atRecorder.some(({ link }) => this.#alone.has(link.from.agent));
      const silent = someone && !this.#alone.has(from.agent);
      changeLine(this.#ground, line, time, { hushed: line.schedule.hushedWith('solo', silent) });
    }
  }
}

function toRecorders({ lines, scenario, seats }: Ground): readonly Line[] {
  const { members } = scenario.topology;
  return lines.filter(({ link: { from, to } }) => {
    const carries = members.get(from.agent)?.outputs[from.port]?.carries;
    return carries === 'audio' && seats.get(to.agent)?.kind === 'recorder';
  });
}
