import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bannedCalls } from './calls.js';
import { doorBreaches, exportBreaches } from './documents.js';
import { unreachedFiles } from './reach.js';
import { cycleBreaches, layerBreaches } from './layers.js';
import { machinePaths, parkedTests, reminders } from './leftovers.js';
import { nameBreaches } from './names.js';
import { heavyMedians, longFiles, longFunctions, wideLines } from './sizes.js';
import { filesUnder, report, ROOT, sourcesUnder } from './source.js';

const house = sourcesUnder('src', 'tui', 'bench');
const around = sourcesUnder('test', 'scripts', 'bin', 'scenarios');
const everything = [...house, ...around];
const prose = filesUnder(
  'src',
  'tui',
  'test',
  'bench',
  'scripts',
  'bin',
  'scenarios',
  'docs',
  '.ci',
)
  .concat('README.md', 'package.json')
  .filter((path) => /\.(ts|tsx|mjs|md|yaml|json|run)$|\.ci\//.test(path));

describe('the house', () => {
  it('imports only downward and through doors', () => {
    expect(report(house.flatMap(layerBreaches))).toBe('');
  });

  it('has no import cycles, not even of types', () => {
    expect(report(cycleBreaches(house))).toBe('');
  });

  it('keeps files within 250 lines', () => {
    expect(report(everything.flatMap(longFiles))).toBe('');
  });

  it('keeps functions within 40 lines', () => {
    expect(report(house.flatMap(longFunctions))).toBe('');
  });

  it('keeps lines within 100 columns', () => {
    expect(report(everything.flatMap(({ path, text }) => wideLines(path, text)))).toBe('');
  });

  it('keeps the median file within 90 lines and the median function within 8', () => {
    expect(report(heavyMedians(house))).toBe('');
  });

  it('takes chance, time, timers and the screen only from their rooms', () => {
    expect(report(house.flatMap(bannedCalls))).toBe('');
  });

  it('names every file after what it holds', () => {
    expect(report(everything.flatMap(({ path }) => nameBreaches(path)))).toBe('');
  });

  it('documents every export and declares what it returns', () => {
    expect(report(house.flatMap(exportBreaches))).toBe('');
  });

  it('has a sign on every door', () => {
    const doors = house.filter(({ path }) => /^src\/([a-z]+\/)?index\.ts$/.test(path));
    expect(report(doors.flatMap(doorBreaches))).toBe('');
  });

  it('uses every file it has', () => {
    expect(report(unreachedFiles(house))).toBe('');
  });

  it('leaves no reminders and parks no tests', () => {
    expect(report([...everything.flatMap(reminders), ...around.flatMap(parkedTests)])).toBe('');
  });

  it('names no path of one machine', () => {
    const breaches = prose.flatMap((path) =>
      machinePaths(path, readFileSync(join(ROOT, path), 'utf8')),
    );
    expect(report(breaches)).toBe('');
  });
});
