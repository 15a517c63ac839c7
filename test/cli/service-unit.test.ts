import { describe, expect, it } from 'vitest';
import { type Service, unitName, unitText } from '../../src/cli/service/unit.js';

const SERVICE: Service = {
  manager: 'system',
  account: 'piece',
  title: 'Babel',
  node: '/usr/bin/node',
  launcher: '/opt/demiurge/bin/demiurge.mjs',
  scenario: '/srv/piece/babel.yaml',
  home: '/srv/piece',
};

/** The value of a setting; of the last, where there are several. */
function setting(text: string, name: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}=`));
  return lines.at(-1)?.slice(name.length + 1);
}

describe('the unit of a service', () => {
  it('never gives up, is watched, and goes on with the latest run', () => {
    const text = unitText(SERVICE);
    expect(setting(text, 'Type')).toBe('notify');
    expect(setting(text, 'Restart')).toBe('always');
    expect(setting(text, 'StartLimitIntervalSec')).toBe('0');
    expect(setting(text, 'WatchdogSec')).toBe('60');
    expect(setting(text, 'KillMode')).toBe('mixed');
    expect(setting(text, 'ExecStart')).toBe(
      '"/usr/bin/node" "/opt/demiurge/bin/demiurge.mjs" run "/srv/piece/babel.yaml" ' +
        '--resume --forever --clock real --no-dashboard',
    );
  });

  it('may write to its own folder alone, and hears nothing from other machines', () => {
    const text = unitText(SERVICE);
    expect(setting(text, 'ReadWritePaths')).toBe('"/srv/piece"');
    const tight = {
      NoNewPrivileges: 'yes',
      ProtectSystem: 'strict',
      PrivateTmp: 'yes',
      CapabilityBoundingSet: '',
      IPAddressDeny: 'any',
      IPAddressAllow: 'localhost',
      User: 'piece',
    };
    for (const [name, value] of Object.entries(tight)) expect(setting(text, name)).toBe(value);
  });

  it('asks nothing of the manager of a user that only the one of the machine can do', () => {
    const text = unitText({ ...SERVICE, manager: 'user' });
    for (const name of ['User', 'ProtectSystem', 'CapabilityBoundingSet', 'Nice']) {
      expect(setting(text, name), name).toBeUndefined();
    }
    expect(setting(text, 'NoNewPrivileges')).toBe('yes');
    expect(setting(text, 'WantedBy')).toBe('default.target');
  });

  it('names paths as systemd reads them: quotes, percent signs, dollars, spaces', () => {
    const scenario = '/srv/my "own" 100% $HOME\\piece.yaml';
    const text = unitText({ ...SERVICE, scenario, home: '/srv/50% of it' });
    expect(text).toContain(String.raw`run "/srv/my \"own\" 100%% $$HOME\\piece.yaml" --resume`);
    expect(setting(text, 'WorkingDirectory')).toBe('/srv/50%% of it');
  });

  it('cannot be given another setting by a title or a path', () => {
    const title = 'Babel\nExecStart=/bin/sh';
    expect(setting(unitText({ ...SERVICE, title }), 'ExecStart')).toMatch(/^"\/usr\/bin\/node"/);
    expect(() => unitText({ ...SERVICE, home: '/srv\nUser=root' })).toThrow('cannot name this');
  });

  it('is called after its scenario', () => {
    expect(unitName('/srv/02 Ouroboros, long.yaml')).toBe('demiurge-02-ouroboros-long.service');
  });
});
