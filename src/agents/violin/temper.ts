import { z } from 'zod';
import type { Random } from '../../core/index.js';

/** What she does with what she heard. */
export type Temper = 'imitate' | 'answer' | 'contrast' | 'ornament' | 'rest';

const TEMPERS = ['imitate', 'answer', 'contrast', 'ornament', 'rest'] as const;

const one = z.enum(TEMPERS);

/** One temper, several of equal weight, or weights: `{ imitate: 2, rest: 1 }`. */
export const temperParam = z
  .union([one, z.array(one).min(1), z.partialRecord(one, z.number().min(0))])
  .default({ imitate: 3, answer: 4, contrast: 2, ornament: 2, rest: 1 })
  .describe('what she does: imitate, answer, contrast, ornament, rest; one, a list, or weights');

/** Draws a temper; a rest when all weights are 0. */
export function drawTemper(written: z.output<typeof temperParam>, random: Random): Temper {
  if (typeof written === 'string') return written;
  if (Array.isArray(written)) return random.pick(written);
  const total = TEMPERS.reduce((sum, temper) => sum + (written[temper] ?? 0), 0);
  let left = random.next() * total;
  for (const temper of TEMPERS) {
    left -= written[temper] ?? 0;
    if (left < 0) return temper;
  }
  return 'rest';
}
