import { extname } from 'node:path';
import { Option } from 'commander';
import type { Command } from 'commander';
import { drawMermaid, drawSvg, drawText } from '../../topologies/index.js';
import type { Scenario } from '../../scenarios/index.js';
import { mainScenario, openScenario } from '../open-scenario.js';
import { say } from '../output.js';
import { writeWhole } from '../../core/index.js';

type Format = 'text' | 'mermaid' | 'svg';

interface DrawFlags {
  readonly format?: Format;
  readonly out?: string;
  readonly registry?: string;
}

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  '.svg': 'svg',
  '.mmd': 'mermaid',
  '.md': 'mermaid',
};

/** `demiurge draw [scenario] [--format text|mermaid|svg] [--out file]`. */
export function declareDraw(command: Command): Command {
  return command
    .argument('[scenario]', 'a scenario file (default: the main one)')
    .addOption(
      new Option('--format <format>', 'how (default: as --out is named, else text)').choices([
        'text',
        'mermaid',
        'svg',
      ]),
    )
    .option('--out <file>', 'write the drawing to a file')
    .option('--registry <folder>', 'where the runs of models are')
    .action(draw);
}

async function draw(file: string | undefined, flags: DrawFlags): Promise<void> {
  const options = flags.registry === undefined ? {} : { registry: flags.registry };
  const scenario = await openScenario(file ?? mainScenario(), options);
  const format = flags.format ?? BY_EXTENSION[extname(flags.out ?? '').toLowerCase()] ?? 'text';
  const drawing = (await drawn(scenario, format)).trimEnd();
  if (flags.out === undefined) say(drawing);
  else await writeWhole(flags.out, `${drawing}\n`);
}

function drawn(scenario: Scenario, format: Format): string | Promise<string> {
  const { topology, sampleRate, title, cast } = scenario;
  const labels = new Map(cast.map(({ id, kind }) => [id, kind.kind]));
  const draw = { text: drawText, mermaid: drawMermaid, svg: drawSvg }[format];
  return draw(topology, { sampleRate, title, labels });
}
