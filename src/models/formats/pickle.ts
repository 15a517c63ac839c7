import { messageOf, UserError } from '../../core/index.js';
import { type ByteReader, corrupt } from './byte-reader.js';
import { PickleMachine, type PickleScope } from './pickle-machine.js';
import { OPCODES } from './pickle-opcode.js';

const STOP = 0x2e;

/**
 * Reads one pickle and leaves the reader behind it. Dictionaries become Maps, tuples and lists
 * arrays; no code is ever run. Throws a `UserError` that names the first thing in it that is not
 * data.
 */
export function unpickle(reader: ByteReader, scope: PickleScope): unknown {
  const machine = new PickleMachine(reader, scope);
  for (let code = reader.u8(); code !== STOP; code = reader.u8()) {
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
