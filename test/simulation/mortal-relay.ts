import type { AnyAgentKind } from '../../src/agents/index.js';
import { faultyKind } from '../../src/testing/index.js';
import { relay } from '../swarm/play.js';

const mortal: AnyAgentKind = faultyKind(relay, { seed: 5, dies: 0.06, throws: 0.1 });

/** A relay that now and then kills its process; in a file that a process can load. */
export default mortal;
