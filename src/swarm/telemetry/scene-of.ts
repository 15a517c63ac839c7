import type { Ports } from '../../core/index.js';
import type { Casting } from '../../scenarios/index.js';
import type { Member, Scene, SceneLink, SceneLoop } from '../../telemetry/index.js';
import type { Line } from '../line.js';
import { wallTime } from '../clock.js';
import type { ObserverParts } from './observer-parts.js';

/** Loops that are numbered and shown. */
export const LOOPS_SHOWN = 99;

/** What is played, as the first record of a run tells it. */
export function sceneOf(parts: ObserverParts): Scene {
  const { scenario, run, folder, bus, clock, durationSeconds, control, lines } = parts;
  const { title, seed, sampleRate } = scenario;
  return {
    v: 1,
    type: 'scene',
    run,
    title,
    clock,
    seed,
    sampleRate,
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    startedAt: wallTime(),
    bus,
    folder,
    pid: process.pid,
    control,
    agents: scenario.cast.map(memberOf),
    links: lines.map((line) => linkOf(line, parts)),
    loops: loopsOf(parts),
  };
}

/** A kind that hears nothing and yet says sound brings it from outside. */
export function bringsOutside({ kind }: Casting): boolean {
  const { inputs, outputs }: { readonly inputs: Ports; readonly outputs: Ports } = kind;
  const says = Object.values(outputs).some((port) => port.carries === 'audio');
  return says && Object.keys(inputs).length === 0;
}

/** The loops that are shown, numbered from 1, shortest first. */
export function loopsOf({ scenario }: Pick<ObserverParts, 'scenario'>): SceneLoop[] {
  return scenario.topology.loops.slice(0, LOOPS_SHOWN).map(({ agents, links }, n) => {
    return { number: n + 1, agents: [...agents], links: [...links] };
  });
}

/** What a link carries, by the port it leaves. */
export function carriedBy({ link }: Line, { scenario }: Pick<ObserverParts, 'scenario'>): string {
  const member = scenario.topology.members.get(link.from.agent);
  return member?.outputs[link.from.port]?.carries ?? 'control';
}

function memberOf(casting: Casting): Member {
  const { id, kind, isolation, runs } = casting;
  const models = Object.values(runs).map((run) => run.id);
  const isolated = isolation === 'process';
  return { id, kind: kind.kind, isolated, models, outside: bringsOutside(casting) };
}

function linkOf(line: Line, parts: ObserverParts): SceneLink {
  const { from, to, way, delaySamples, gain, laps, keep } = line.link;
  return {
    index: line.index,
    from: { ...from },
    to: { ...to },
    way,
    carries: carriedBy(line, parts),
    delaySeconds: delaySamples / parts.scenario.sampleRate,
    gain,
    laps,
    keep,
  };
}
