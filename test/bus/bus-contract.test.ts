import { createEmbeddedBus } from '../../src/bus/index.js';
import { busContract } from './contract.js';

busContract('embedded', async (onError) => {
  const bus = createEmbeddedBus({ onError });
  return { bus, peer: bus };
});
