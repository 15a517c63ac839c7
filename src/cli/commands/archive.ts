import type { Command } from 'commander';
import { declareVerify } from './archive-verify.js';

/** `demiurge archive`. */
export function declareArchive(command: Command): Command {
  declareVerify(command.command('verify'));
  return command;
}
