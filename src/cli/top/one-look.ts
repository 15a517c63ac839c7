import { once } from 'node:events';
import { shownAddress } from '../../bus/index.js';
import { UserError } from '../../core/index.js';
import type { TelemetryRecord } from '../../telemetry/index.js';
import type { Way } from './way.js';

/** How long after the state the alerts and what was heard may still come. */
const REST_MS = 100;

/**
 * What a newcomer is told, up to the first state. Throws a UserError when the run does not even
 * say what is played.
 */
export async function oneLook(way: Way): Promise<readonly TelemetryRecord[]> {
  const records: TelemetryRecord[] = [];
  let seen = (_how: 'known' | 'gone'): void => {};
  const known = new Promise<'known' | 'gone'>((resolve) => (seen = resolve));
  const line = await way.open({
    hear: (record) => {
      records.push(record);
      const types = new Set(records.map(({ type }) => type));
      if (types.has('scene') && types.has('state')) seen('known');
    },
    gone: () => seen('gone'),
  });
  const how = await Promise.race([known, once(AbortSignal.timeout(way.patienceMs), 'abort')]);
  if (how === 'known') await once(AbortSignal.timeout(REST_MS), 'abort');
  line.close();
  if (records.some(({ type }) => type === 'scene')) return records;
  throw new UserError({
    what: `run ${way.run} does not say what it plays`,
    where: shownAddress(way.address),
    hint: 'the same again in a moment',
    retryable: true,
  });
}

/** One document of what stands: `v` counts its versions. */
export function documentOf(run: string, records: readonly TelemetryRecord[]): object {
  const last = (type: TelemetryRecord['type']): TelemetryRecord | null =>
    records.findLast((record) => record.type === type) ?? null;
  const alerts = new Map<string, TelemetryRecord>();
  for (const record of records) {
    if (record.type !== 'alert') continue;
    if (record.over === undefined) alerts.set(record.id, record);
    else alerts.delete(record.id);
  }
  const [scene, state, life] = [last('scene'), last('state'), last('life')];
  return { v: 1, run, scene, state, life, alerts: [...alerts.values()] };
}
