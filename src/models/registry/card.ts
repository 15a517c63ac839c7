import type { RunFile } from './run-file.js';

/** The card of a run: what it is, where it came from and what to know, as Markdown for people. */
export function cardOf(file: RunFile, hash: string): string {
  const sections = [
    `# ${file.id}: ${file.kind}${file.trained ? '' : ', untrained'}`,
    ORIGINS[file.origin.made](file),
    listed('Networks', networkLines(file)),
    listed('Notes', file.notes),
    listed(
      'Sources',
      file.origin.sources.map((from) => `\`${from.file}\` ${from.sha256}`),
    ),
    `Content hash: \`${hash}\``,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const ORIGINS: Readonly<Record<RunFile['origin']['made'], (file: RunFile) => string>> = {
  imported: () => 'Imported from the files of a training run.',
  trained: () => 'Trained by Demiurge.',
  untrained: ({ origin }) =>
    `Initialised from seed ${origin.seed} and never trained. ` +
    'The same seed and config make the same bytes again.',
};

function networkLines(file: RunFile): string[] {
  return Object.entries(file.networks).map(([role, { kind, weights, config }]) => {
    const widths = Object.entries(config).map(
      ([name, value]) => `${name} ${JSON.stringify(value)}`,
    );
    return `${role}: ${kind} in \`${weights}\` (${widths.join(', ')})`;
  });
}

function listed(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
}
