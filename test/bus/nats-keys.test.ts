import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createNatsKey } from '../../src/bus/index.js';
import { inboxOf, readNatsKey } from '../../src/bus/nats-keys.js';
import { UserError } from '../../src/core/index.js';

const home = mkdtempSync(join(tmpdir(), 'demiurge-keys-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const kept = (text: string, mode = 0o600): string => {
  const file = join(home, 'some.seed');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
};
const refusal = async (file: string): Promise<UserError> => {
  const error = await readNatsKey(file).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

it('reads back whom it made, with an inbox of its own', async () => {
  const [one, two] = [await createNatsKey(), await createNatsKey()];
  expect(one.publicKey).toMatch(/^U[A-Z2-7]{55}$/);
  expect(one.seed).toMatch(/^SU[A-Z2-7]{56}$/);
  expect(one.seed).not.toBe(two.seed);
  const { inboxPrefix } = await readNatsKey(kept(`${one.seed}\n`));
  expect(inboxPrefix).toBe(inboxOf(one.publicKey));
});

it('takes no key that every user of the machine may read', async () => {
  const { seed } = await createNatsKey();
  const error = await refusal(kept(seed, 0o644));
  expect(error.message).toMatch(/every user .* may read this key\n {2}Try: chmod 600/);
  await expect(readNatsKey(kept(seed, 0o440))).resolves.toBeDefined();
});

it.each(['', 'canary', 'SUcanary', 'SAANARY\nSU'])('never repeats what %j holds', async (text) => {
  const error = await refusal(kept(text));
  expect(error.message).toMatch(/some\.seed: there is no key of a user in it/);
  expect(`${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toMatch(/anary/i);
});

it('says which file is missing', async () => {
  expect((await refusal(join(home, 'none'))).message).toMatch(/none: the key cannot be read/);
});
