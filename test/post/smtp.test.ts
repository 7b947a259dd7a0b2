// What becomes of letters: each way a relay can answer, fall silent or lie about itself.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSmtpServer, type SmtpServer } from '#demo/smtp.ts';
import { openRelay, type Relay, type RelaySettings, tryRelay } from '#post/smtp.ts';
import { foreignTls, localTls } from '#test/post/certificates.ts';

const settings = { host: '127.0.0.1', tls: 'none', connections: 2, timeout: 2000, name: 'embargod.example.test' } as const;
const letter = (to: string, size = 100) => ({
  from: 'security@example.test',
  to,
  bytes: Buffer.from(`From: security@example.test\r\nTo: ${to}\r\nMessage-ID: <1@example.test>\r\n\r\n${'.line\r\n'.repeat(size / 7)}`),
});

/** Every relay is closed whatever its test says. */
async function withRelay<T>(of: Partial<RelaySettings> & { port: number }, use: (relay: Relay) => Promise<T>): Promise<T> {
  const relay = openRelay({ ...settings, ...of });
  try {
    return await use(relay);
  } finally {
    await relay.close();
  }
}

describe('a relay that answers', () => {
  let server: SmtpServer;
  const taken: { from: string; to: readonly string[]; bytes: Buffer }[] = [];
  beforeAll(async () => {
    const collect = {
      onMail: (envelope: { from: string; to: readonly string[] }, bytes: Buffer) => void taken.push({ ...envelope, bytes }),
    };
    server = await openSmtpServer({
      imap: { deliver() {} },
      accounts: [],
      domains: ['vendor.test'],
      authserv: 'mx.example.test',
      ...collect,
    });
  });
  beforeEach(() => {
    taken.length = 0;
    server.faults.clear();
  });
  afterAll(() => server.close());

  const hand = (to: string) => withRelay({ port: server.port }, (relay) => relay.hand(letter(to)));

  test('takes a letter, byte for byte', async () => {
    expect(await hand('a@vendor.test')).toEqual({ outcome: 'accepted', response: '250 2.0.0 taken' });
    expect(taken).toEqual([{ from: 'security@example.test', to: ['a@vendor.test'], bytes: letter('a@vendor.test').bytes }]);
  });

  test('takes the null sender', async () => {
    const answer = await withRelay({ port: server.port }, (relay) => relay.hand({ ...letter('a@vendor.test'), from: '' }));
    expect(answer.outcome).toBe('accepted');
    expect(taken[0]?.from).toBe('');
  });

  test('takes many letters with the same bytes over few connections', async () => {
    const { bytes } = letter('all', 10_000);
    const answers = await withRelay({ port: server.port }, (relay) =>
      Promise.all(Array.from({ length: 200 }, (_, at) => relay.hand({ from: 'security@example.test', to: `a${at}@vendor.test`, bytes }))),
    );
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    expect(new Set(taken.map(({ to }) => to[0])).size).toBe(200);
  });

  test.each([
    [421, '4.3.2 closing', 'RCPT', 'temporary', '4.3.2'],
    [451, '4.7.1 greylisted', 'RCPT', 'temporary', '4.7.1'],
    [450, '4.2.1 busy', 'DATA', 'temporary', '4.2.1'],
    [550, '5.1.1 no such user', 'RCPT', 'permanent', '5.1.1'],
    [552, '5.3.4 too large', 'DATA', 'permanent', '5.3.4'],
    [552, '5.5.3 too many recipients', 'RCPT', 'temporary', '5.5.3'],
    [530, '5.7.0 log in first', 'RCPT', 'temporary', '5.7.0'],
    [421, '4.3.2 closing', 'DATA', 'temporary', '4.3.2'],
  ] as const)('reads %s %s at %s as %s', async (code, text, at, outcome, status) => {
    server.faults.refuse('a@vendor.test', code, text, at);
    expect(await hand('a@vendor.test')).toEqual({ outcome, status, response: `${code} ${text}` });
  });

  test('reads a refusal without an enhanced code', async () => {
    server.faults.refuse('a@vendor.test', 554, 'go away');
    expect(await hand('a@vendor.test')).toEqual({ outcome: 'permanent', response: '554 go away' });
  });

  test('a lost connection before the bytes left means: try again', async () => {
    server.faults.drop('a@vendor.test', 'before');
    expect(await hand('a@vendor.test')).toMatchObject({ outcome: 'temporary', response: expect.stringContaining('closed the connection') });
    expect(taken).toHaveLength(0);
  });

  test('a lost connection after the bytes left means: nobody knows', async () => {
    server.faults.drop('a@vendor.test', 'after');
    expect(await hand('a@vendor.test')).toMatchObject({ outcome: 'unknown' });
    expect(taken).toHaveLength(1);
  });

  test.each([
    'a@b\r\nRCPT TO:<x@vendor.test>',
    'a@b.test <x@vendor.test>',
    'a@b.test,x@vendor.test',
    'x@vendor.test (a@b.test)',
    'group: x@vendor.test;',
    'nobody',
    '',
  ])('what is not one plain address is refused for good: %j', async (to) => {
    expect(await hand(to)).toMatchObject({ outcome: 'permanent' });
    expect(taken).toHaveLength(0);
  });

  test('goes on after a refusal and after a connection that ended in between', async () => {
    await withRelay({ port: server.port, connections: 1 }, async (relay) => {
      server.faults.refuse('b@vendor.test', 550);
      expect((await relay.hand(letter('b@vendor.test'))).outcome).toBe('permanent');
      expect((await relay.hand(letter('a@vendor.test'))).outcome).toBe('accepted');
      server.faults.dropAll();
      expect((await relay.hand(letter('a@vendor.test'))).outcome).toBe('accepted');
    });
    expect(taken).toHaveLength(2);
  });

  test('nothing is handed over after the end', async () => {
    const relay = openRelay({ ...settings, port: server.port });
    await relay.close();
    expect(await relay.hand(letter('a@vendor.test'))).toMatchObject({ outcome: 'temporary' });
  });
});

describe('a relay with TLS and login', () => {
  let server: SmtpServer;
  beforeAll(async () => {
    const auth = { passwords: { ann: 'secret' }, token: (user: string, token: string) => user === 'ann' && token === 'fresh' };
    const tls = localTls;
    server = await openSmtpServer({
      imap: { deliver() {} },
      accounts: [],
      domains: ['vendor.test'],
      authserv: 'mx.example.test',
      tls,
      auth,
    });
  });
  afterAll(() => server.close());
  const secure = { tls: 'starttls', ca: localTls.cert } as const;
  const hand = (of: Partial<RelaySettings>) =>
    withRelay({ port: server.port, ...secure, ...of }, (relay) => relay.hand(letter('a@vendor.test')));

  test('takes a letter', async () => {
    expect(await hand({ auth: { user: 'ann', password: 'secret' } })).toMatchObject({ outcome: 'accepted' });
  });

  test('takes a token, asked for anew', async () => {
    let asked = 0;
    const accessToken = async () => {
      asked += 1;
      return 'fresh';
    };
    expect(await hand({ auth: { user: 'ann', accessToken } })).toMatchObject({ outcome: 'accepted' });
    expect(asked).toBe(1);
  });

  test('a wrong password waits for the operator and is not told', async () => {
    const auth = { user: 'ann', password: 'hunter2' };
    const answer = await hand({ auth });
    expect(answer).toMatchObject({ outcome: 'temporary', response: expect.stringMatching(/refuses the login of ann/) });
    expect(await tryRelay({ ...settings, ...secure, port: server.port, auth })).toEqual([answer.response]);
    expect(answer.response).not.toContain('hunter2');
  });

  test('a token that cannot be had waits', async () => {
    const accessToken = () => Promise.reject(new Error('refused: client_secret=hunter2'));
    const answer = await hand({ auth: { user: 'ann', accessToken } });
    expect(answer).toMatchObject({ outcome: 'temporary', response: expect.stringContaining('no access token could be had') });
    expect(answer.response).not.toContain('hunter2');
  });

  test('no login where one is wanted waits', async () => {
    expect(await hand({})).toMatchObject({ outcome: 'temporary', response: expect.stringContaining('530') });
  });

  test('a certificate nobody vouches for waits', async () => {
    const answer = await hand({ ca: foreignTls.cert, auth: { user: 'ann', password: 'secret' } });
    expect(answer).toMatchObject({ outcome: 'temporary', response: expect.stringMatching(/certificate .* is not trusted/) });
  });

  test('is tried without sending', async () => {
    expect(await tryRelay({ ...settings, ...secure, port: server.port, auth: { user: 'ann', password: 'secret' } })).toEqual([]);
  });
});

describe('a relay that is not one', () => {
  const open: Server[] = [];
  const sockets: Socket[] = [];
  async function peer(greet: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      greet(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(server);
    return (server.address() as AddressInfo).port;
  }
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of open) server.close();
  });

  const cases: [string, (socket: Socket) => void, Partial<RelaySettings>, RegExp][] = [
    ['says nothing', () => {}, { timeout: 300 }, /says nothing|does not answer/],
    ['hangs up', (socket) => socket.destroy(), {}, /closed the connection|lost/],
    ['is closed for us', (socket) => socket.write('554 5.3.2 no service\r\n'), {}, /554 5.3.2/],
    ['talks otherwise', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n'), {}, /./],
    [
      'has no STARTTLS',
      (socket) => void socket.on('data', () => socket.write('250 hi\r\n')).write('220 hi\r\n'),
      { tls: 'starttls' },
      /TLS/,
    ],
    ['has no TLS', (socket) => socket.write('220 hi\r\n'), { tls: 'implicit' }, /TLS/],
  ];
  test.each(cases)('that %s: the letter waits', async (_, greet, of, why) => {
    const port = await peer(greet);
    const answer = await withRelay({ port, timeout: 2000, ...of }, (relay) => relay.hand(letter('a@vendor.test')));
    expect(answer).toMatchObject({ outcome: 'temporary', response: expect.stringMatching(why) });
    expect(await tryRelay({ ...settings, port, ...of })).toHaveLength(1);
  });

  test('that is not there: the letter waits', async () => {
    const port = await peer(() => {});
    await new Promise((resolve) => open.pop()?.close(resolve));
    const answer = await withRelay({ port }, (relay) => relay.hand(letter('a@vendor.test')));
    expect(answer).toEqual({ outcome: 'temporary', response: `nothing listens at 127.0.0.1:${port}` });
  });

  test('that falls silent after the bytes: nobody knows', async () => {
    const port = await peer((socket) => {
      const answers = ['250 hi\r\n', '250 ok\r\n', '250 ok\r\n', '354 go\r\n'];
      socket.on('data', () => void (answers.length > 0 && socket.write(answers.shift() ?? '')));
      socket.write('220 hi\r\n');
    });
    const answer = await withRelay({ port, timeout: 500 }, (relay) => relay.hand(letter('a@vendor.test')));
    expect(answer).toMatchObject({ outcome: 'unknown' });
  });
});
