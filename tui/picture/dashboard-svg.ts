import type { TelemetryRecord } from '../../src/telemetry/index.js';
import { frameOf } from '../frame.js';
import { lookFor } from '../look/look.js';
import type { ThemeName } from '../look/theme.js';
import { BLANK_SIGHT, withRecord } from '../sight/sight.js';
import { firstView } from '../view/view.js';
import { frameSvg } from './frame-svg.js';

/** How the dashboard of a recorded run is drawn. */
export interface DashboardOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly theme?: ThemeName;
  /** The moment, in logical seconds; the end of what was recorded unless given. */
  readonly seconds?: number;
}

/** The first screen as SVG, as whoever watched saw it when these records had been told. */
export function dashboardSvg(
  records: readonly TelemetryRecord[],
  options: DashboardOptions = {},
): string {
  const { columns = 120, rows = 40, theme = 'dark', seconds = Number.POSITIVE_INFINITY } = options;
  let [sight, wallMs] = [BLANK_SIGHT, 0];
  for (const record of records) {
    if (record.type === 'ended' || ('seconds' in record && record.seconds > seconds)) break;
    if (record.type === 'scene') wallMs = Date.parse(record.startedAt);
    if (record.type === 'state')
      wallMs += 1000 * (record.wallSeconds - (sight.state?.wallSeconds ?? 0));
    sight = withRecord(sight, record, wallMs);
  }
  const look = lookFor({ columns, rows }, { LANG: 'C.UTF-8' }, { theme });
  const lines = frameOf(sight, firstView(theme), look, wallMs, { framesPerSecond: 4, frameMs: 2 });
  return frameSvg(lines, `The dashboard of ${sight.scene?.title ?? 'a run'}`);
}
