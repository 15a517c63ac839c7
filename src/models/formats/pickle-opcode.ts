import { corrupt } from './byte-reader.js';
import type { PickleMachine } from './pickle-machine.js';
import { decimalOf, floatOf, longOf } from './pickle-number.js';
import { latin1 } from './latin1.js';

/** One step of the pickle language. */
export type Opcode = (machine: PickleMachine) => void;

const constants: readonly [number, () => unknown][] = [
  [0x4e, () => null],
  [0x88, () => true],
  [0x89, () => false],
  [0x7d, () => new Map()],
  [0x5d, () => []],
  [0x29, () => []],
  [0x8f, () => new Set()],
];

const numbers: readonly [number, (m: PickleMachine) => unknown][] = [
  [0x46, (m) => floatOf(m.reader)],
  [0x47, (m) => m.reader.f64be()],
  [0x49, (m) => decimalOf(m.reader)],
  [0x4a, (m) => m.reader.i32()],
  [0x4b, (m) => m.reader.u8()],
  [0x4c, (m) => decimalOf(m.reader)],
  [0x4d, (m) => m.reader.u16()],
  [0x8a, (m) => longOf(m.reader, m.reader.u8())],
  [0x8b, (m) => longOf(m.reader, m.reader.i32())],
];

const texts: readonly [number, (m: PickleMachine) => unknown][] = [
  [0x53, (m) => unquoted(m.reader.line())],
  [0x54, (m) => latin1(m.reader.take(m.reader.i32()))],
  [0x55, (m) => latin1(m.reader.take(m.reader.u8()))],
  [0x56, (m) => unescaped(m.reader.line())],
  [0x58, (m) => m.reader.text(m.reader.u32())],
  [0x8c, (m) => m.reader.text(m.reader.u8())],
  [0x8d, (m) => m.reader.text(m.reader.u64())],
  [0x42, (m) => m.reader.take(m.reader.u32())],
  [0x43, (m) => m.reader.take(m.reader.u8())],
  [0x8e, (m) => m.reader.take(m.reader.u64())],
  [0x96, (m) => m.reader.take(m.reader.u64())],
];

const gatherers: readonly [number, (m: PickleMachine) => unknown][] = [
  [0x74, (m) => m.popMark()],
  [0x6c, (m) => m.popMark()],
  [0x91, (m) => new Set(m.popMark())],
  [0x85, (m) => [m.pop()]],
  [0x86, (m) => [m.pop(), m.pop()].reverse()],
  [0x87, (m) => [m.pop(), m.pop(), m.pop()].reverse()],
  [0x63, (m) => m.global(m.reader.line(), m.reader.line())],
  [0x93, namedByStack],
];

const actions: readonly [number, Opcode][] = [
  [0x28, (m) => m.mark()],
  [0x30, (m) => void m.pop()],
  [0x31, (m) => void m.popMark()],
  [0x32, (m) => m.push(m.top())],
  [0x64, dictionary],
  [0x73, (m) => m.setItems([m.pop(), m.pop()].reverse())],
  [0x75, (m) => m.setItems(m.popMark())],
  [0x61, (m) => m.append([m.pop()])],
  [0x65, (m) => m.append(m.popMark())],
  [0x90, addToSet],
  [0x62, (m) => m.build()],
  [0x52, apply],
  [0x81, apply],
  [0x92, applyWithNames],
  [0x69, instance],
  [0x6f, instanceOnStack],
  [0x51, (m) => m.persistent(m.pop())],
  [0x67, (m) => m.recall(Number(decimalOf(m.reader)))],
  [0x68, (m) => m.recall(m.reader.u8())],
  [0x6a, (m) => m.recall(m.reader.u32())],
  [0x70, (m) => m.remember(Number(decimalOf(m.reader)))],
  [0x71, (m) => m.remember(m.reader.u8())],
  [0x72, (m) => m.remember(m.reader.u32())],
  [0x94, (m) => m.remember()],
  [0x80, protocol],
  // A frame only groups what follows.
  [0x95, (m) => void m.reader.u64()],
];

/**
 * The steps by their byte (Python's pickletools, protocols 0 to 5); 0x2e ends a pickle and has
 * none.
 */
export const OPCODES: ReadonlyMap<number, Opcode> = new Map([
  ...[...constants, ...numbers, ...texts, ...gatherers].map(pushing),
  ...actions,
]);

function pushing([code, value]: [number, (m: PickleMachine) => unknown]): [number, Opcode] {
  return [code, (machine) => machine.push(value(machine))];
}

function namedByStack(machine: PickleMachine): unknown {
  const [name, module] = [machine.pop(), machine.pop()];
  if (typeof name !== 'string' || typeof module !== 'string') {
    throw machine.damaged('a name is not text');
  }
  return machine.global(module, name);
}

function protocol(machine: PickleMachine): void {
  const version = machine.reader.u8();
  if (version > 5) throw corrupt(machine.reader.where, `pickle protocol ${version} is not known`);
}

function dictionary(machine: PickleMachine): void {
  const pairs = machine.popMark();
  machine.push(new Map());
  machine.setItems(pairs);
}

function addToSet(machine: PickleMachine): void {
  const items = machine.popMark();
  const target = machine.top();
  if (!(target instanceof Set)) throw machine.damaged('it adds to something that is no set');
  for (const item of items) target.add(item);
}

function apply(machine: PickleMachine): void {
  const args = machine.popList();
  machine.call(machine.pop(), args);
}

function applyWithNames(machine: PickleMachine): void {
  machine.pop();
  apply(machine);
}

function instance(machine: PickleMachine): void {
  const callee = machine.global(machine.reader.line(), machine.reader.line());
  machine.call(callee, machine.popMark());
}

function instanceOnStack(machine: PickleMachine): void {
  const [callee, ...args] = machine.popMark();
  machine.call(callee, args);
}

function unquoted(line: string): string {
  const text = line.trim().replace(/^(['"])(.*)\1$/, '$2');
  return text.replace(/\\(x[\da-f]{2}|.)/gi, (_, escape: string) => {
    if (escape.length === 3) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return { n: '\n', t: '\t', r: '\r' }[escape] ?? escape;
  });
}

function unescaped(line: string): string {
  return line.replace(/\\(u[\da-f]{4}|U[\da-f]{8})/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex.slice(1), 16)),
  );
}
