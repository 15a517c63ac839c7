import { UserError } from '../../core/index.js';
import { liveSockets } from '../../telemetry/index.js';
import type { SocketPlace } from '../../telemetry/index.js';
import { nearest } from '../nearest.js';
import { complain } from '../output.js';

/**
 * The run that is meant: the one named, or the newest that plays on this machine. Throws a
 * UserError when nothing plays here, or not that one.
 */
export async function findRun(named: string | undefined): Promise<SocketPlace> {
  const places = await liveSockets();
  const [newest] = places;
  if (newest === undefined) throw nothingPlays();
  if (named !== undefined) {
    const begun = places.find(({ run }) => run.startsWith(named));
    return begun ?? nearest('run', named, new Map(places.map((place) => [place.run, place])));
  }
  if (places.length > 1) {
    complain(`${places.length} runs play here; this is the newest, ${newest.run} (see --list)`);
  }
  return newest;
}

function nothingPlays(): UserError {
  return new UserError({
    what: 'nothing plays on this machine',
    hint: 'npm start, or demiurge run; --bus nats://host:port for one that plays elsewhere',
  });
}
