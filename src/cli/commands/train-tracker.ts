import { join } from 'node:path';
import { UserError } from '../../core/index.js';
import { commandTracker, type Tracker } from '../../training/index.js';
import { packageFolder } from '../package-folder.js';

const WANDB = /^wandb(?::([^/\s]+)(?:\/([^/]+))?)?$/;

/** Program and arguments that a text of `--track` stands for; no arguments: a shell line. */
export function trackingCommand(text: string): readonly [string, (readonly string[])?] {
  const found = WANDB.exec(text);
  if (found === null && text.trim() !== '' && !text.startsWith('wandb:')) return [text];
  if (found === null) {
    const what = `'${text}' names no tracker`;
    const allowed = 'wandb, wandb:project, wandb:project/run, or a command';
    throw new UserError({ what, where: '--track', allowed });
  }
  const [, project, name] = found;
  return [
    'python3',
    [
      join(packageFolder(), 'scripts', 'wandb-forward.py'),
      ...(project === undefined ? [] : ['--project', project]),
      ...(name === undefined ? [] : ['--name', name]),
    ],
  ];
}

/** The tracker that `--track` asks for. Throws a UserError for a text that names none. */
export function trackerOf(text: string): Tracker {
  return commandTracker(...trackingCommand(text));
}
