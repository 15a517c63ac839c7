import type { Command } from 'commander';
import { Stop } from '../exit-code.js';
import { columns, say, sayJson } from '../output.js';
import type { Finding } from '../doctor/finding.js';
import {
  diskFinding,
  faissFinding,
  natsFinding,
  nodeFinding,
  onnxFinding,
  soundFinding,
  tensorflowFinding,
} from '../doctor/findings.js';
import { modelsFinding } from '../doctor/models-finding.js';

const LOOKS: readonly (() => Finding | Promise<Finding>)[] = [
  nodeFinding,
  onnxFinding,
  faissFinding,
  natsFinding,
  tensorflowFinding,
  modelsFinding,
  diskFinding,
  soundFinding,
];

/** `demiurge doctor [--json]`: exits 1 when something is broken, 0 when things are only missing. */
export function declareDoctor(command: Command): Command {
  return command.option('--json', 'print one JSON document').action(doctor);
}

async function doctor(options: { readonly json?: true }): Promise<void> {
  const findings = await Promise.all(LOOKS.map(async (look) => look()));
  const sound = findings.every(({ state }) => state !== 'broken');
  if (options.json === true) sayJson({ ok: sound, findings });
  else say(columns(findings.map(rowOf)));
  if (!sound) throw new Stop(1);
}

function rowOf({ name, state, says, mend }: Finding): readonly string[] {
  return [name, state, mend === undefined ? says : `${says}\n${' '.repeat(12)}Try: ${mend}`];
}
