import { messageOf, UserError } from '../../core/index.js';
import { type ByteReader, corrupt } from './byte-reader.js';
import { PickleMachine, type PickleScope } from './pickle-machine.js';
import { OPCODES } from './pickle-opcode.js';

const STOP = 0x2e;
// A step may make a table of some hundred bytes out of one; real checkpoints take below 100 000.
const STEPS_MAX = 1_500_000;

/**
 * Reads one pickle and leaves the reader behind it. Dictionaries become Maps, tuples and lists
 * arrays; no code is ever run. Throws a `UserError` that names the first thing in it that is not
 * data.
 */
export function unpickle(reader: ByteReader, scope: PickleScope): unknown {
  const machine = new PickleMachine(reader, scope);
  let steps = 0;
  for (let code = reader.u8(); code !== STOP; code = reader.u8()) {
    steps += 1;
    if (steps > STEPS_MAX) throw machine.damaged('it is absurdly long');
    const opcode = OPCODES.get(code);
    if (opcode === undefined) {
      throw machine.damaged(`step 0x${code.toString(16)} is not known`);
    }
    step(opcode, machine);
  }
  return machine.pop();
}

function step(opcode: (machine: PickleMachine) => void, machine: PickleMachine): void {
  try {
    opcode(machine);
  } catch (thrown) {
    // Ranges that the engine itself refuses (lengths, string sizes) are damage in the file, not
    // faults in here.
    if (thrown instanceof UserError) throw thrown;
    throw corrupt(machine.reader.where, `the pickle is damaged: ${messageOf(thrown)}`);
  }
}
