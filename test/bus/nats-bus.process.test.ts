import { afterAll, beforeAll } from 'vitest';
import { type SpawnedServer, connectNatsBus, spawnNatsServer } from '../../src/bus/index.js';
import { busContract } from './contract.js';

let server: SpawnedServer;

beforeAll(async () => {
  // Without an installed server this fails with the command that installs one: no silent skip.
  server = await spawnNatsServer();
});

afterAll(async () => {
  await server?.stop();
});

busContract('NATS', async (onError) => {
  const options = { servers: server.url, onError };
  const [bus, peer] = await Promise.all([
    connectNatsBus({ ...options, name: 'one' }),
    connectNatsBus({ ...options, name: 'two' }),
  ]);
  return { bus, peer };
});
