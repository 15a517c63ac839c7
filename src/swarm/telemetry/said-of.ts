import type { Envelope } from '../../core/index.js';
import type { Said } from '../../telemetry/index.js';
import type { Kin } from './family.js';
import { amplitudeDb, powerDb, rounded, shapeOf } from './level.js';

/** An envelope as telemetry tells of it. */
export function saidOf(envelope: Envelope, kin: Kin, bytes: number, sampleRate: number): Said {
  const { id, source, carries, lap, parents, origins } = envelope;
  const { seconds: durationSeconds, peak, power } = kin.level;
  const peakDb = amplitudeDb(peak);
  const rmsDb = peak === undefined ? undefined : powerDb(power);
  return {
    type: 'said',
    id,
    agent: source.agent,
    port: source.port,
    carries,
    seconds: kin.seconds,
    lap,
    parents: parents.map((parent) => parent.id),
    bytes,
    shape: shapeOf(envelope),
    ...(durationSeconds === undefined ? {} : { durationSeconds: rounded(durationSeconds) }),
    ...(peakDb === undefined ? {} : { peakDb }),
    ...(rmsDb === undefined ? {} : { rmsDb }),
    ...(origins === undefined
      ? {}
      : { origins: origins.map(({ file, sample }) => ({ file, seconds: sample / sampleRate })) }),
  };
}
