import { Option } from 'commander';
import type { Command } from 'commander';
import type { NatsTrust } from '../bus/index.js';

/** As whom to go to a NATS server, of those who go there. */
export interface BusFlags {
  readonly key?: string;
  readonly allowServer?: string;
}

/** Adds the options that say as whom to go to a NATS server, and to which. */
export function withBusOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--key <file>', 'the seed of an nkey, as bus-config writes them').env(
        'DEMIURGE_NATS_SEED_FILE',
      ),
    )
    .option('--allow-server <version>', 'a nats-server with known holes that serves all the same');
}

/** What the options mean to a bus. */
export function trustOf({ key, allowServer }: BusFlags): NatsTrust {
  return {
    ...(key === undefined ? {} : { key }),
    ...(allowServer === undefined ? {} : { allowServer }),
  };
}
