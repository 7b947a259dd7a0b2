// A Web Key Directory on this computer: one certificate for example.org and its openpgpkey host, every name leads to 127.0.0.1.
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { WkdSettings } from '#post/wkd.ts';

/** Its certificate; for this computer only. */
export const directoryTls = {
  cert: `-----BEGIN CERTIFICATE-----
MIIByjCCAW+gAwIBAgIUdrmIxJnPgIZSaVi0b/fseEHXOrQwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZXhhbXBsZS5vcmcwIBcNMjYxMTIxMTIwODIzWhgPMjEyNjEw
MjgxMjA4MjNaMBYxFDASBgNVBAMMC2V4YW1wbGUub3JnMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEd+uIFDzCDBmMtbfZ5HtYeIr0DJhMKGa045KItARq6kqStvAK
jmVwJ3mabcHQXIZ7Fwi/yea4PRtnFi5ohGSYNKOBmDCBlTAdBgNVHQ4EFgQUlJOh
vzDlmqIHO1PQbxheY39zQqkwHwYDVR0jBBgwFoAUlJOhvzDlmqIHO1PQbxheY39z
QqkwDwYDVR0TAQH/BAUwAwEB/zBCBgNVHREEOzA5ggtleGFtcGxlLm9yZ4IWb3Bl
bnBncGtleS5leGFtcGxlLm9yZ4ISZGlyZWN0LmV4YW1wbGUub3JnMAoGCCqGSM49
BAMCA0kAMEYCIQCUm2e8qHbhuNvkaS0uB1mCJinGABgysFzqtq/oJNuHswIhAJ93
PRqm3MtU/aGH1/jC8Y1u+swXji7rZPjlluRh4tsV
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgO+p2SefD+1mYrep+
ICbYQxHHOf0n4GXnWjpkSuAxKQWhRANCAAR364gUPMIMGYy1t9nke1h4ivQMmEwo
ZrTjkoi0BGrqSpK28AqOZXAneZptwdBchnsXCL/J5rg9G2cWLmiEZJg0
-----END PRIVATE KEY-----
`,
};

export interface Directory {
  readonly port: number;
  /** What was asked: host and path, in order. */
  readonly asked: readonly string[];
  /** How many connections were made, whether or not a question came. */
  connections(): number;
  close(): Promise<void>;
}

/** Serves with `answer` on a free port of the loopback. */
export async function openDirectory(answer: RequestListener): Promise<Directory> {
  const asked: string[] = [];
  const server: Server = createServer({ ...directoryTls, keepAlive: false }, (request, response) => {
    asked.push(`${request.headers.host?.replace(/:\d+$/, '')}${request.url}`);
    answer(request, response);
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    connections: () => connections,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A look-up by which every name but the missing ones is this computer. */
export function here(missing: readonly string[] = []): NonNullable<WkdSettings['lookup']> {
  return (host, options, answer) => {
    if (missing.includes(host)) return answer(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '', 4);
    if (options.all === true) return answer(null, [{ address: '127.0.0.1', family: 4 }]);
    answer(null, '127.0.0.1', 4);
  };
}
