import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { type Technique, TECHNIQUES } from '../../audio/index.js';
import { renderCorpus } from '../../training/index.js';
import { nearest } from '../nearest.js';
import { names, wholeNumber } from '../option-values.js';
import { complain, say, sayJson } from '../output.js';

interface RenderFlags {
  readonly minutes: number;
  readonly seed: number;
  readonly out: string;
  readonly techniques?: readonly string[];
  readonly json?: true;
}

/** `demiurge corpus render`. */
export function declareCorpus(command: Command): Command {
  command
    .command('render')
    .summary('write labelled bowed-string recordings to train from')
    .option('--minutes <number>', 'how long they are together', minutes, 20)
    .option('--seed <number>', 'where all chance comes from', wholeNumber(0), 1)
    .requiredOption('--out <folder>', 'the folder to make; one that exists must be empty')
    .option('--techniques <names>', 'only these, with commas between (default: all)', names)
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action(render);
  return command;
}

const HELP = `
Recordings of half a minute (WAV, 44.1 kHz, 16 bit, mono): one of all techniques in turn, then one
of each, over again. Beside each is a JSON file with its notes: technique, f0Hz, startSeconds,
seconds, loudnessDb and more. Same options, same bytes.

Techniques: ${TECHNIQUES.join(', ')}`;

async function render({ json, minutes: length, techniques, ...options }: RenderFlags) {
  const tell = json === true ? complain : say;
  const chosen = techniques === undefined ? {} : { techniques: techniques.map(techniqueOf) };
  const corpus = await renderCorpus({
    ...options,
    ...chosen,
    seconds: length * 60,
    onRecording: ({ file, seconds, notes }, done, count) =>
      tell(`${done} of ${count}  ${file}  ${seconds.toFixed(1)} s, ${notes.length} notes`),
  });
  if (json === true) sayJson({ out: options.out, ...corpus });
  else say(`${(corpus.seconds / 60).toFixed(1)} minutes in ${options.out}`);
}

function techniqueOf(name: string): Technique {
  const known = TECHNIQUES.map((technique): [string, Technique] => [technique, technique]);
  return nearest('technique', name, new Map(known));
}

function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Write a number of minutes above 0.');
}
