// Off this machine keys need TLS. `LOCALHOST` is this machine, but not as it is usually written:
// so no port is opened to others here.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { findNatsServer } from '../../src/bus/index.js';
import type { FoundServer } from '../../src/bus/index.js';
import { demiurge } from './launched.js';
import { spoken, writeMini } from './spoken.js';

const home = mkdtempSync(join(tmpdir(), 'demiurge-tls-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const scenario = writeMini(home);
const cert = join(home, 'cert.pem');
const key = join(home, 'key.pem');
writeFileSync(cert, '');
writeFileSync(key, '');

const confOf = async (name: string, ...flags: readonly string[]): Promise<string> => {
  const out = join(home, name);
  const { code } = await spoken('bus-config', scenario, '--out', out, ...flags);
  expect(code).toBe(0);
  return readFileSync(join(out, 'nats.conf'), 'utf8');
};
const refusal = async (...flags: readonly string[]): Promise<string> => {
  const before = readdirSync(home);
  const { code, out, err } = await spoken('bus-config', scenario, ...flags);
  expect([code, out, readdirSync(home)]).toEqual([2, '', before]);
  return err;
};

describe('where a server listens', () => {
  it('is this machine alone, unless it has TLS', async () => {
    const alone = await confOf('alone');
    expect(alone).toContain('listen: "127.0.0.1:4222"');
    expect(alone).not.toMatch(/tls|http|websocket|no_auth_user|jetstream|cluster|leafnodes/);
    const open = await confOf('open', '--tls', `${cert},${key}`);
    expect(open).toContain('listen: "0.0.0.0:4222"');
    expect(open).toContain(`cert_file: ${JSON.stringify(cert)}`);
    expect(await confOf('port', '--listen', 'localhost:4333')).toContain('"localhost:4333"');
  });

  it('is refused off this machine without TLS, and where nothing can listen', async () => {
    const out = ['--out', join(home, 'none')];
    expect(await refusal(...out, '--listen', '0.0.0.0:4222')).toMatch(/takes TLS\n {2}Try: --tls/);
    expect(await refusal(...out, '--listen', 'here')).toMatch(/no host and port/);
    expect(await refusal(...out, '--listen', 'a:1"} x: {"')).toMatch(/no host and port/);
    expect(await refusal(...out, '--tls', cert)).toMatch(/a certificate and its key/);
    expect(await refusal(...out, '--tls', `${cert},${key}x`)).toMatch(/there is no such file/);
    expect(await refusal(...out, '--engine', 'left')).toMatch(/such as left=una,mel/);
    expect(await refusal(...out, '--engine', 'left=past')).toMatch(/no engine plays ear, out/);
  });

  it('leaves a folder with anything in it as it is', async () => {
    await confOf('taken');
    const before = readdirSync(join(home, 'taken')).map((name) =>
      readFileSync(join(home, 'taken', name), 'utf8'),
    );
    expect(await refusal('--out', join(home, 'taken'))).toMatch(/a new or empty folder/);
    const after = readdirSync(join(home, 'taken')).map((name) =>
      readFileSync(join(home, 'taken', name), 'utf8'),
    );
    expect(after).toEqual(before);
  });

  it('a title is a comment and nothing more', async () => {
    const file = join(home, 'sly.yaml');
    const text = readFileSync(scenario, 'utf8').replace('title: Mini', 'title: "x\\nhttp: 8222"');
    writeFileSync(file, text);
    const { code } = await spoken('bus-config', file, '--out', join(home, 'sly'));
    expect(code).toBe(0);
    expect(readFileSync(join(home, 'sly', 'nats.conf'), 'utf8')).not.toMatch(/^\s*http/m);
  });
});

const noOpenssl = spawnSync('openssl', ['version']).status !== 0;

describe.skipIf(noOpenssl)('a server with TLS', () => {
  it('is talked to by who trusts its certificate, and shown no key by who does not', async () => {
    const made = ['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=stage'];
    const names = ['-addext', 'subjectAltName=DNS:localhost'];
    spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...made, ...names]);
    await confOf('keys', '--tls', `${cert},${key}`);
    const { path, version } = findNatsServer() as FoundServer;
    const args = ['-a', '127.0.0.1', '-p', '-1', '-c', join(home, 'keys', 'nats.conf')];
    const server = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(() => void server.kill('SIGKILL'));
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await vi.waitFor(() => expect(said).toContain('Server is ready'), 10_000);
    const port = /connections on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    const seed = join(home, 'keys', 'watcher.seed');
    const flags = ['--key', seed, '--allow-server', version];
    const top = ['top', '--bus', `nats://LOCALHOST:${port}`, ...flags];
    const knows = await demiurge(top, { env: { NODE_EXTRA_CA_CERTS: cert } });
    expect([knows.code, knows.err]).toEqual([2, expect.stringMatching(/no run tells anything/)]);
    const stranger = await demiurge(top);
    expect([stranger.code, stranger.err]).toEqual([1, expect.stringMatching(/self-signed/)]);
  });
});
