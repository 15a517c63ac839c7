// The command line: one file per command, each thin over the rooms it composes.
export { main } from './main.js';
