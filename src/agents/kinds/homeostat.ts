import { z } from 'zod';
import type { Ancestor, Samples } from '../../core/index.js';
import { port, toSamples, toSeconds } from '../../core/index.js';
import { type Course, readCourse, wantedAt } from '../homeostat/course.js';
import {
  type Governing,
  type Governor,
  governed,
  governorAt,
  movedTo,
} from '../homeostat/governor.js';
import { type HeardFrames, framesOf, framesOfAudio, since } from '../homeostat/hearing.js';
import { MEASURES, boundsOf, errorOf, measured, spanOf, wantedFor } from '../homeostat/measure.js';
import { placeIn, valueAt } from '../homeostat/range.js';
import { type Direction, type Search, searched, triedOutput } from '../homeostat/search.js';
import { STEERS, STEER_NAMES } from '../homeostat/steers.js';
import type { Context, Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { withinKnob } from '../knob.js';
import { seconds } from '../params.js';

const positive = (time: number): boolean => time > 0;

const params = z
  .object({
    measure: z.enum(MEASURES).default('variety').describe('what is measured of what it hears'),
    follow: z
      .union([z.number(), z.string()])
      .transform((written, context): Course => {
        const read = readCourse(written);
        if (read.ok) return read.course;
        context.addIssue({ code: 'custom', message: `expected ${read.expected}` });
        return z.NEVER;
      })
      .describe('where the measure should be, such as 9 -> 3 over 6h hold 1h -> 7 over 30min'),
    steer: z.enum(STEER_NAMES).describe('the name of the control it says'),
    range: z.tuple([z.number(), z.number()]).describe('least and greatest value of that control'),
    scale: z
      .enum(['linear', 'log'])
      .default('linear')
      .describe('how the range is crossed; log: by equal ratios, as levels are heard'),
    begin: z.number().optional().describe('the value it begins with; the middle of the range'),
    direction: z
      .enum(['learn', 'rises', 'falls'])
      .default('learn')
      .describe('whether the measure rises or falls with the value; learn: by trying first'),
    window: seconds()
      .refine(positive, 'expected more than 0')
      .default(30)
      .describe('how much of the latest sound is measured'),
    every: seconds()
      .refine(positive, 'expected more than 0')
      .default(5)
      .describe('time from one control to the next'),
    gain: z
      .number()
      .min(0)
      .max(10)
      .default(0.3)
      .describe('share of the range by which it answers an error of 100 %'),
    settle: seconds()
      .refine(positive, 'expected more than 0')
      .default(30)
      .describe('an error that stays has doubled the answer after so long'),
    slew: seconds().default(30).describe('time it takes across the range at the fastest'),
    band: z.number().min(0).max(1).default(0.02).describe('errors it leaves alone, as a share'),
  })
  .superRefine(({ measure, follow }, context) => {
    const [least, greatest] = boundsOf(measure);
    const values = [follow.from, ...follow.legs.map(({ to }) => to)];
    const stray = values.find((value) => value < least || value > greatest);
    if (stray === undefined) return;
    const message = `expected a ${measure} from ${least} to ${greatest}, not ${stray}`;
    context.addIssue({ code: 'custom', path: ['follow'], message });
  })
  .superRefine(({ steer, range: [least, greatest], begin, scale }, context) => {
    const { min, max } = STEERS[steer];
    const complain = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (least < min || greatest > max || least >= greatest) {
      complain('range', `expected [least, greatest] for ${steer}, from ${min} to ${max}`);
    } else if (scale === 'log' && least <= 0) {
      complain('range', 'expected [least, greatest] above 0, since its scale is log');
    } else if (begin !== undefined && (begin < least || begin > greatest)) {
      complain('begin', `expected a value in the range, from ${least} to ${greatest}`);
    }
  });

const inputs = {
  audio: port.audio('the sound that should be so; silence has a level and nothing else'),
  descriptors: port.descriptors(
    'in place of sound: MFCC-39, or `set: simple`, as the measure asks',
  ),
};

const outputs = {
  control: port.control('what it steers, by the name of `steer`'),
  notes: port.control(
    '`target`, `measured`, `output` at each step; `direction`: 1 or −1 once it is learnt; ' +
      '`unfit`: descriptors without the columns that are measured',
  ),
};

type Params = z.output<typeof params>;
type Outputs = typeof outputs;
type Said = Emission<Outputs>;

interface State {
  /** When its course began. */
  readonly begun: Samples;
  readonly heard: readonly HeardFrames[];
  readonly governor: Governor;
  /** The direction it found, where none was given. */
  readonly learnt?: Direction;
  readonly search: Search;
}

const GIVEN = { learn: undefined, rises: 1, falls: -1 } as const;

/** Sounds that are remembered at most; beyond that the oldest are forgotten early. */
const HEARD_MAX = 256;
/** What it says cites so many of the sounds that were measured, the newest. */
const PARENTS_MAX = 16;

/** Keeps a quality of what it hears on a written course (Ashby 1952, "Design for a Brain"). */
export const homeostat = defineAgent({
  kind: 'homeostat',
  summary: 'Turns one control of another agent so that what it hears follows a written course.',
  params,
  inputs,
  outputs,

  ticks: ({ every }) => ({ everySeconds: every, offsetSeconds: every }),

  start: ({ params, now }): State => {
    const output = params.begin === undefined ? 0.5 : placeIn(params, params.begin);
    return {
      begun: now,
      heard: [],
      governor: governorAt(output),
      search: { begunSeconds: 0, found: [] },
    };
  },

  async receive(state, message, context): Promise<Step<State, Outputs>> {
    if (message.port === 'tick') return step(state, context);
    const { params, sampleRate } = context;
    const wanted = wantedFor(params.measure);
    if (message.port === 'audio') {
      const frames = await framesOfAudio(message.signal, wanted, sampleRate);
      return { state: hearing(state, message, frames, context), emit: [] };
    }
    const frames = framesOf(message.signal, wanted.columns);
    const unfit: readonly Said[] = [{ port: 'notes', signal: { name: 'unfit', value: 1 } }];
    const fits = frames !== undefined || message.signal.rows === 0;
    return { state: hearing(state, message, frames, context), emit: fits ? [] : unfit };
  },
});

function hearing(
  state: State,
  { id, lap }: Ancestor,
  frames: Pick<HeardFrames, 'rows' | 'data'> | undefined,
  { now }: Context<Params>,
): State {
  if (frames === undefined) return state;
  return { ...state, heard: [...state.heard, { id, lap, at: now, ...frames }].slice(-HEARD_MAX) };
}

/** Measures, compares, answers. Nothing is governed before a first window is full. */
function step(state: State, { params, now, sampleRate }: Context<Params>): Step<State, Outputs> {
  const { measure, follow, window } = params;
  const heard = since(state.heard, now - toSamples(window, sampleRate));
  const elapsed = toSeconds(now - state.begun, sampleRate);
  const target = wantedAt(follow, elapsed);
  const value = elapsed < window ? undefined : measured(measure, heard, sampleRate);
  const next = answered({ ...state, heard }, { target, value, elapsed }, params);
  const found = state.learnt === undefined ? next.learnt : undefined;
  const output = withinKnob(STEERS[params.steer], valueAt(params, next.governor.output));
  const parents = heard.slice(-PARENTS_MAX).map(({ id, lap }) => ({ id, lap }));
  const note = (name: string, of: number | undefined): readonly Said[] =>
    of === undefined ? [] : [{ port: 'notes', signal: { name, value: of }, parents }];
  return {
    state: next,
    emit: [
      { port: 'control', signal: { name: params.steer, value: output }, parents },
      ...note('target', target),
      ...note('measured', value),
      ...note('output', output),
      ...note('direction', found),
    ],
  };
}

interface Look {
  readonly target: number;
  readonly value: number | undefined;
  readonly elapsed: number;
}

function answered(state: State, look: Look, params: Params): State {
  const { governor, learnt } = state;
  const governing = governingOf(params);
  const direction = GIVEN[params.direction] ?? learnt;
  if (direction === undefined) {
    const { search, direction: found } = searchedBy(state.search, look, params);
    const next = movedTo(governor, triedOutput(search), params.every, governing);
    return { ...state, search, governor: next, ...(found === undefined ? {} : { learnt: found }) };
  }
  if (look.value === undefined) return state;
  const error = direction * errorOf(params.measure, look.target, look.value);
  return { ...state, governor: governed(governor, error, params.every, governing) };
}

function searchedBy(
  search: Search,
  { target, value, elapsed }: Look,
  { measure, window, slew, band }: Params,
): ReturnType<typeof searched> {
  // The sound of the trial before must have left the window, twice over since loops echo.
  const eachSeconds = 2 * window + slew / 2;
  const span = spanOf(measure, target);
  return searched(search, value, elapsed, { eachSeconds, notable: 2 * band, span });
}

function governingOf({ gain, settle, slew, band }: Params): Governing {
  return { gain, settleSeconds: settle, slewSeconds: slew, deadBand: band };
}
