import { readFile, stat } from 'node:fs/promises';
import type { Authenticator } from 'nats';
import { UserError, messageOf } from '../core/index.js';

/** A new user of a NATS server: the server is told the public key, the user keeps the seed. */
export interface NatsKey {
  /** Begins with U. */
  readonly publicKey: string;
  /** Secret: whoever has it is this user. Begins with SU. */
  readonly seed: string;
}

/** What a connection shows of a key: the seed stays in here. */
export interface NatsIdentity {
  readonly authenticator: Authenticator;
  /** Where answers to this user alone arrive. */
  readonly inboxPrefix: string;
}

const OTHERS_MAY_READ = 0o004;

/** Draws a new ed25519 key pair for a user of a NATS server. */
export async function createNatsKey(): Promise<NatsKey> {
  const { nkeys } = await import('nats');
  const pair = nkeys.createUser();
  const seed = new TextDecoder().decode(pair.getSeed());
  return { publicKey: pair.getPublicKey(), seed };
}

/** The only subjects where answers to the user with this public key arrive. */
export function inboxOf(publicKey: string): string {
  return `_INBOX_${publicKey}`;
}

/**
 * Reads the seed of a user from a file of one line. Throws a UserError, which never holds what the
 * file says, when it cannot be read, holds no seed, or is open to every user of the machine.
 */
export async function readNatsKey(file: string): Promise<NatsIdentity> {
  const seed = new TextEncoder().encode(await secretIn(file));
  const { nkeyAuthenticator, nkeys } = await import('nats');
  const publicKey = publicKeyOf(() => nkeys.fromSeed(seed).getPublicKey());
  if (publicKey === undefined) {
    const allowed = 'one line that begins with SU';
    throw new UserError({ what: 'there is no key of a user in it', where: file, allowed });
  }
  return { authenticator: nkeyAuthenticator(seed), inboxPrefix: inboxOf(publicKey) };
}

/** Undefined for what is no user's seed: what the library says of it may quote the secret. */
function publicKeyOf(read: () => string): string | undefined {
  try {
    const publicKey = read();
    return publicKey.startsWith('U') ? publicKey : undefined;
  } catch {
    return undefined;
  }
}

async function secretIn(file: string): Promise<string> {
  try {
    const { mode } = await stat(file);
    if ((mode & OTHERS_MAY_READ) === 0) return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new UserError({
      what: `the key cannot be read: ${messageOf(cause)}`,
      where: file,
      cause,
    });
  }
  const what = 'every user of this machine may read this key';
  throw new UserError({ what, where: file, hint: `chmod 600 ${file}, or new keys if they did` });
}
