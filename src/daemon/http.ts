// /healthz and /metrics on loopback, for the operator's supervisor and Prometheus; nothing else, and nothing about incidents.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Health {
  readonly healthy: boolean;
  /** One line each: what is not as it should be. No contents, no secrets. */
  readonly troubles: readonly string[];
}

export interface Http {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves health (200 or 503) and metrics (Prometheus text format). */
export async function openHttp(
  settings: { host: string; port: number },
  health: () => Promise<Health>,
  metrics: () => Promise<string>,
): Promise<Http> {
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.method !== 'GET') return { status: 405, type: 'text/plain', body: 'only GET\n' };
      if (request.url === '/metrics') return { status: 200, type: 'text/plain; version=0.0.4', body: await metrics() };
      if (request.url !== '/healthz') return { status: 404, type: 'text/plain', body: 'there is /healthz and /metrics\n' };
      const { healthy, troubles } = await health();
      return { status: healthy ? 200 : 503, type: 'application/json', body: `${JSON.stringify({ healthy, troubles })}\n` };
    };
    answer()
      .catch(() => ({ status: 500, type: 'text/plain', body: 'the log has the cause\n' }))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body));
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
