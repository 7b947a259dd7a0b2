// The way to a database server that can be closed and opened again, as when the server stops and starts.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface Way {
  /** The server's address by this way. */
  readonly url: string;
  /** Cuts every connection and takes no new ones. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Lays a way to the server; it is shut at first. */
export async function layWay(to: string): Promise<Way> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  const accept = (near: Socket) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  let server: Server = createServer(accept);
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const shut = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  await shut();
  return {
    url: Object.assign(new URL(to), { hostname: '127.0.0.1', port: String(own) }).href,
    shut,
    async open() {
      server = createServer(accept);
      await listen(own);
    },
  };
}
