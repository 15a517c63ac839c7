import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { createNatsKey, isLoopback, serverConfig } from '../../bus/index.js';
import type { ServerConfig } from '../../bus/index.js';
import { UserError } from '../../core/index.js';
import { busUsers } from '../../swarm/index.js';
import type { BusUser, EngineGroup } from '../../swarm/index.js';
import { mainScenario, openScenario } from '../open-scenario.js';
import { names, runId } from '../option-values.js';
import { columns, say } from '../output.js';
import { writeSecrets } from '../secret-folder.js';

interface BusConfigFlags {
  readonly out: string;
  readonly engine?: readonly EngineGroup[];
  readonly tls?: readonly string[];
  readonly listen?: string;
  readonly run?: string;
  readonly registry?: string;
}

const PORT = 4222;

/** `demiurge bus-config [scenario] --out folder`: a nats-server that lets in whom it needs. */
export function declareBusConfig(command: Command): Command {
  return command
    .argument('[scenario]', 'a scenario file (default: the main one)')
    .requiredOption('--out <folder>', 'a new or empty folder for nats.conf and one key for each')
    .option('--engine <name=agents>', 'a process and what it plays; the first conducts', grouped)
    .option('--tls <cert,key>', 'certificate and key of the server, in PEM', names)
    .option('--listen <host:port>', `where (default: 127.0.0.1:${PORT}, 0.0.0.0 with --tls)`)
    .option('--run <id>', 'keys for this run alone (default: for every run)', runId)
    .option('--registry <folder>', 'where the runs of models are')
    .action(busConfig);
}

async function busConfig(file: string | undefined, flags: BusConfigFlags): Promise<void> {
  const options = flags.registry === undefined ? {} : { registry: flags.registry };
  const scenario = await openScenario(file ?? mainScenario(), options);
  const users = busUsers(scenario, flags.engine ?? [], flags.run ?? '*');
  const tls = await certificate(flags.tls);
  const listen = listenAt(flags.listen, tls !== undefined);
  const { seeds, config } = await keyed(users, { title: scenario.title, listen, ...tls });
  await writeSecrets(flags.out, seeds, { 'nats.conf': config });
  const conf = join(flags.out, 'nats.conf');
  say(columns(users.map(({ name, does }) => [join(flags.out, seedFile(name)), does])));
  say(`\nnats-server -c ${conf}   listens at ${listen}${tls ? ', TLS' : ''}`);
}

function seedFile(name: string): string {
  return `${name}.seed`;
}

async function keyed(
  users: readonly BusUser[],
  server: Omit<ServerConfig, 'users'>,
): Promise<{ seeds: Readonly<Record<string, string>>; config: string }> {
  const keys = await Promise.all(users.map(async (user) => ({ user, ...(await createNatsKey()) })));
  const known = keys.map(({ user, publicKey }) => ({ ...user, publicKey }));
  const seeds = keys.map(({ user, seed }) => [seedFile(user.name), `${seed}\n`] as const);
  return { seeds: Object.fromEntries(seeds), config: serverConfig({ ...server, users: known }) };
}

/** Paths from the root, for a server that may be started anywhere. */
async function certificate(
  tls: readonly string[] | undefined,
): Promise<Pick<ServerConfig, 'tls'> | undefined> {
  if (tls === undefined) return undefined;
  const [cert, key, ...more] = tls.map((file) => resolve(file));
  if (cert === undefined || key === undefined || more.length > 0) {
    throw new UserError({ what: 'a certificate and its key are needed', where: '--tls' });
  }
  for (const file of [cert, key]) {
    await access(file).catch((cause: unknown) => {
      throw new UserError({ what: 'there is no such file', where: file, cause });
    });
  }
  return { tls: { cert, key } };
}

/** What goes over a network in the clear can be changed on the way, whatever keys there are. */
function listenAt(given: string | undefined, hasTls: boolean): string {
  if (given === undefined) return `${hasTls ? '0.0.0.0' : '127.0.0.1'}:${PORT}`;
  const { hostname, port } = hostAndPort(given);
  if (hasTls || isLoopback(hostname)) return `${hostname}:${port}`;
  throw new UserError({
    what: `${given} is not this machine alone, which takes TLS`,
    where: '--listen',
    hint: '--tls cert.pem,key.pem',
  });
}

function hostAndPort(text: string): { hostname: string; port: string } {
  const address = `nats://${text}`;
  const { hostname, port, host } = URL.canParse(address) ? new URL(address) : new URL('nats://-');
  if (host === text && port !== '') return { hostname, port };
  throw new UserError({
    what: `${text} is no host and port`,
    where: '--listen',
    hint: 'host:4222',
  });
}

function grouped(text: string, before: readonly EngineGroup[] = []): readonly EngineGroup[] {
  const [, name, agents] = /^([A-Za-z][\w-]{0,63})=(.+)$/.exec(text) ?? [];
  if (name !== undefined && agents !== undefined)
    return [...before, { name, agents: names(agents) }];
  throw new InvalidArgumentError('Write a name and its agents, such as left=una,mel.');
}
