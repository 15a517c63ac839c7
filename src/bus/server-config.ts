import type { SubjectPattern } from './bus.js';
import { inboxOf } from './nats-keys.js';

/** What a user of a NATS server may do; all else is refused. */
export interface BusRights {
  readonly publish: readonly SubjectPattern[];
  readonly subscribe: readonly SubjectPattern[];
  /** Whether it may ask others and answer them: once each, and only where it was asked to. */
  readonly asks: boolean;
}

/** One user of a NATS server. */
export interface NatsUser {
  readonly name: string;
  readonly publicKey: string;
  readonly rights: BusRights;
}

/** What a NATS server is told. */
export interface ServerConfig {
  /** For the reader of the file. */
  readonly title: string;
  /** Such as `127.0.0.1:4222`. */
  readonly listen: string;
  readonly users: readonly NatsUser[];
  /** Paths of a certificate and its key, in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

const PAYLOAD_MAX = '1MB';
/** Displays come and go, and a lost connection may take a while to be noticed. */
const SPARE_CONNECTIONS = 20;
const SPARE_SUBSCRIPTIONS = 8;
/** The server's own subjects, and those of its storage, which Demiurge does not use. */
const NOBODYS = ['$SYS.>', '$JS.API.>'] as const;

/** Writes the configuration of a nats-server that lets in these users and nobody else. */
export function serverConfig({ title, listen, users, tls }: ServerConfig): string {
  const subscriptions = Math.max(...users.map(({ rights }) => rights.subscribe.length));
  return [
    `# Who may say and hear what, of ${oneLine(title)}.`,
    '# There is nothing secret in this file: the seeds lie beside it.',
    `listen: ${quoted(listen)}`,
    `max_payload: ${PAYLOAD_MAX}`,
    `max_connections: ${2 * users.length + SPARE_CONNECTIONS}`,
    `max_subscriptions: ${subscriptions + SPARE_SUBSCRIPTIONS}`,
    ...(tls === undefined ? [] : tlsLines(tls)),
    'authorization {',
    '  timeout: 2',
    '  users: [',
    ...users.flatMap(userLines),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function tlsLines({ cert, key }: { readonly cert: string; readonly key: string }): string[] {
  return [
    'tls {',
    `  cert_file: ${quoted(cert)}`,
    `  key_file: ${quoted(key)}`,
    '  timeout: 5',
    '}',
  ];
}

function userLines({ name, publicKey, rights }: NatsUser): readonly string[] {
  const { publish, subscribe, asks } = rights;
  const heard = asks ? [...subscribe, `${inboxOf(publicKey)}.>`] : subscribe;
  return [
    `    # ${oneLine(name)}`,
    '    {',
    `      nkey: ${publicKey}`,
    '      permissions: {',
    ...listed('publish', publish),
    ...listed('subscribe', heard),
    ...(asks ? ['        allow_responses: { max: 1, expires: "5s" }'] : []),
    '      }',
    '    }',
  ];
}

function listed(what: string, allow: readonly SubjectPattern[]): readonly string[] {
  return [
    `        ${what}: {`,
    '          allow: [',
    ...allow.map((pattern) => `            ${quoted(pattern)}`),
    '          ]',
    `          deny: [${NOBODYS.map(quoted).join(', ')}]`,
    '        }',
  ];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A comment ends with its line: what comes after would be configuration. */
function oneLine(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ');
}
