import { basename } from 'node:path';
import { UserError } from '../../core/index.js';

/** Who starts a service: the machine, or the session of a user. */
export type Manager = 'system' | 'user';

/** What a service plays, and where. */
export interface Service {
  readonly manager: Manager;
  /** The account that the machine's manager starts it under. */
  readonly account: string;
  readonly title: string;
  /** Absolute paths: of Node, of the launcher, of the scenario. */
  readonly node: string;
  readonly launcher: string;
  readonly scenario: string;
  /** The folder whose `out/` holds the runs; the only one that is written to. */
  readonly home: string;
}

/** The name of the unit that plays a scenario, such as `demiurge-babel.service`. */
export function unitName(scenario: string): string {
  const name = basename(scenario).replace(/\.ya?ml$/, '');
  return `demiurge-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.service`;
}

/**
 * A systemd unit that plays a scenario without an end, goes on with its latest run after whatever
 * ended it, and may do nothing else. A UserError for a path with a line break.
 */
export function unitText(service: Service): string {
  const system = service.manager === 'system';
  const sections = [
    section('Unit', [
      `Description=Demiurge: ${escaped(service.title.replaceAll(/\s+/g, ' '))}`,
      '# Never gives up: a limit would end restarts for ever.',
      'StartLimitIntervalSec=0',
    ]),
    section('Service', [
      ...playing(service),
      ...BOUNDS,
      ...(system ? [...SYSTEM_BOUNDS, `User=${escaped(service.account)}`] : []),
      ...SANDBOX,
      ...(system ? [...SYSTEM_SANDBOX, `ReadWritePaths=${quoted(service.home)}`] : []),
    ]),
    section('Install', [`WantedBy=${system ? 'multi-user' : 'default'}.target`]),
  ];
  return sections.join('\n');
}

function section(name: string, lines: readonly string[]): string {
  return `[${name}]\n${lines.join('\n')}\n`;
}

function playing({ manager, node, launcher, scenario, home }: Service): readonly string[] {
  const program = [node, launcher].map(commandWord).join(' ');
  return [
    'Type=notify',
    '# Node cannot send to the socket of the manager itself: systemd-notify does.',
    'NotifyAccess=all',
    `ExecStart=${program} run ${commandWord(scenario)} ${HOW}`,
    `WorkingDirectory=${escaped(home)}`,
    'Environment=NODE_ENV=production MALLOC_ARENA_MAX=2',
    ...(manager === 'system' ? ['Environment=XDG_RUNTIME_DIR=%t'] : []),
  ];
}

const HOW = '--resume --forever --clock real --no-dashboard';

/** How it is kept going, and what it may use up. */
const BOUNDS = [
  'Restart=always',
  'RestartSec=5',
  '# Fed only while the music goes on.',
  'WatchdogSec=60',
  'WatchdogSignal=SIGKILL',
  '# Recovering the journal of weeks takes its time.',
  'TimeoutStartSec=15min',
  'TimeoutStopSec=60',
  '# The engine drains and ends its agents; what does not end is killed.',
  'KillMode=mixed',
  '# Where memory runs out an agent dies, and the engine restarts it.',
  'OOMPolicy=continue',
  'MemoryMax=80%',
  'TasksMax=512',
  'LimitNOFILE=8192',
  'LimitCORE=0',
  '# Where `demiurge top` finds it.',
  'RuntimeDirectory=demiurge',
  'RuntimeDirectoryMode=0700',
  'RuntimeDirectoryPreserve=yes',
  'UMask=0027',
];

const SYSTEM_BOUNDS = ['Nice=-5'];

/** What any manager can forbid. */
const SANDBOX = [
  'NoNewPrivileges=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallErrorNumber=EPERM',
];

/** What the manager of a user cannot, or not on every kernel. */
const SYSTEM_SANDBOX = [
  'CapabilityBoundingSet=',
  'AmbientCapabilities=',
  'ProtectSystem=strict',
  'ProtectHome=read-only',
  'ProtectProc=invisible',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'ProtectControlGroups=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'PrivateTmp=yes',
  'RemoveIPC=yes',
  'DevicePolicy=closed',
  'DeviceAllow=char-alsa rw',
  'IPAddressDeny=any',
  'IPAddressAllow=localhost',
];

/** `%` begins a specifier; a line break would begin another setting. */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f]/.test(text)) {
    throw new UserError({ what: 'a unit cannot name this', where: JSON.stringify(text) });
  }
  return text.replaceAll('%', '%%');
}

function quoted(path: string): string {
  return `"${escaped(path).replaceAll(/["\\]/g, '\\$&')}"`;
}

/** In a command `$` begins a variable. */
function commandWord(path: string): string {
  return quoted(path).replaceAll('$', '$$$$');
}
