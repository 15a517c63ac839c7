import { type Described, type Trouble, Troubles } from './troubles.js';

/** Seconds without another failure, or another drop, after which it is over. */
const FAILED_LASTS_SECONDS = 10;
const SCRUBBED_LASTS_SECONDS = 10;
const SHELVED_LASTS_SECONDS = 600;
const FULL_LASTS_SECONDS = 5;
const BUS_LASTS_SECONDS = 60;

/** What can go wrong with the engine's agents, links and bus. */
export interface EngineTroubles {
  /** By agent: it died or hangs, and will be started again. */
  readonly down: Troubles;
  /** By agent: it died too often and stays down. */
  readonly parked: Troubles;
  /** By agent: a message is kept from it. */
  readonly shelved: Troubles;
  /** By agent: a step of it failed. */
  readonly failed: Troubles;
  /** By agent: it spoilt a sound with NaN or infinity. */
  readonly scrubbed: Troubles;
  /** By link: it dropped what it had no room for. */
  readonly full: Troubles;
  /** By the bus's name. */
  readonly bus: Troubles;
}

/** The rules DOWN, PARKED, SHELVED, FAILED, SCRUBBED, FULL and BUS, with nothing wrong yet. */
export function engineTroubles(): EngineTroubles {
  return {
    down: new Troubles('DOWN', down),
    parked: new Troubles('PARKED', parked),
    shelved: new Troubles('SHELVED', shelved, SHELVED_LASTS_SECONDS),
    failed: new Troubles('FAILED', failed, FAILED_LASTS_SECONDS),
    scrubbed: new Troubles('SCRUBBED', scrubbed, SCRUBBED_LASTS_SECONDS),
    full: new Troubles('FULL', full, FULL_LASTS_SECONDS),
    bus: new Troubles('BUS', bus, BUS_LASTS_SECONDS),
  };
}

function down(agent: string, { says }: Trouble): Described {
  return {
    level: 'look',
    says: `${agent} is gone (${says}) and is being started again`,
    try: 'wait; if it dies again, read agents.log in the folder of the run',
  };
}

function parked(agent: string, { says }: Trouble): Described {
  return {
    level: 'call',
    says: `${agent} died too often (${says}) and stays down`,
    try: `read agents.log in the folder of the run, then restart ${agent}`,
  };
}

function shelved(agent: string, { says }: Trouble): Described {
  return {
    level: 'look',
    says: `${agent} is spared what it was lost over: ${says}`,
    try: 'look at that message: it is pinned, and listed in shelf.jsonl of the run',
  };
}

function failed(agent: string, { says }: Trouble): Described {
  return {
    level: 'look',
    says: `${agent} could not take a step: ${says}`,
    try: `look at what ${agent} heard, and at its params`,
  };
}

function scrubbed(agent: string, { says }: Trouble): Described {
  return {
    level: 'look',
    says: `${agent} spoilt a sound: ${says}; they were faded out`,
    try: `look at what ${agent} heard; it begins anew after three within ten seconds`,
  };
}

function full(link: string, { says }: Trouble): Described {
  return {
    level: 'look',
    says: `${link} drops messages: ${says}`,
    try: 'say less upstream (every), raise limits.inbox or limits.inFlight, or keep: latest',
  };
}

function bus(_: string, { says }: Trouble): Described {
  return {
    level: 'call',
    says: `the bus is not well: ${says}`,
    try: 'see that the server runs and can be reached',
  };
}
