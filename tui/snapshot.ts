import type { AgentState, LoopState, SceneLink } from '../src/telemetry/index.js';
import { clockTime, figure, shortCount, shortRate, shortTime } from './draw/number.js';
import { pad, safeText, widthOf } from './draw/text.js';
import { linkViews } from './sight/graph.js';
import type { LinkView } from './sight/graph.js';
import { lossOf } from './sight/rates.js';
import { latestOf } from './sight/ring.js';
import type { Sight } from './sight/sight.js';
import { agentWord, loopWord, swarmWord } from './sight/word.js';

/**
 * All that is known at a moment as plain text without a single escape, whatever its length: for
 * pipes, reports and ears. Ends with a newline.
 */
export function snapshotText(sight: Sight): string {
  const { scene, state } = sight;
  if (scene === undefined || state === undefined) return 'nothing is known yet\n';
  const parts = [
    heading(sight),
    ['AGENTS', ...columned(agentRows(sight))],
    ['LINKS', ...columned(linkRows(sight))],
    ['LOOPS', ...columned(loopRows(sight))],
    ['LIFE', ...lifeLines(sight)],
    ['NOW PLAYING', ...soundLines(sight)],
    ['ALERTS', ...alertLines(sight)],
  ];
  return `${parts.map((lines) => lines.join('\n').trimEnd()).join('\n\n')}\n`;
}

function heading(sight: Sight): readonly string[] {
  const { scene, state, connection, gaps } = sight;
  const end = scene?.durationSeconds;
  const of = end === undefined ? '' : ` of ${clockTime(end)}`;
  return [
    `${safeText(scene?.title ?? '')}  ${swarmWord(sight)}  ${connection.word}`,
    `run ${safeText(scene?.run ?? '')}, ${scene?.clock} clock, seed ${scene?.seed}`,
    `time ${clockTime(state?.seconds ?? 0)}${of}, ${state?.lapsMax} laps, ` +
      `${state?.dropped} dropped, ${gaps} records missed`,
  ];
}

function agentRows(sight: Sight): readonly (readonly string[])[] {
  const kinds = new Map(sight.scene?.agents.map(({ id, kind }) => [id, kind]));
  const row = (agent: AgentState): readonly string[] => [
    safeText(agent.id),
    safeText(kinds.get(agent.id) ?? ''),
    agentWord(sight, agent),
    shortRate(sight.rates.agents.get(agent.id)?.emitted ?? 0),
    String(agent.inbox),
    shortTime(agent.oldestSeconds),
    agent.p95Ms.toFixed(1),
    figure(agent.realTimeFactor, 1),
    `${agent.restarts} of ${agent.restarts + agent.restartsLeft}`,
    String(agent.dropped),
    figure(agent.rmsDb, 1),
  ];
  const heads = 'name,kind,state,rate/s,inbox,oldest,p95 ms,x rt,restarts,drops,level dB';
  return [heads.split(','), ...(sight.state?.agents ?? []).map(row)];
}

function linkRows(sight: Sight): readonly (readonly string[])[] {
  const row = (view: LinkView): readonly string[] => {
    const { link, state, loops, delivered, bytes } = view;
    const { lost, share } = state === undefined ? { lost: 0, share: 0 } : lossOf(state);
    return [
      String(link.index),
      endsOf(link),
      loops.join(' ') || '-',
      shortRate(delivered),
      shortCount(bytes),
      shortTime(state?.delayP95Seconds ?? 0),
      lost === 0 ? '-' : `${lost} lost, ${(share * 100).toFixed(1)} %`,
      (state?.gain ?? link.gain).toFixed(2),
      state?.paused === true ? 'PAUSED' : '',
    ];
  };
  const heads = 'link,from and to,loops,flow/s,B/s,delay,lost,gain,state'.split(',');
  return [heads, ...linkViews(sight).map(row)];
}

function endsOf({ from, to, way }: SceneLink): string {
  const arrow = way === 'feeds' ? '->' : '~>';
  return safeText(`${from.agent}.${from.port} ${arrow} ${to.agent}.${to.port}`);
}

function loopRows(sight: Sight): readonly (readonly string[])[] {
  const ways = new Map(sight.scene?.loops.map((loop) => [loop.number, loop.agents.join(', ')]));
  const row = (loop: LoopState): readonly string[] => [
    String(loop.number),
    safeText(ways.get(loop.number) ?? ''),
    loopWord(sight, loop),
    figure(loop.gainDb, 1),
    loop.lapSeconds === undefined ? '-' : shortTime(loop.lapSeconds),
    String(loop.turns),
    loop.laps.map(([lap, count]) => `${lap}:${count}`).join(' ') || '-',
  ];
  const heads = 'loop,through,state,gain dB/turn,lap,turns,sounds by lap'.split(',');
  return [heads, ...(sight.state?.loops ?? []).map(row)];
}

function lifeLines({ life }: Sight): readonly string[] {
  const fresh = life?.freshRatio;
  return [
    `drift ${figure(life?.drift, 2)}, variety ${figure(life?.variety, 2)}, ` +
      `fresh ${fresh === undefined ? '-' : `${Math.round(fresh * 100)} %`}, ` +
      `new ${figure(life?.noveltyPerHour, 0)}/h`,
  ];
}

function soundLines({ soundings }: Sight): readonly string[] {
  const sounding = latestOf(soundings);
  if (sounding === undefined) return ['nothing yet'];
  const steps = sounding.lineage.map((step, i) => {
    const sign = i === 0 ? '' : step.way === 'returns' ? ' ~ ' : ' < ';
    return step.id === '?' ? `${sign}?` : `${sign}${safeText(step.id)} (${step.lap})`;
  });
  const roots = sounding.roots.map(({ name, share }) => {
    return `${Math.round(share * 100)} % ${safeText(name)}`;
  });
  return [
    `${safeText(sounding.id)}, lap ${sounding.lap}, ${shortTime(sounding.durationSeconds)}, ` +
      `level ${sounding.rmsDb.toFixed(1)} dB, peak ${sounding.peakDb.toFixed(1)} dB`,
    steps.join(''),
    `${sounding.ancestors} ancestors: ${roots.join(', ')}`,
  ];
}

function alertLines({ alerts }: Sight): readonly string[] {
  if (alerts.standing.length === 0) return ['none'];
  return alerts.standing.map(({ word, subject, since, says, try: hint }) => {
    const text = safeText(`${says} Try: ${hint}`, 1000);
    return `${word}  ${safeText(subject)}  since ${clockTime(since)}  ${text}`;
  });
}

/** Rows of cells in columns as wide as their widest cell. */
function columned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, widths[i] as number))
      .join('  ')
      .trimEnd(),
  );
}
