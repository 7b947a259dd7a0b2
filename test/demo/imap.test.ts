// The demo's IMAP server passes what real servers pass, and speaks to clients other than ours.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ImapServer, openImapServer } from '#demo/imap.ts';
import { battery } from '#test/imap-battery.ts';

const user = 'security@example.test';

describe('the battery', () => {
  let server: ImapServer;
  beforeAll(async () => {
    server = await openImapServer({ accounts: { [user]: 'secret' } });
  });
  afterAll(() => server.close());
  battery(() => ({
    port: server.port,
    user,
    password: 'secret',
    drop: () => server.faults.dropAll(),
    renumber: () => server.faults.resetUidValidity(user, 'INBOX'),
  }));
});

/** Says the lines one after the other and answers all that came back. */
async function talk(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  socket.write(lines.map((line) => `${line}\r\n`).join(''));
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

describe('the words of other clients', () => {
  let server: ImapServer;
  beforeAll(async () => {
    server = await openImapServer({ accounts: { [user]: 'se"c ret' }, clock: () => new Date('2026-11-07T10:00:00Z') });
    const nested = 'Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninside\r\n';
    const parts = `--x\r\n\r\nfirst\r\n--x\r\n${nested}--x--\r\n`;
    server.deliver(
      user,
      Buffer.from(`From: a@b.test\r\nSubject: caf\xe9\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${parts}`, 'latin1'),
    );
  });
  afterAll(() => server.close());
  const login = 'a LOGIN security@example.test "se\\"c ret"';

  test('reads pipelined commands, quoted strings and lower case', async () => {
    const heard = await talk(server.port, [login, 'b select INBOX', 'c uid search 1:* not deleted', 'd logout']);
    expect(heard).toMatch(/a OK .*b OK \[READ-WRITE\].*\* SEARCH 1\r\nc OK.*\* BYE.*d OK/s);
  });

  test('answers what NeoMutt and Thunderbird ask', async () => {
    const headers = 'UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)]';
    const heard = await talk(server.port, [
      login,
      'b EXAMINE INBOX',
      `c FETCH 1 (${headers})`,
      'd UID FETCH 1 (BODY[]<0.10> BODY.PEEK[2.HEADER] BODY.PEEK[2.1] BODY.PEEK[9])',
      'e UID FETCH 1 (BODYSTRUCTURE ENVELOPE)',
      'f LSUB "" "*"',
      'g LIST "" ""',
      'h LOGOUT',
    ]);
    expect(heard).toContain('INTERNALDATE " 7-Nov-2026 10:00:00 +0000"');
    expect(heard).toContain('BODY[HEADER.FIELDS (DATE FROM SUBJECT)] {33}\r\nFrom: a@b.test\r\nSubject: caf\xe9\r\n\r\n)');
    expect(heard).toContain('BODY[]<0> {10}\r\nFrom: a@b.');
    expect(heard).toContain('BODY[2.HEADER] {18}\r\nSubject: inner\r\n\r\n BODY[2.1] {6}\r\ninside BODY[9] NIL');
    expect(heard).toContain('("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 24 (NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL)');
    expect(heard).toContain('* LSUB (\\HasNoChildren) "/" "INBOX"');
    expect(heard).toContain('* LIST (\\Noselect) "/" ""');
  });

  test('refuses nonsense and goes on', async () => {
    const heard = await talk(server.port, [
      login,
      'nonsense',
      'b FETCH 1 (FLAGS)',
      'c FROB',
      'd NOOP ((',
      'e SELECT "x',
      'f SELECT No',
      'g LOGOUT',
    ]);
    expect(heard).toMatch(/\* BAD not a command\r\nb BAD open.*c BAD unknown.*d OK.*e BAD missing quote.*f NO \[NONEXISTENT\].*g OK/s);
  });

  test('obeys its faults', async () => {
    server.faults.without.add('MOVE');
    server.faults.command = ({ name }) => (name === 'NOOP' ? { refuse: 'NO not now' } : name === 'CHECK' ? { drop: 'before' } : undefined);
    const heard = await talk(server.port, [login, 'b NOOP', 'c CAPABILITY', 'd CHECK']);
    server.faults.command = undefined;
    server.faults.without.clear();
    expect(heard).toContain('b NO not now\r\n');
    expect(heard.slice(heard.indexOf('b NO'))).not.toContain('MOVE');
    expect(heard).not.toContain('d ');
  });
});
