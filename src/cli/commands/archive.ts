import type { Command } from 'commander';
import { declareGc } from './archive-gc.js';
import { declarePin } from './archive-pin.js';

/** `demiurge archive gc|pin`. */
export function declareArchive(command: Command): Command {
  declareGc(command);
  declarePin(command);
  return command;
}
