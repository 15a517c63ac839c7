import { describe, expect, it } from 'vitest';
import { bannedCalls } from './calls.js';
import { doorBreaches, exportBreaches } from './documents.js';
import { cycleBreaches, layerBreaches } from './layers.js';
import { machinePaths, parkedTests, reminders } from './leftovers.js';
import { nameBreaches } from './names.js';
import { unreachedFiles } from './reach.js';
import { functionsOf, heavyMedians, longFiles, longFunctions, wideLines } from './sizes.js';
import type { Breach, Source } from './source.js';
import { parseSource, report } from './source.js';

const file = (path: string, ...lines: string[]): Source => parseSource(path, lines.join('\n'));
const says = (breaches: readonly Breach[]): string => report(breaches);

describe('layers', () => {
  it('let a room import a lower one through its door', () => {
    expect(layerBreaches(file('src/bus/a.ts', "import { x } from '../core/index.js';"))).toEqual(
      [],
    );
  });

  it('refuse a climb and say where and what to do', () => {
    const climb = file('src/core/a.ts', '', "import type { x } from '../bus/index.js';");
    expect(says(layerBreaches(climb))).toBe(
      'src/core/a.ts:2  core (rank 0) imports bus (rank 1). ' +
        'Imports go downward only: move what is shared to a lower room, or pass it in.',
    );
  });

  it('refuse a neighbour of the same rank, lazily imported or not', () => {
    const lazy = file('src/audio/a.ts', "const x = await import('../models/index.js');");
    expect(says(layerBreaches(lazy))).toContain('audio (rank 1) imports models (rank 1)');
  });

  it('refuse a window', () => {
    const window = file('src/agents/a.ts', "import { x } from '../core/random.js';");
    expect(says(layerBreaches(window))).toContain('enters core by a window');
  });

  it('refuse a room that the design does not have', () => {
    const attic = file('src/attic/a.ts', "import { x } from '../core/index.js';");
    expect(says(layerBreaches(attic))).toContain('there is no room "attic"');
  });

  it('keep guarded packages in their file, and lazy there', () => {
    const outside = file('src/swarm/a.ts', "const x = await import('nats');");
    const eager = file('src/memory/faiss-index.ts', "import x from 'faiss-node';");
    const lazy = file('src/memory/faiss-index.ts', "const x = await import('faiss-node');");
    expect(says(layerBreaches(outside))).toContain('guarded package "nats"');
    expect(says(layerBreaches(eager))).toContain('Load it lazily');
    expect(layerBreaches(lazy)).toEqual([]);
  });

  it('find a cycle of types, once, from its first file', () => {
    const cycle = [
      file('src/core/b.ts', "import type { C } from './c.js';"),
      file('src/core/c.ts', "import type { A } from './a.js';"),
      file('src/core/a.ts', "export type { B } from './b.js';"),
    ];
    expect(cycleBreaches(cycle).map((breach) => breach.says)).toEqual([
      'import cycle src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts',
    ]);
  });

  it('see no cycle in a diamond', () => {
    const diamond = [
      file('src/core/a.ts', "import './b.js';", "import './c.js';"),
      file('src/core/b.ts', "import './d.js';"),
      file('src/core/c.ts', "import './d.js';"),
      file('src/core/d.ts', 'export {};'),
    ];
    expect(cycleBreaches(diamond)).toEqual([]);
  });
});

describe('sizes', () => {
  const body = (lines: number): string[] => Array.from({ length: lines }, () => '  step();');

  it('count a file without its last newline', () => {
    expect(longFiles(file('a.ts', ...body(250), ''))).toEqual([]);
    expect(says(longFiles(file('a.ts', ...body(251))))).toContain('251 lines');
  });

  it('measure functions, methods and arrows from head to brace', () => {
    const three = file(
      'a.ts',
      'function f(',
      '  a: { b: number },',
      '): { c: string } {',
      '  return g(a);',
      '}',
      'class K { m(): void { f(); } }',
      'const h = () => { f(); };',
      'const i = () => 1;',
    );
    expect(functionsOf(three).map(({ lines }) => lines)).toEqual([5, 1, 1]);
  });

  it('refuse a function of 41 lines at its first line', () => {
    const long = file('a.ts', '', 'function f() {', ...body(39), '}');
    expect(says(longFunctions(long))).toContain('a.ts:2  a function of 41 lines');
    expect(longFunctions(file('a.ts', 'function f() {', ...body(38), '}'))).toEqual([]);
  });

  it('count columns as characters', () => {
    expect(wideLines('a.ts', 'é'.repeat(100))).toEqual([]);
    expect(says(wideLines('a.ts', `\n${'é'.repeat(101)}`))).toContain('a.ts:2  101 columns');
  });

  it('refuse a median that has grown', () => {
    const heavy = [file('a.ts', 'const f = () => {', ...body(9), '};')];
    expect(says(heavyMedians(heavy))).toContain('the median function has 11 lines');
  });
});

describe('banned calls', () => {
  it('are found when called, passed on or hidden in new', () => {
    const source = file(
      'src/agents/a.ts',
      'const a = Math.random();',
      'const b = [1].map(Math.random);',
      'const c = Date.now() + performance.now() + new Date().getTime();',
      'setTimeout(() => {}, 1);',
      "console.log('x');",
      "import { setTimeout as sleep } from 'node:timers/promises';",
    );
    expect(
      bannedCalls(source)
        .map(({ line }) => line)
        .toSorted((a, b) => a - b),
    ).toEqual([1, 2, 3, 3, 3, 4, 5, 6]);
  });

  it('are at home in their rooms', () => {
    const clock = file('src/swarm/real-clock.ts', 'setTimeout(f, performance.now());');
    const screen = file('src/cli/a.ts', "console.log('x', Date.now());");
    expect([...bannedCalls(clock), ...bannedCalls(screen)]).toEqual([]);
  });

  it('are not mistaken for members, keys, comments or dates with a date', () => {
    const source = file(
      'src/core/a.ts',
      '// Math.random()',
      'clock.setTimeout(1);',
      'const a = { setTimeout: 1, now: new Date(0) };',
      "const b = 'Date.now()';",
    );
    expect(bannedCalls(source)).toEqual([]);
  });
});

describe('names', () => {
  it('are kebab-case and say something', () => {
    expect(nameBreaches('src/core/wire-format.ts')).toEqual([]);
    expect(nameBreaches('test/swarm/run.process.test.ts')).toEqual([]);
    expect(says(nameBreaches('src/core/WireFormat.ts'))).toContain('kebab-case');
    expect(says(nameBreaches('src/core/utils.ts'))).toContain('"utils" names nothing');
    expect(says(nameBreaches('src/helpers/wire.ts'))).toContain('"helpers" names nothing');
  });
});

describe('documents', () => {
  it('are asked of every exported name', () => {
    const bare = file(
      'src/core/a.ts',
      'export interface A {}',
      '/** Two words */',
      'export type B = 1;',
    );
    expect(exportBreaches(bare).map(({ line }) => line)).toEqual([1, 3]);
  });

  it('stand directly above what they describe', () => {
    const apart = file('src/core/a.ts', '/** Says what it is. */', 'f();', 'export const a = 1;');
    const right = file('src/core/a.ts', '/** Says what it is. */', 'export const a = 1;');
    expect(exportBreaches(apart)).toHaveLength(1);
    expect(exportBreaches(right)).toEqual([]);
  });

  it('include what a function returns', () => {
    const untyped = file(
      'src/core/a.ts',
      '/** Says what it is. */',
      'export function f() {}',
      '/** Says what it is. */',
      'export const g = () => 1;',
      '/** Says what it is. */',
      'export const h = (): number => 1;',
    );
    expect(exportBreaches(untyped).map(({ line }) => line)).toEqual([2, 4]);
  });

  it('leave no default or wholesale exports', () => {
    const loose = file('src/core/a.ts', 'export default 1;', "export * from './b.js';");
    expect(exportBreaches(loose)).toHaveLength(2);
  });

  it('hang a sign on a door that only names names', () => {
    expect(
      doorBreaches(file('src/core/index.ts', '// The words.', "export { a } from './a.js';")),
    ).toEqual([]);
    expect(doorBreaches(file('src/core/index.ts', "export { a } from './a.js';"))).toHaveLength(1);
    expect(doorBreaches(file('src/core/index.ts', '// The words.', 'f();'))).toHaveLength(1);
  });
});

describe('leftovers', () => {
  it('are reminders in comments, not in strings', () => {
    const reminder = ['TO', 'DO'].join('');
    expect(reminders(file('a.ts', `// ${reminder}: later`))).toHaveLength(1);
    expect(reminders(file('a.ts', `const a = '${reminder}';`))).toEqual([]);
  });

  it('are tests that are parked', () => {
    const only = ['it', 'only'].join('.');
    expect(says(parkedTests(file('a.ts', `${only}('x', f);`)))).toContain('a.ts:1');
    expect(parkedTests(file('a.ts', "it('x', f);"))).toEqual([]);
  });

  it('are paths of one machine', () => {
    const path = ['', 'home', 'ada', 'x.wav'].join('/');
    expect(machinePaths('a.md', `see ${path}`)).toHaveLength(1);
    expect(machinePaths('a.md', 'see src/home/x.wav')).toEqual([]);
  });

  it('are files that nothing uses', () => {
    const used = file('src/core/b.ts', 'export {};');
    const unused = file('src/core/c.ts', "import './b.js';");
    expect(unreachedFiles([used, unused]).map(({ path }) => path)).toEqual(['src/core/c.ts']);
    const worker = file('src/core/index.ts', "new URL('./c.js', import.meta.url);");
    expect(unreachedFiles([used, unused, worker])).toEqual([]);
  });
});
