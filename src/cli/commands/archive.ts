import type { Command } from 'commander';
import { declareVerify } from './archive-verify.js';

/** `demiurge archive`: the commands that look after what runs left behind. */
export function declareArchive(command: Command): Command {
  declareVerify(command.command('verify'));
  return command;
}
