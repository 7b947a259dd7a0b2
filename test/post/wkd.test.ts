// The Web Key Directory client against a real TLS server: what it asks, what it takes, and what it never follows.
import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublic, openWkd, publicLookup, type WkdSettings } from '#post/wkd.ts';
import { foreignTls } from '#test/post/certificates.ts';
import { type Directory, directoryTls, here, openDirectory } from '#test/post/directory.ts';

const places = {
  advanced: 'https://openpgpkey.example.org/.well-known/openpgpkey/example.org/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=lead',
  direct: 'https://example.org/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=lead',
};
const certificate = Buffer.from('c6330400', 'hex');

let directory: Directory | undefined;
afterEach(async () => {
  await directory?.close();
  directory = undefined;
});

async function ask(answer: RequestListener, settings: WkdSettings = {}, where = places): Promise<Buffer | undefined> {
  directory = await openDirectory(answer);
  return openWkd({ ca: directoryTls.cert, lookup: here(), port: directory.port, timeout: 5000, ...settings })(where);
}

const give: RequestListener = (_, response) => void response.end(certificate);

describe('a Web Key Directory', () => {
  it('gives the bytes from the advanced place, and nothing else is asked', async () => {
    expect(await ask(give)).toEqual(certificate);
    expect(directory?.asked).toEqual([places.advanced.slice('https://'.length)]);
  });

  it('is asked at the direct place where the openpgpkey host does not exist, and only there', async () => {
    expect(await ask(give, { lookup: here(['openpgpkey.example.org']) })).toEqual(certificate);
    expect(directory?.asked).toEqual([places.direct.slice('https://'.length)]);
  });

  it('is not asked at the direct place after a "not found" of the advanced one', async () => {
    expect(await ask((_, response) => void response.writeHead(404).end('no'))).toBeUndefined();
    expect(directory?.asked).toHaveLength(1);
  });

  it('gives nothing where neither host exists', async () => {
    expect(await ask(give, { lookup: here(['openpgpkey.example.org', 'example.org']) })).toBeUndefined();
    expect(directory?.asked).toEqual([]);
  });

  it('is sent no cookie, no credentials and no name of ours', async () => {
    let sent: object = {};
    await ask((request, response) => {
      sent = request.headers;
      response.setHeader('set-cookie', 'a=b').end(certificate);
    });
    expect(Object.keys(sent).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
  });

  it.each([301, 302, 303, 307, 308])(
    'threat: a redirect (%i) to another host, to http or to the same host is not followed',
    async (status) => {
      for (const location of ['https://direct.example.org/key', 'http://127.0.0.1/', '/key']) {
        expect(await ask((_, response) => void response.writeHead(status, { location }).end(certificate))).toBeUndefined();
        expect(directory?.asked).toHaveLength(1);
        await directory?.close();
      }
    },
  );

  it.each([201, 204, 206, 403, 500])('gives nothing with status %i', async (status) => {
    expect(await ask((_, response) => void response.writeHead(status).end(status === 204 ? undefined : certificate))).toBeUndefined();
  });

  it('gives nothing for an empty answer', async () => {
    expect(await ask((_, response) => void response.end())).toBeUndefined();
  });

  it('takes an answer of exactly the limit', async () => {
    expect(await ask((_, response) => void response.end(Buffer.alloc(1000, 1)), { maxBytes: 1000 })).toHaveLength(1000);
  });

  it('threat: an answer that says that it is too long is not read', async () => {
    let written = 0;
    const answer: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '1001' });
      response.flushHeaders();
      response.on('close', () => {
        written = response.socket?.bytesWritten ?? 0;
      });
    };
    // Left at once, not when the time is over: that is longer than a test may take.
    expect(await ask(answer, { maxBytes: 1000, timeout: 600_000 })).toBeUndefined();
    expect(written).toBeLessThan(1000);
  });

  it('threat: an answer without end is cut at the limit', async () => {
    let sent = 0;
    const answer: RequestListener = (_, response) => {
      const piece = Buffer.alloc(10_000, 1);
      const more = () => {
        while (!response.destroyed && response.write(piece)) sent += piece.length;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    expect(await ask(answer, { timeout: 600_000 })).toBeUndefined();
    expect(sent).toBeLessThan(50_000_000);
  });

  it('threat: a packed answer could unfold beyond every limit and is not taken', async () => {
    expect(await ask((_, response) => void response.setHeader('content-encoding', 'gzip').end(certificate))).toBeUndefined();
  });

  it.each<[string, RequestListener]>([
    ['says nothing', () => {}],
    [
      'drips',
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('threat: a server that %s is left after the time', async (_, answer) => {
    expect(await ask(answer, { timeout: 300 })).toBeUndefined();
  });

  it('gives nothing when the connection breaks in the middle', async () => {
    const answer: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 50);
    };
    expect(await ask(answer)).toBeUndefined();
  });

  it('threat: a certificate of a CA that is not trusted, or for another name, gives nothing', async () => {
    expect(await ask(give, { ca: foreignTls.cert })).toBeUndefined();
    expect(directory?.asked).toEqual([]);
    await directory?.close();
    expect(await ask(give, {}, { advanced: 'https://openpgpkey.example.net/key', direct: 'https://example.net/key' })).toBeUndefined();
    expect(directory?.asked).toEqual([]);
  });

  it('threat: the environment cannot turn the check of certificates off', async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect(await ask(give, { ca: foreignTls.cert })).toBeUndefined();
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  it.each([
    'http://openpgpkey.example.org/key',
    'https://127.0.0.1/key',
    'https://2130706433/key',
    'https://0x7f.1/key',
    'https://[::1]/key',
    'https://localhost/key',
    'https://openpgpkey.example.org:8443/key',
    'https://user:secret@openpgpkey.example.org/key',
    'file:///etc/passwd',
    'no address',
  ])('threat: %s is not asked', async (advanced) => {
    let looked = 0;
    const lookup: NonNullable<WkdSettings['lookup']> = (host, options, answer) => {
      looked += 1;
      here()(host, options, answer);
    };
    expect(await ask(give, { lookup }, { advanced, direct: advanced })).toBeUndefined();
    // A trusted certificate is not what keeps us away: nobody is connected to.
    expect([looked, directory?.connections()]).toEqual([0, 0]);
  });

  it.each([{}, { all: true }, { family: 4 }])('threat: the usual look-up (%o) leads no name into our own network', async (options) => {
    const answer = await new Promise((done) =>
      publicLookup('localhost', options, (error, address) => done({ code: error?.code, address })),
    );
    expect(answer).toEqual({ code: 'EACCES', address: [] });
  });
});

describe('isPublic', () => {
  it.each(['192.0.2.1', '8.8.8.8', '172.32.0.1', '2001:db8::1', '2a00::1'])('%s is of the internet', (address) => {
    expect(isPublic(address)).toBe(true);
  });
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:0:1::',
    'localhost',
  ])('%s is not', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});
