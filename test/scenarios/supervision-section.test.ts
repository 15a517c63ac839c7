import { describe, expect, it } from 'vitest';
import { Desk } from './desk.js';

const REST =
  'agents:\n  past: { kind: source }\n  ear: { kind: analyst }\nlinks: [past.audio -> ear.audio]\n';

describe('the supervision: of a scenario', () => {
  it('leaves to the clock how long an answer may take, where there is none', async () => {
    using desk = new Desk();
    const { supervision } = await desk.sound(REST);
    expect(supervision).toEqual({ restarts: 10, windowSeconds: 60, shelveAfter: 2 });
  });

  it('is read with times as people write them', async () => {
    using desk = new Desk();
    const section = 'supervision: { hang: 3s, restarts: 5, window: 5min, shelveAfter: 3 }\n';
    const { supervision } = await desk.sound(section + REST);
    const read = { hangSeconds: 3, restarts: 5, windowSeconds: 300, shelveAfter: 3 };
    expect(supervision).toEqual(read);
    const patient = await desk.sound(`supervision: { hang: off }\n${REST}`);
    expect(patient.supervision.hangSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ['hang: 0s', 'a time such as 30s'],
    ['restarts: -1', 'restarts'],
    ['window: soon', 'a time such as 60s'],
    ['patience: 3s', 'patience'],
  ])('refuses %s', async (written, says) => {
    using desk = new Desk();
    const text = await desk.reported(`supervision: { ${written} }\n${REST}`);
    expect(text).toContain(says);
  });
});
