import { Option } from 'commander';
import type { Command } from 'commander';
import { wholeNumber } from '../option-values.js';

/** How runs of `run` and `agent` are watched. */
export interface TelemetryFlags {
  /** A file for the records; false: nobody may watch. */
  readonly telemetry?: string | false;
  /** A port; true: the usual one. */
  readonly metrics?: number | true;
  readonly control?: true;
  readonly ascii?: true;
  readonly theme?: string;
}

/** What the display can look like. */
export const THEMES = ['dark', 'light', 'mono', 'high-contrast', 'colour-blind'] as const;

/** Adds the options that say how a display looks. */
export function withLookOptions(command: Command): Command {
  return command
    .option('--ascii', 'draw with ASCII characters alone')
    .addOption(new Option('--theme <theme>', 'the colours of the display').choices(THEMES));
}

/** Adds the options that say how a run can be watched. */
export function withTelemetryOptions(command: Command): Command {
  return withLookOptions(command)
    .option('--control', 'take controls from those who watch with --control')
    .option('--telemetry <file>', 'write what watchers are told to a file, as JSON lines')
    .option('--no-telemetry', 'open no socket: nobody can watch')
    .option('--metrics [port]', 'serve figures to Prometheus on this machine', wholeNumber(0));
}
