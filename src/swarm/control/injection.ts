import { type AgentId, type Envelope, type Limits, type Samples } from '../../core/index.js';
import { Line } from '../line.js';
import type { Post } from '../post.js';
import { type Act, type Ground, refusal, requireAgent } from './act.js';
import type { Recording } from './recording.js';
import { CONTROL_AGENT, type Steered } from './steered.js';

/** Refuses a port that cannot be spoken to. */
export function requireEar(ground: Ground, agent: AgentId, port: string): void {
  requireAgent(ground, agent);
  const inputs = ground.scenario.topology.members.get(agent)?.inputs ?? {};
  const ears = Object.keys(inputs).filter((name) => inputs[name]?.carries === 'audio');
  if (!ears.includes(port)) {
    const allowed = ears.length === 0 ? 'an agent that hears sound' : `one of ${ears.join(', ')}`;
    throw refusal(`${agent} hears no sound on "${port}"`, allowed);
  }
  if (!ground.seats.has(agent)) throw refusal(`${agent} plays in another engine`);
}

/** What is injected always arrives. */
const NO_CHANCE = { seed: 0, forks: new Map() };

/** Says recordings into the swarm, under the engine's own name. */
export class Injections {
  readonly #ground: Ground;
  readonly #limits: Limits;
  /** Every link of the run; a way in is added behind them when it is first used. */
  readonly #lines: Line[];
  readonly #post: Post;
  readonly #steered: Steered;

  constructor(ground: Ground, lines: Line[], post: Post, steered: Steered) {
    this.#ground = ground;
    this.#limits = ground.scenario.limits;
    this.#lines = lines;
    this.#post = post;
    this.#steered = steered;
  }

  /** Lets a port hear a recording at the moment the control takes effect. */
  inject(agent: AgentId, port: string, recording: Recording): Act {
    return {
      concerns: [agent, ...this.#ground.downstreamOf(agent)],
      says: `${agent}.${port} hears ${recording.file}`,
      file: recording.file,
      take: (time, control) => {
        const line = this.#wayTo(agent, port);
        this.#post.inject(this.#envelope(recording, time), line, control);
      },
    };
  }

  /** Counts a recording that was said before, and opens the way it took. */
  recall(agent: AgentId, port: string): void {
    this.#wayTo(agent, port);
    this.#steered.injections++;
  }

  #envelope({ audio, file }: Recording, time: Samples): Envelope {
    const sequence = ++this.#steered.injections;
    return Object.freeze({
      id: `${CONTROL_AGENT}.${sequence}`,
      source: { agent: CONTROL_AGENT, port: 'audio' },
      sequence,
      time,
      lap: 0,
      parents: [],
      carries: 'audio',
      signal: audio,
      origins: [{ file, sample: 0 }],
    });
  }

  #wayTo(agent: AgentId, port: string): Line {
    const known = this.#lines.find(
      ({ link: { from, to } }) =>
        from.agent === CONTROL_AGENT && to.agent === agent && to.port === port,
    );
    if (known !== undefined) return known;
    const link = {
      from: { agent: CONTROL_AGENT, port: 'audio' },
      to: { agent, port },
      way: 'feeds',
      delaySamples: 0,
      gain: 1,
      every: 1,
      probability: 1,
      laps: this.#limits.laps,
      keep: 'oldest',
    } as const;
    const line = new Line(link, this.#lines.length, this.#limits, NO_CHANCE);
    this.#lines.push(line);
    return line;
  }
}
