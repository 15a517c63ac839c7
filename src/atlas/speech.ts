import type { Atlas, Row, Trail } from './atlas.js';
import { wayOf } from './circuit.js';

/** The name of where a trail ends: `fixed point`, `cycle of 3`, `hovers`, `no answer` … */
export function endName({ fate, answered }: Pick<Trail, 'fate' | 'answered'>): string {
  if (!answered) return 'no answer';
  return fate.name === 'cycle' ? `cycle of ${fate.period}` : fate.name;
}

/** How long a trail took: `at once`, `after 9 laps`, `within 16 laps`. */
export function endTime({
  fate,
  answered,
  stations,
}: Omit<Trail, 'basin' | 'stations'> & {
  readonly stations: readonly unknown[];
}): string {
  if (!answered) return '';
  const last = stations.length - 1;
  if (fate.name === 'wanders') return `for ${laps(last)}`;
  if (fate.name === 'hovers') return `${tenths(fate.radiusDb)} dB about`;
  return fate.at === 0 ? 'at once' : `after ${laps(fate.at)}`;
}

/** What a row shows, in one plain sentence. */
export function rowSentence({ circuit, trails }: Row): string {
  const groups = new Map<string, Trail[]>();
  for (const trail of trails) {
    const key = groupOf(trail);
    groups.set(key, [...(groups.get(key) ?? []), trail]);
  }
  const parts = [...groups.values()].map((group) => {
    const all = group.length === trails.length && group.length > 1;
    const who = all ? 'every probe' : listed(group.map(({ probe }) => probe));
    return `${who} ${deed(group, all || group.length === 1)}`;
  });
  return `${circuit.name} (${wayOf(circuit)}): ${parts.join('; ')}.`;
}

function groupOf({ fate, answered, basin }: Trail): string {
  if (!answered) return 'no answer';
  if (fate.name === 'fixed point' && fate.at === 0) return 'as it is';
  return basin ?? fate.name;
}

function deed(group: readonly Trail[], single: boolean): string {
  const [first] = group as readonly [Trail, ...Trail[]];
  const { fate, answered, basin = '' } = first;
  const verb = (stem: string, s = 's'): string => (single ? `${stem}${s}` : stem);
  if (!answered) return `${verb('get')} no answer`;
  switch (fate.name) {
    case 'fixed point':
      if (fate.at === 0) return `${verb('stay')} as ${single ? 'it is' : 'they are'}`;
      return `${verb('come')} to rest at ${basin} after ${lapsOf(group)}`;
    case 'cycle':
      return `${verb('fall')} into ${basin}, a cycle of ${fate.period}, after ${lapsOf(group)}`;
    case 'silence':
      return first.fate.at === 0 && group.length === 1
        ? 'stays silence'
        : `${verb('die')} away after ${lapsOf(group)}`;
    case 'hovers':
      return `${verb('hover')} around ${basin}, about ${tenths(fate.radiusDb)} dB from it`;
    case 'explodes':
      return `${verb('grow')} beyond all bounds after ${lapsOf(group)}`;
    case 'wanders':
      return `still ${verb('move')} about ${stepsOf(group)} dB a lap after ${pathLaps(group)}`;
  }
}

function stepsOf(group: readonly Trail[]): string {
  const all = group.flatMap(({ fate }) => (fate.name === 'wanders' ? [fate.stepDb] : []));
  return tenths(all.reduce((sum, step) => sum + step, 0) / Math.max(1, all.length));
}

function pathLaps(group: readonly Trail[]): string {
  return span(group.map(({ stations }) => stations.length - 1));
}

/** Silence that was there from the start took no laps to come. */
function lapsOf(group: readonly Trail[]): string {
  const took = group.map(({ fate }) => fate.at);
  return span(took.some((at) => at > 0) ? took.filter((at) => at > 0) : took);
}

function span(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? laps(least) : `${least} to ${laps(most)}`;
}

function laps(count: number): string {
  return `${count} ${count === 1 ? 'lap' : 'laps'}`;
}

function tenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** What the whole atlas shows, in one sentence: how many ends there are to how many ways in. */
export function atlasSentence({ rows }: Pick<Atlas, 'rows'>): string {
  const trails = rows.flatMap((row) => row.trails);
  const basins = new Set(trails.flatMap(({ basin }) => basin ?? []));
  const lost = trails.filter((one) => one.answered && one.basin === undefined).length;
  const mute = trails.filter(({ answered }) => !answered).length;
  return `${listed([
    `${trails.length} ways in`,
    `${basins.size} ${basins.size === 1 ? 'place' : 'places'} to rest`,
    ...(lost === 0 ? [] : [`${lost} that never ${lost === 1 ? 'rests' : 'rest'}`]),
    ...(mute === 0 ? [] : [`${mute} without an answer`]),
  ])}.`;
}
