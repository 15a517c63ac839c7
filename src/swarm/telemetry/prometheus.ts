import type { Registry } from 'prom-client';
import { FIGURES, type Figure } from './figures.js';
import type { Bulletin } from './bulletin.js';

/**
 * The latest figures in the text format of Prometheus, every name beginning with `demiurge_`; a
 * figure that is not known yet is left out.
 */
export async function prometheusText(
  latest: Bulletin,
): Promise<{ readonly type: string; readonly text: string }> {
  const prometheus = await import('prom-client');
  const registry = new prometheus.Registry();
  const run = latest.scene?.run;
  if (run !== undefined) registry.setDefaultLabels({ run });
  for (const figure of FIGURES) fill(prometheus, registry, figure, latest);
  return { type: registry.contentType, text: await registry.metrics() };
}

/** A registry of its own for every look: what is gone leaves no figure behind. */
function fill(
  { Counter, Gauge }: typeof import('prom-client'),
  registry: Registry,
  { name, help, kind, labels, read }: Figure,
  latest: Bulletin,
): void {
  const known = read(latest).filter(([, value]) => value !== undefined);
  if (known.length === 0) return;
  const Kind = kind === 'counter' ? Counter : Gauge;
  const metric = new Kind({
    name: `demiurge_${name}`,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  for (const [subject, value] of known) metric.inc({ ...subject }, value as number);
}
