import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import type { Life } from '../../../src/telemetry/index.js';
import { lookFor } from '../../../tui/look/look.js';
import { curvesPage } from '../../../tui/pages/curves.js';
import { BLANK_SIGHT, type Sight, withRecord } from '../../../tui/sight/sight.js';
import { NOW_MS } from '../fixtures/babel.js';
import { bare } from '../fixtures/painted.js';

/** Two hours in which a loop closes: it drifts, narrows and hears less and less that is new. */
function closingSight(): Sight {
  let sight = BLANK_SIGHT;
  for (let second = 0; second <= 7200; second += 6) {
    const share = second / 7200;
    const wave = Math.sin(second / 40);
    const life: Life = {
      type: 'life',
      seconds: second,
      drift: 0.2 + 1.6 * share + 0.15 * wave,
      variety: 1 - 0.8 * share + 0.05 * wave,
      effectiveRank: 9 - 6 * share + 0.4 * wave,
      freshRatio: 0.5 - 0.4 * share,
      noveltyPerHour: Math.round(200 * (1 - share)),
    };
    sight = withRecord(sight, life, NOW_MS - (7200 - second) * 1000);
  }
  return { ...sight, nowMs: NOW_MS };
}

const closing = closingSight();

it('the page of the curves looks like this at 100 columns and 40 rows', async () => {
  const size = { columns: 100, rows: 40 };
  const text = `${bare(curvesPage(closing, lookFor(size, {}), size).join('\n'))}\n`;
  await expect(text).toMatchFileSnapshot('../golden/curves-100x40.txt');
});

it('the page of the curves fills every terminal, in ASCII, also while nothing is known', () => {
  for (const sight of [closing, BLANK_SIGHT]) {
    for (let columns = 40; columns <= 200; columns += 20) {
      for (const rows of [9, 23, 39, 60]) {
        const size = { columns, rows };
        const lines = curvesPage(sight, lookFor(size, { TERM: 'dumb' }), size);
        expect(lines).toHaveLength(rows);
        expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([columns]));
        // oxlint-disable-next-line no-control-regex -- what ASCII is
        expect(bare(lines.join(''))).toMatch(/^[\x20-\x7e]*$/);
      }
    }
  }
});
