import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { UserError, writeWhole } from '../../core/index.js';
import { openScenario } from '../open-scenario.js';
import { complain, say } from '../output.js';
import { packageFolder } from '../package-folder.js';
import { type Manager, unitName, unitText } from '../service/unit.js';
import { verifyUnit } from '../service/verify-unit.js';

interface ServiceFlags {
  readonly user?: true;
  readonly home: string;
  readonly account?: string;
  readonly print?: true;
  readonly force?: true;
  readonly units?: string;
}

/** `demiurge install-service <scenario>`: a systemd unit that plays it for ever. */
export function declareInstallService(command: Command): Command {
  return command
    .argument('<scenario>', 'a scenario file')
    .option('--system', 'for the manager of the machine (the default; needs root)')
    .addOption(new Option('--user', 'for your own manager').conflicts(['system', 'account']))
    .option('--home <folder>', 'where its out/ with the runs lies', '.')
    .option('--account <name>', 'who plays it (default: you, or who called sudo)')
    .option('--units <folder>', 'where units lie, if not in the usual place')
    .option('--print', 'write the unit to stdout and install nothing')
    .option('--force', 'replace another unit of the same name')
    .action(installService);
}

async function installService(written: string, flags: ServiceFlags): Promise<void> {
  const { title, file } = await openScenario(written, {});
  const manager: Manager = flags.user === true ? 'user' : 'system';
  const account = flags.account ?? process.env['SUDO_USER'] ?? userInfo().username;
  const isRoot = manager === 'system' && account === 'root';
  if (isRoot) complain('it will play as root: --account <name> lets another account do so');
  const text = unitText({
    manager,
    account,
    title,
    node: process.execPath,
    launcher: join(packageFolder(), 'bin', 'demiurge.mjs'),
    scenario: realpathSync(file),
    home: resolve(flags.home),
  });
  const name = unitName(file);
  refuseUnsound(name, text, manager);
  if (flags.print === true) say(text.trimEnd());
  else await place(name, text, manager, flags);
}

function refuseUnsound(name: string, text: string, manager: Manager): void {
  const { verdict, says } = verifyUnit(name, text, manager);
  if (verdict === 'unknown') complain(`systemd has not been asked whether it is sound: ${says}`);
  if (verdict !== 'refused') return;
  throw new UserError({ what: `systemd refuses this unit: ${says}`, where: name });
}

const FOLDERS: Readonly<Record<Manager, string>> = {
  system: '/etc/systemd/system',
  user: join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'systemd', 'user'),
};

async function place(
  name: string,
  text: string,
  manager: Manager,
  { force, home, units = FOLDERS[manager] }: ServiceFlags,
): Promise<void> {
  const file = join(units, name);
  const there = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (there === text) return say(`${file} is as it should be`);
  if (there !== undefined && force !== true) {
    throw new UserError({
      what: 'there is another unit of this name',
      where: file,
      allowed: 'a new unit, or the very same',
      hint: '--print shows this one, --force replaces that one',
    });
  }
  mkdirSync(units, { recursive: true });
  mkdirSync(resolve(home), { recursive: true });
  await writeWhole(file, text);
  say(`${file} is written. To let it play now and after every start:`);
  const ask = manager === 'user' ? 'systemctl --user' : 'systemctl';
  say(`  ${ask} daemon-reload && ${ask} enable --now ${name}`);
  if (manager === 'user') say('  loginctl enable-linger    # without anybody being logged in');
}
