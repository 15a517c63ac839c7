import { once } from 'node:events';
import { lineOf } from '../../telemetry/index.js';
import { Stop } from '../exit-code.js';
import { complain } from '../output.js';
import type { Way } from './way.js';

/**
 * Writes every record to stdout as a line of JSON until the run has ended; a run that is gone
 * without a word ends it with code 1. Whoever reads slowly is told of gaps.
 */
export async function follow(way: Way): Promise<void> {
  let ended = (_reason: 'ended' | 'gone'): void => {};
  const end = new Promise<'ended' | 'gone'>((resolve) => (ended = resolve));
  const line = await way.open({
    hear: (record) => {
      if (!process.stdout.write(lineOf(record))) hold();
      if (record.type === 'ended') ended('ended');
    },
    gone: () => ended('gone'),
  });
  const hold = (): void => {
    line.pause();
    void once(process.stdout, 'drain').then(() => line.resume());
  };
  const how = await end;
  line.close();
  if (how === 'ended') return;
  complain(`run ${way.run} is gone without a word`);
  throw new Stop(1);
}
