import { parseArgs } from 'node:util';
import type { NatsTrust } from '../src/bus/index.js';

/** What the display is opened with. */
export interface ProgramArguments {
  /** A socket's path, or `nats://host:port` with a run. */
  readonly address: string;
  readonly run?: string;
  /** As whom to go to a NATS server. */
  readonly trust: NatsTrust;
  /** Opened beside an engine: Ctrl-C is for the engine, and the end of the run is its own. */
  readonly owner: boolean;
  /** Whether it may ask the engine to do anything. */
  readonly control: boolean;
  /** There is nobody at the keyboard. */
  readonly viewOnly: boolean;
  readonly ascii: boolean;
  readonly theme?: string;
}

/** Reads the arguments of the display's program, as the command line hands them on. */
export function readArguments(args: readonly string[]): ProgramArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      run: { type: 'string' },
      key: { type: 'string' },
      'allow-server': { type: 'string' },
      owner: { type: 'boolean', default: false },
      control: { type: 'boolean', default: false },
      'view-only': { type: 'boolean', default: false },
      ascii: { type: 'boolean', default: false },
      theme: { type: 'string' },
    },
  });
  const { key, 'allow-server': allowServer, run, owner, control, ascii, theme } = values;
  return {
    address: positionals[0] ?? '',
    owner,
    control,
    viewOnly: values['view-only'],
    ascii,
    trust: {
      ...(key === undefined ? {} : { key }),
      ...(allowServer === undefined ? {} : { allowServer }),
    },
    ...(run === undefined ? {} : { run }),
    ...(theme === undefined ? {} : { theme }),
  };
}
