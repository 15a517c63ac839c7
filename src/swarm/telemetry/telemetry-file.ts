import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { messageOf, UserError } from '../../core/index.js';
import type { Broadcast } from './broadcast.js';
import { Feed } from './feed.js';

/**
 * Writes telemetry to a file as JSON lines. A place that cannot be written is a UserError; a disk
 * that fills up later ends the file and warns.
 */
export async function writeTelemetry(path: string, broadcast: Broadcast): Promise<void> {
  const stream = createWriteStream(path);
  try {
    await once(stream, 'open');
  } catch (cause) {
    throw new UserError({
      what: `telemetry cannot be written: ${messageOf(cause)}`,
      where: path,
      cause,
    });
  }
  stream.on('error', (error) => process.emitWarning(`telemetry ends early: ${error.message}`));
  const feed = new Feed((text, done) => void stream.write(text, () => done()));
  broadcast.add({
    tell: (record, line) => feed.offer(record, line()),
    close: async () => {
      await feed.drained();
      stream.end();
      if (!stream.destroyed) await once(stream, 'close');
    },
  });
}
