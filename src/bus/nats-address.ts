/** How to reach a NATS server, apart from as whom. */
export interface NatsAccess {
  /** Addresses without names and passwords: these may be shown. */
  readonly servers: readonly string[];
  /** Of the first address that names a user; a name alone is a token. */
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
}

/** Takes user and password out of addresses such as `nats://user:password@host:port`. */
export function natsAccess(addresses: readonly string[]): NatsAccess {
  const named = addresses.map(read).find(({ user }) => user !== '');
  const servers = addresses.map((address) => read(address).server);
  if (named === undefined) return { servers };
  const { user, pass } = named;
  return pass === '' ? { servers, token: user } : { servers, user, pass };
}

function read(address: string): { server: string; user: string; pass: string } {
  if (!URL.canParse(address)) return { server: address, user: '', pass: '' };
  const { username, password } = new URL(address);
  const server = address.replace(/\/\/[^@/]*@/, '//');
  return { server, user: decodeURIComponent(username), pass: decodeURIComponent(password) };
}

/** Whether a host's name or address, as in a URL, is this machine and no other. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** An address without name, password or token; a path stays as it is. */
export function shownAddress(address: string): string {
  return read(address).server;
}
