import { gc } from '../../archive/index.js';
import { UserError, messageOf } from '../../core/index.js';
import { afterSeconds, wallTime } from '../clock.js';

// The process that tidies an archive while an engine plays: `keeper-main <archive folder>`.
const wait = (seconds: number): Promise<void> =>
  new Promise((resolve) => {
    afterSeconds(seconds, resolve);
  });

try {
  await gc({ archive: process.argv[2] ?? '', nowMs: Date.parse(wallTime()), wait });
  process.disconnect?.();
} catch (thrown) {
  process.stderr.write(messageOf(thrown));
  // 75: another process tidies already.
  process.exit(thrown instanceof UserError && thrown.parts.retryable === true ? 75 : 1);
}
