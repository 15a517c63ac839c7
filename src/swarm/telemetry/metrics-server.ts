import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf, UserError } from '../../core/index.js';
import type { Broadcast } from './broadcast.js';
import { prometheusText } from './prometheus.js';

/**
 * Serves the latest figures at `http://127.0.0.1:<port>/metrics` to this machine alone; port 0 is
 * a free one. Returns the address; throws a UserError when the port is taken.
 */
export async function serveMetrics(port: number, broadcast: Broadcast): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end('the figures are at /metrics\n');
      return;
    }
    void prometheusText(broadcast.latest).then(({ type, text }) => {
      response.writeHead(200, { 'content-type': type }).end(text);
    });
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new UserError({
      what: `no metrics at port ${port}: ${messageOf(cause)}`,
      hint: 'another port, or --metrics 0 for a free one',
      retryable: true,
      cause,
    });
  }
  broadcast.add({
    tell: () => {},
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}
