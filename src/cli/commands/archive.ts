import type { Command } from 'commander';
import { declareGc } from './archive-gc.js';
import { declareArchiveLs } from './archive-ls.js';
import { declarePin } from './archive-pin.js';
import { declareArchiveRebuild } from './archive-rebuild.js';
import { declareArchiveShow } from './archive-show.js';
import { declareVerify } from './archive-verify.js';

/** `demiurge archive`: the commands that look after what runs left behind. */
export function declareArchive(command: Command): Command {
  declareArchiveLs(command);
  declareArchiveShow(command);
  declareVerify(command.command('verify'));
  declareArchiveRebuild(command);
  declareGc(command);
  declarePin(command);
  return command;
}
