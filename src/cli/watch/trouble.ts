import type { SwarmEvent } from '../../swarm/index.js';

/** An event that a person should know of, as a sentence; undefined for everyday ones. */
export function troubleOf(event: SwarmEvent): string | undefined {
  switch (event.type) {
    case 'failed':
      return `${event.agent} failed: ${event.says}`;
    case 'scrubbed':
      return `${event.agent} spoilt a sound: ${event.says}`;
    case 'died':
      return `${event.agent} died: ${event.says}`;
    case 'hung':
      return `${event.agent} hangs: ${event.says}`;
    case 'restarted':
      return `${event.agent} began again (${event.restarts}) ${event.says}`;
    case 'shelved':
      return `${event.agent} is spared ${event.says}`;
    case 'parked':
      return `${event.agent} stays down: ${event.says}`;
    case 'unkept':
      return `no checkpoint: ${event.says}`;
    case 'bus':
      // Every run ends by closing its bus.
      return event.state === 'closed' ? undefined : `bus ${event.state}: ${event.says}`;
    default:
      return undefined;
  }
}
