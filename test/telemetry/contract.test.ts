import { describe, expect, it } from 'vitest';
import { LineReader, lineOf, parseRecord } from '../../src/telemetry/index.js';
import { alertOf, saidAs, sceneOf, stateAt } from './sample-records.js';

describe('a line of telemetry', () => {
  it('comes back as it was said', () => {
    for (const record of [sceneOf('abcd1234'), stateAt(3), saidAs(1), alertOf(1, 2)]) {
      expect(parseRecord(lineOf(record))).toEqual(record);
    }
  });

  it('is passed over when it is broken or unknown', () => {
    expect(parseRecord('{"type":"weather"}')).toBeUndefined();
    expect(parseRecord('not json')).toBeUndefined();
  });
});

describe('a reader of lines', () => {
  const bytes = Buffer.from('größe\nzwei\n\ndrei');

  it('finds the same lines wherever the stream is cut, even within a letter', () => {
    for (let cut = 0; cut <= bytes.length; cut++) {
      const reader = new LineReader(100);
      const lines = [...reader.read(bytes.subarray(0, cut)), ...reader.read(bytes.subarray(cut))];
      expect(lines).toEqual(['größe', 'zwei']);
    }
  });

  it('leaves out a line that is too long, and only that one, in one piece or in many', () => {
    const long = Buffer.from(`a\n${'b'.repeat(50)}\nc\n`);
    expect(new LineReader(10).read(long)).toEqual(['a', 'c']);
    const reader = new LineReader(10);
    const lines = [...long].flatMap((byte) => reader.read(Buffer.of(byte)));
    expect(lines).toEqual(['a', 'c']);
  });
});
