import { type Server, createServer } from 'node:net';

/** Something that speaks just enough of the protocol to be taken for a NATS server. */
export interface FakeNats {
  readonly port: number;
  /** All that it was told. */
  heard(): string;
  stop(): void;
}

/** Opens a server that says it is of this version, and believes everybody. */
export async function fakeNats(version: string): Promise<FakeNats> {
  const info = { server_id: 'x', version, proto: 1, headers: true, max_payload: 1024, nonce: 'n' };
  let heard = '';
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(`INFO ${JSON.stringify(info)}\r\n`);
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (chunk.includes('PING')) socket.write('PONG\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { port, heard: () => heard, stop: () => server.close() };
}
