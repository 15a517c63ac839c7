import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { LineReader } from './line-reader.js';
import { parseRecord } from './record.js';
import type { LineHearer, TelemetryLine } from './telemetry-line.js';

/** A state of two hundred agents and a thousand links is a quarter of this. */
const LINE_BYTES_MAX = 4 * 1024 * 1024;

/** Connects to the socket of a run; rejects with the system's error when nobody is there. */
export function openSocketLine(path: string, hearer: LineHearer): Promise<TelemetryLine> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(lineOver(socket, hearer));
    });
  });
}

function lineOver(socket: Socket, hearer: LineHearer): TelemetryLine {
  const reader = new LineReader(LINE_BYTES_MAX);
  let isClosed = false;
  socket.on('data', (chunk: Buffer) => {
    for (const line of reader.read(chunk)) {
      const record = isClosed ? undefined : parseRecord(line);
      if (record !== undefined) hearer.hear(record);
    }
  });
  // Its end is told by `close`, whatever the error was.
  socket.on('error', () => {});
  socket.once('close', () => {
    if (!isClosed) hearer.gone();
  });
  return {
    send: (request) => void socket.write(`${JSON.stringify(request)}\n`),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => {
      isClosed = true;
      socket.destroy();
    },
  };
}
