// The bus: one contract for speaking without knowing who listens, inside a process or over NATS.
export type {
  Bus,
  BusCounts,
  BusMessage,
  BusStatus,
  Overflow,
  Patience,
  Subject,
  SubjectPattern,
  SubscribeOptions,
  Subscription,
} from './bus.js';
export type { SubjectParts } from './subjects.js';
export {
  checkPattern,
  checkSubject,
  controlSubject,
  isPattern,
  isSubject,
  matches,
  parseSubject,
  runPattern,
  signalSubject,
  telemetrySubject,
} from './subjects.js';
export { copyBody } from './body.js';
export type { ErrorListener } from './mailbox.js';
export { CAPACITY_DEFAULT } from './mailbox.js';
export type { BusOptions } from './embedded-bus.js';
export { createEmbeddedBus } from './embedded-bus.js';
export type { BlobStore } from './blob-store.js';
export { createMemoryBlobStore } from './blob-store.js';
export { WIRE_VERSION } from './codec.js';
export type { NatsBusOptions, NatsTrust } from './nats-bus.js';
export { connectNatsBus } from './nats-bus.js';
export type { FoundServer, SpawnedServer, SpawnOptions } from './nats-server.js';
export { findNatsServer, spawnNatsServer } from './nats-server.js';
export { isLoopback, shownAddress } from './nats-address.js';
export type { NatsKey } from './nats-keys.js';
export { createNatsKey } from './nats-keys.js';
export type { BusRights, NatsUser, ServerConfig } from './server-config.js';
export { serverConfig } from './server-config.js';
export { isSafeServer, tooOld } from './server-floor.js';
export type { BusSpec, OpenBus, OpenBusOptions } from './open-bus.js';
export { isBusSpec, openBus } from './open-bus.js';
