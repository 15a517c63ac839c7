import { type Knob, knobOf } from '../knob.js';
import { generator } from '../kinds/generator.js';
import { mixer } from '../kinds/mixer.js';
import { sampler } from '../kinds/sampler.js';

/** What a homeostat can steer, with the bounds of the param of that name. */
export const STEERS: Readonly<Record<Steer, Knob>> = {
  fresh: knobOf(mixer.params.shape.fresh),
  gain: knobOf(mixer.params.shape.gain),
  feedback: knobOf(generator.params.shape.feedback),
  temperature: knobOf(generator.params.shape.temperature),
  taboo: knobOf(sampler.params.shape.taboo),
};

/** The names of what can be steered. */
export const STEER_NAMES = ['fresh', 'gain', 'feedback', 'temperature', 'taboo'] as const;

/** The name of something that can be steered. */
export type Steer = (typeof STEER_NAMES)[number];
