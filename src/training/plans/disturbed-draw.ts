import type { Draw, Training } from '../../models/index.js';
import type { SequencerSettings } from '../recipes/sequencer.js';
import type { StepDesign } from './plan.js';

type Learning = Required<NonNullable<Parameters<Training['sequencerStep']>[2]>>;
type Named = Partial<
  Pick<SequencerSettings, 'dropout' | 'timestep_dropout' | 'input_noise' | 'rollout'>
>;

/** How a sequencer learns by its settings; a training that began before there were any, plainly. */
export function learningOf(settings: Named): Learning {
  const { dropout = 0, timestep_dropout = 0, input_noise = 0, rollout = 1 } = settings;
  return { dropout, timestepDropout: timestep_dropout, inputNoise: input_noise, rollout };
}

/** Windows, and with them what disturbs their hearing: nothing does where they are to judge by. */
export function disturbedDraw(
  { drawDisturbances, noDisturbances }: Training,
  { batch }: StepDesign,
  learning: Learning,
  purpose: 'learn' | 'judge',
  windows: Draw,
): Draw {
  if (purpose === 'judge') {
    const still = noDisturbances(batch);
    return (random) => ({ ...windows(random), ...still });
  }
  // Windows come first from a step's chance: they are the same however they are disturbed.
  return (random) => ({ ...windows(random), ...drawDisturbances(batch, learning, random) });
}
