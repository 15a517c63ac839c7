import type { Command } from 'commander';
import { ancestryOf, descendantsOf } from '../../archive/index.js';
import { wholeNumber } from '../option-values.js';
import { type KinFlags, indexOf, tellKin } from '../why/answer.js';
import { askedOf, envelopeOf } from '../why/moment.js';

/** `demiurge why <run> <time|envelope>`: everything that a sound descends from. */
export function declareWhy(command: Command): Command {
  return withForms(
    command
      .argument('<run>', 'the folder of a run, or the id of one in out/')
      .argument('<moment>', 'a time (12.5, 2min, 1:02:03.5, ISO 8601) or an envelope (grains.12)'),
  ).action(async (run: string, written: string, flags: KinFlags) => {
    const index = await indexOf(run);
    try {
      const asked = askedOf(index, written);
      await tellKin(index, asked, ancestryOf(index, asked.of), flags);
    } finally {
      index.close();
    }
  });
}

/** `demiurge descendants <run> <envelope>`: everything that came of it. */
export function declareDescendants(command: Command): Command {
  return withForms(
    command
      .argument('<run>', 'the folder of a run, or the id of one in out/')
      .argument('<envelope>', 'such as past.3'),
  ).action(async (run: string, id: string, flags: KinFlags) => {
    const index = await indexOf(run);
    try {
      const asked = envelopeOf(index, id);
      await tellKin(index, asked, descendantsOf(index, asked.of), flags);
    } finally {
      index.close();
    }
  });
}

function withForms(command: Command): Command {
  return command
    .option('--depth <steps>', 'unfold so many steps (default: the nearest 48)', wholeNumber(0))
    .option('--all', 'unfold and draw everything')
    .option('--json', 'print W3C PROV-JSON')
    .option('--svg <file>', 'draw it: time to the right, a lane for each agent, colour for laps')
    .option('--play <folder>', 'write every sound of it as WAV and every mel as PNG');
}
