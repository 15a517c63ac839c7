import type { Command } from 'commander';
import { findRun, openIndex, openRun } from '../../archive/index.js';
import { say, sayJson } from '../output.js';

/** `demiurge archive rebuild <run>`: reads the whole journal into a new index. */
export function declareArchiveRebuild(archive: Command): Command {
  return archive
    .command('rebuild <run>')
    .summary('make the index of a run anew from its journal')
    .option('--json', 'print one JSON document')
    .action(async (written: string, { json }: { readonly json?: true }) => {
      const start = performance.now();
      const index = await openIndex(openRun(findRun(written)), { anew: true });
      const seconds = (performance.now() - start) / 1000;
      const { added: records, unkept } = index;
      const counts = index.counts();
      index.close();
      const kept = unkept === undefined;
      if (json === true) return sayJson({ v: 1, records, ...counts, seconds, kept, unkept });
      const rate = Math.round(records / Math.max(seconds, 1e-3));
      say(
        `${records} records, ${counts.envelopes} envelopes in ${seconds.toFixed(2)} s (${rate}/s)`,
      );
      if (!kept) say(`it was not kept: ${unkept}`);
    });
}
