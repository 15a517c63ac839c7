import { UserError } from '../core/index.js';

/**
 * The oldest patch of each minor version without a known way past its authorisation (NATS advisory
 * 2026-16); of later minor versions any, of others none.
 */
const FLOORS: readonly (readonly [minor: number, patch: number])[] = [
  [11, 16],
  [12, 7],
  [14, 0],
];
const FLOOR_SAYS = '2.11.16, 2.12.7 or 2.14.0';

/** Whether a nats-server of this version, such as `2.12.7`, has all that its users rely on. */
export function isSafeServer(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  // What comes before a release may lack what the release mends.
  const isRelease = /^\d+\.\d+\.\d+$/.test(version);
  if (major !== 2) return major > 2;
  if (minor > 14) return true;
  return isRelease && FLOORS.some(([floor, least]) => floor === minor && patch >= least);
}

/** Says that a nats-server is older than it should be, and than what. */
export function tooOld(version: string): string {
  return `nats-server ${version} has known holes; without them are ${FLOOR_SAYS} and later`;
}

/** A server that whoever is on the network can reach, and that has known holes. */
export function refusedServer(version: string, where: string): UserError {
  return new UserError({
    what: tooOld(version),
    where,
    hint: `a newer server, or --allow-server ${version} where nobody else reaches it`,
  });
}
