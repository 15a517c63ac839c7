import { Broadcast, openSocketServer } from '../../src/swarm/index.js';
import { alertOf, saidAs, sceneOf, stateAt } from '../telemetry/sample-records.js';

/** An engine as its watchers see it: it tells a scene, and a state four times a second. */
export interface StandIn {
  readonly broadcast: Broadcast;
  end(): Promise<void>;
}

/** Lets a stand-in play under `home`, which the watchers have as XDG_RUNTIME_DIR. */
export async function standIn(run: string, home: string): Promise<StandIn> {
  const broadcast = new Broadcast();
  await openSocketServer(run, broadcast, { XDG_RUNTIME_DIR: home });
  broadcast.tell(sceneOf(run));
  broadcast.tell(alertOf(1));
  let n = 0;
  const tell = (): void => {
    n++;
    broadcast.tell(saidAs(n));
    broadcast.tell(stateAt(n / 4));
  };
  tell();
  const timer = setInterval(tell, 250);
  return {
    broadcast,
    end: async () => {
      clearInterval(timer);
      await broadcast.close();
    },
  };
}
