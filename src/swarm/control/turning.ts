import { toSamples } from '../../core/index.js';
import type { Line } from '../line.js';
import { type Act, type Ground, changeLine, endsHere, refusal } from './act.js';

/** Louder than this would be a mistake of the hand. */
const GAIN_MAX = 16;

/** Sets a link's gain, linear, 0 to 16; for links that carry audio or control. */
export function setGain(ground: Ground, index: number, gain: number): Act {
  if (!(gain >= 0 && gain <= GAIN_MAX)) throw refusal(`a gain of ${gain}`, `0 to ${GAIN_MAX}`);
  const line = lineAt(ground, index);
  const { from } = line.link;
  const member = ground.scenario.topology.members.get(from.agent);
  const carries = member?.outputs[from.port]?.carries;
  if (carries !== 'audio' && carries !== 'control') {
    throw refusal(`${line.name} carries ${carries}`, 'a link that carries audio or control');
  }
  return {
    concerns: [from.agent],
    says: `${line.name} has gain ${gain}`,
    take: (time) => changeLine(ground, line, time, { gain }),
  };
}

/** Sets a returning link's delay; what is on its way arrives as it was sent. */
export function setDelay(ground: Ground, index: number, delaySeconds: number): Act {
  const line = lineAt(ground, index);
  const { link } = line;
  if (link.way !== 'returns') {
    throw refusal(`${line.name} feeds at the same instant`, 'a returning link ~>');
  }
  const delaySamples = toSamples(delaySeconds, ground.scenario.sampleRate);
  if (!(delaySamples >= 1)) {
    throw refusal(`a delay of ${delaySeconds} s`, 'one sample at least: the loop must breathe');
  }
  const { agent } = link.to;
  return {
    // A shorter way must not lead into anybody's past.
    concerns: [link.from.agent, agent, ...ground.downstreamOf(agent)],
    says: `${line.name} takes ${delaySeconds} s`,
    take: (time) => {
      changeLine(ground, line, time, { delaySamples });
      ground.onDelay();
    },
  };
}

function lineAt(ground: Ground, index: number): Line {
  const line = ground.lines[index];
  if (line === undefined) throw refusal(`there is no link ${index}`, linkNumbers(ground));
  if (endsHere(ground, line)) return line;
  throw refusal(`${line.name} ends in another engine`, 'a request to that one');
}

function linkNumbers({ lines }: Ground): string {
  return lines.length === 0 ? 'none: there are no links' : `0 to ${lines.length - 1}`;
}
