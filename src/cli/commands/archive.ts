import type { Command } from 'commander';
import { declareArchiveLs } from './archive-ls.js';
import { declareArchiveRebuild } from './archive-rebuild.js';
import { declareArchiveShow } from './archive-show.js';

/** `demiurge archive ls|show|rebuild`. */
export function declareArchive(command: Command): Command {
  declareArchiveLs(command);
  declareArchiveShow(command);
  declareArchiveRebuild(command);
  return command;
}
