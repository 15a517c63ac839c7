import { join } from 'node:path';
import type { Command } from 'commander';
import {
  type Atlas,
  atlasJson,
  atlasSentence,
  endName,
  endTime,
  makeAtlas,
  rowSentence,
  writeAtlas,
} from '../../atlas/index.js';
import { mainScenario, openScenario } from '../open-scenario.js';
import { duration, names, wholeNumber } from '../option-values.js';
import { columns, complain, say, sayJson } from '../output.js';
import { packageFolder } from '../package-folder.js';

interface AtlasFlags {
  readonly laps?: number;
  readonly seconds?: number;
  readonly probe?: string;
  readonly only?: readonly string[];
  readonly seed?: number;
  readonly out?: string;
  readonly json?: true;
  readonly registry?: string;
}

/** `demiurge atlas [scenario]`: where a few sounds come to rest in its loops and agents. */
export function declareAtlas(command: Command): Command {
  return command
    .argument('[scenario]', 'a scenario file (default: the main one)')
    .option('--laps <count>', 'the most laps (default: 64, or 16 through networks)', wholeNumber(4))
    .option('--seconds <time>', 'how long the probes are (default: 3s)', duration)
    .option('--probe <file>', 'a sound of your own as one more probe')
    .option('--only <names>', 'these loops and agents only, such as loop1,una', names)
    .option('--seed <number>', 'where all chance comes from', wholeNumber(0))
    .option('--out <folder>', 'where to write (default: out/atlas-<title>)')
    .option('--json', 'print one JSON document: the atlas')
    .option('--registry <folder>', 'where the runs of models are')
    .action(atlas);
}

async function atlas(file: string | undefined, flags: AtlasFlags): Promise<void> {
  const { seed, registry, laps, seconds, probe, only } = flags;
  const scenario = await openScenario(file ?? mainScenario(), {
    ...(seed === undefined ? {} : { seed }),
    ...(registry === undefined ? {} : { registry }),
  });
  const made = await makeAtlas(scenario, {
    corpus: join(packageFolder(), 'corpus'),
    ...(laps === undefined ? {} : { laps }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(probe === undefined ? {} : { probe }),
    ...(only === undefined ? {} : { only }),
    onTrail: ({ name }, trail) => {
      complain(`${name}, ${trail.probe}: ${endName(trail)} ${endTime(trail)}`.trimEnd());
    },
  });
  const folder = flags.out ?? join('out', `atlas-${plain(scenario.title)}`);
  const files = await writeAtlas(made, folder);
  if (flags.json === true) sayJson(atlasJson(made));
  else show(made, files.at(-1) ?? folder);
}

function plain(title: string): string {
  const name = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return name.replaceAll(/^-|-$/g, '') || 'untitled';
}

function show(made: Atlas, page: string): void {
  const head = ['', 'probe', 'end', 'laps', 'basin'];
  const rows = made.rows.flatMap(({ circuit, trails }) =>
    trails.map((trail, i) => {
      const laps = trail.answered ? String(trail.fate.at) : '–';
      const settled = trail.basin === undefined ? '–' : laps;
      return [
        i === 0 ? circuit.name : '',
        trail.probe,
        endName(trail),
        settled,
        trail.basin ?? '–',
      ];
    }),
  );
  say(`\n${columns([head, ...rows])}\n`);
  for (const row of made.rows) say(rowSentence(row));
  say(`${atlasSentence(made)}`);
  const troubles = made.rows.flatMap((row) => row.trails.flatMap((trail) => trail.troubles));
  for (const trouble of new Set(troubles)) say(`! ${trouble}`);
  say(`\n${page}`);
}
