import type { Keep } from '../topologies/index.js';
import type { AgentHappening, Delivery } from './happening.js';

/**
 * Applies the brim of an inbox to one instant: at most `inboxMax` deliveries stay, each arrival
 * that finds it full being settled by its own link's rule. Sayings and beats are no messages and
 * always stay.
 */
export function settleInstant(
  instant: readonly AgentHappening[],
  inboxMax: number,
  keepOf: (link: number) => Keep,
): { readonly kept: AgentHappening[]; readonly spilled: Delivery[] } {
  const deliveries = instant.filter((happening) => happening.type === 'delivery');
  if (deliveries.length <= inboxMax) return { kept: [...instant], spilled: [] };
  const waiting: Delivery[] = [];
  const spilled = new Set<Delivery>();
  const spill = (delivery: Delivery): void => {
    spilled.add(delivery);
    waiting.splice(waiting.indexOf(delivery), 1);
  };
  for (const arriving of deliveries) {
    waiting.push(arriving);
    if (waiting.length <= inboxMax) continue;
    for (const victim of victims(waiting, arriving, keepOf(arriving.rank))) spill(victim);
  }
  const kept = instant.filter((h) => h.type !== 'delivery' || !spilled.has(h));
  return { kept, spilled: [...spilled] };
}

function victims(waiting: readonly Delivery[], arriving: Delivery, keep: Keep): Delivery[] {
  if (keep === 'oldest') return [arriving];
  const sameLink = waiting.filter((d) => d.rank === arriving.rank && d !== arriving);
  if (keep === 'latest' && sameLink.length > 0) return sameLink;
  return [waiting[0] as Delivery];
}
