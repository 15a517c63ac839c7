import { describe, expect, it } from 'vitest';
import { Desk } from './desk.js';

const KIND = `
const schema = { safeParse: (value) => ({ success: true, data: value }) };
export default {
  kind: 'canon', summary: 'Answers later.', params: schema,
  inputs: { leader: { carries: 'audio', doc: '' } },
  outputs: { follower: { carries: 'audio', doc: '' } },
  start: () => 0, receive: () => ({ state: 0, emit: [] }),
};
`;

const PIECE = `use: [kinds/canon.mjs]
agents:
  a: { kind: source }
  b: { kind: canon, interval: 7 }
links: [a.audio -> b.leader]
`;

describe("a kind of one's own", () => {
  it('comes from a file under use:', async () => {
    using desk = new Desk();
    const file = desk.put('kinds/canon.mjs', KIND);
    const [, canon] = (await desk.sound(PIECE)).cast;
    expect(canon).toMatchObject({ kindFile: file, params: { interval: 7 } });
    expect(canon?.kind.kind).toBe('canon');
  });

  it('may be TypeScript', async () => {
    using desk = new Desk();
    desk.put('kinds/canon.ts', KIND.replace('(value)', '(value: unknown)'));
    const { cast } = await desk.sound(PIECE.replace('.mjs', '.ts'));
    expect(cast[1]?.kind.kind).toBe('canon');
  });

  it('is checked like any other', async () => {
    using desk = new Desk();
    desk.put('kinds/canon.mjs', KIND);
    const text = await desk.reported(PIECE.replace('b.leader', 'b.laeder'));
    expect(text).toContain('Did you mean: b.leader?');
  });

  it.each([
    ['no kind', 'export default { kind: "canon" };', 'summary: '],
    ['no default export', 'export const x = 1;', 'the default export: '],
    ['an unknown signal', KIND.replace("'audio'", "'sound'"), 'inputs.leader.carries: '],
    ['an error', 'throw new Error("boom");', 'boom'],
    ['broken syntax', 'export default {', 'this file holds no kind'],
  ])('that holds %s is one clear problem', async (_, code, says) => {
    using desk = new Desk();
    desk.put('kinds/canon.mjs', code);
    const text = await desk.reported(PIECE);
    expect(text).toContain('piece.yaml:1:7  broken-kind-file');
    expect(text).toContain(says);
    // Whether canon exists cannot be known, so its absence is no problem of its own.
    expect(text).not.toContain('unknown-kind');
  });

  it('may not take the name of another', async () => {
    using desk = new Desk();
    desk.put('kinds/canon.mjs', KIND.replace("'canon'", "'echo'"));
    expect(await desk.reported(PIECE)).toContain('duplicate-kind');
  });

  it('is not imported from outside the project', async () => {
    using outside = new Desk();
    using desk = new Desk();
    const file = outside.put('evil.mjs', 'globalThis.evilWasHere = true;');
    for (const path of [file, `../${outside.folder.split('/').at(-1)}/evil.mjs`]) {
      const text = await desk.reported(PIECE.replace('kinds/canon.mjs', path));
      expect(text).toContain('outside-project');
    }
    expect(globalThis).not.toHaveProperty('evilWasHere');
  });

  it('is a program', async () => {
    using desk = new Desk();
    desk.put('kinds/canon.mjs', KIND);
    desk.put('notes.txt', 'canon');
    const text = await desk.reported(PIECE.replace('kinds/canon.mjs', 'notes.txt'));
    expect(text).toContain('no-kind-file');
  });
});
