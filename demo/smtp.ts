// The demo's mail exchanger: takes mail by SMTP on loopback, puts it into the IMAP server's inboxes as a real one would, and keeps what leaves.
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { ImapServer } from '#demo/imap.ts';

/** Who sent a mail and who gets it, by the envelope. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** What a test may do to the server; everything holds until `clear`. */
export interface SmtpFaults {
  /** Answers RCPT, or with `at` DATA the whole mail, to that address with a code and text ("5.1.1 no such user"). */
  refuse(to: string, code: number, text?: string, at?: 'RCPT' | 'DATA'): void;
  /** Ends the connection without a word: when the recipient is named, or after the whole mail was taken and delivered. */
  drop(to: string, when: 'before' | 'after'): void;
  /** Ends all connections. */
  dropAll(): void;
  clear(): void;
}

export interface SmtpServer {
  readonly port: number;
  close(): Promise<void>;
  readonly faults: SmtpFaults;
}

/** How the server is opened. */
export interface SmtpOptions {
  readonly imap: Pick<ImapServer, 'deliver'>;
  /** Addresses with an inbox; a `+tag` in a recipient is ignored. */
  readonly accounts: readonly string[];
  /** Domains of other people: their mail goes to `onMail`. Any other recipient is refused. */
  readonly domains: readonly string[];
  /** Our name in Authentication-Results (RFC 8601 §2.5). */
  readonly authserv: string;
  /** What Authentication-Results says of a mail, "dmarc=pass header.from=example.net"; "dmarc=none" when left out. */
  readonly verdict?: (envelope: Envelope, bytes: Buffer) => string;
  readonly onMail?: (envelope: Envelope, bytes: Buffer) => void;
  readonly port?: number;
  /** Offers STARTTLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Demands a login: users with their passwords; `token` says whether one of XOAUTH2 is good. */
  readonly auth?: { readonly passwords: Readonly<Record<string, string>>; readonly token?: (user: string, token: string) => boolean };
  readonly clock?: () => Date;
}

interface Trouble {
  readonly code?: number;
  readonly text?: string;
  readonly at: 'RCPT' | 'DATA';
}

/** Opens the server on loopback. Throws when the port is taken. */
export async function openSmtpServer(options: SmtpOptions): Promise<SmtpServer> {
  const accounts = new Set(options.accounts.map((address) => address.toLowerCase()));
  const domains = new Set(options.domains.map((domain) => domain.toLowerCase()));
  const clock = options.clock ?? (() => new Date());
  const troubles = new Map<string, Trouble>();

  const trouble = (to: string, at: Trouble['at']) => {
    const found = troubles.get(to.toLowerCase());
    return found?.at === at ? found : undefined;
  };

  const server = new SMTPServer({
    name: options.authserv,
    banner: 'embargod demo',
    logger: false,
    disableReverseLookup: true,
    size: 52_428_800,
    disabledCommands: [...(options.tls ? [] : ['STARTTLS']), ...(options.auth ? [] : ['AUTH'])],
    ...(options.tls ?? {}),
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth({ method, username = '', password = '', accessToken = '' }, _session, done) {
      const good = method === 'XOAUTH2' ? options.auth?.token?.(username, accessToken) : options.auth?.passwords[username] === password;
      if (good) return done(null, { user: username });
      done(refusal(535, '5.7.8 wrong user or password'));
    },
    onRcptTo({ address }, session, done) {
      const fault = trouble(address, 'RCPT');
      if (fault) return fault.code === undefined ? drop(session) : done(refusal(fault.code, fault.text));
      const known = accounts.has(withoutTag(address)) || domains.has(domainOf(address));
      done(known ? null : refusal(550, '5.1.1 no such user here'));
    },
    onData(stream, session, done) {
      read(stream).then((bytes) => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        const fault = recipients.map((address) => trouble(address, 'DATA')).find((found) => found !== undefined);
        if (fault?.code !== undefined) return done(refusal(fault.code, fault.text));
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 too large'));
        take({ from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '', to: recipients }, bytes, session);
        if (fault) return drop(session);
        done(null, '2.0.0 taken');
      }, done);
    },
  });
  server.on('error', () => {});

  function drop({ id }: SMTPServerSession): void {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  }

  function take(envelope: Envelope, bytes: Buffer, session: SMTPServerSession): void {
    const outside = envelope.to.filter((address) => !accounts.has(withoutTag(address)));
    if (outside.length > 0) options.onMail?.({ from: envelope.from, to: outside }, bytes);
    const results = `Authentication-Results: ${options.authserv}; ${options.verdict?.(envelope, bytes) ?? 'dmarc=none'}\r\n`;
    const at = clock();
    for (const address of envelope.to.filter((one) => !outside.includes(one))) {
      const path = `Return-Path: <${envelope.from}>\r\nDelivered-To: ${address}\r\n`;
      const from = `from ${session.hostNameAppearsAs || 'unknown'} ([${session.remoteAddress}])`;
      const received = `Received: ${from} by ${options.authserv} with ${session.transmissionType} id ${session.id}\r\n for <${address}>; ${dateOf(at)}\r\n`;
      const added = Buffer.from(path + received + results, 'latin1');
      options.imap.deliver(withoutTag(address), Buffer.concat([added, withoutForged(bytes, options.authserv)]), at);
    }
  }

  await new Promise<void>((resolve, fail) => {
    server.server.once('error', fail);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const dropAll = () => {
    for (const connection of server.connections) connection._socket.destroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    faults: {
      refuse: (to, code, text = '', at = 'RCPT') => void troubles.set(to.toLowerCase(), { code, text, at }),
      drop: (to, when) => void troubles.set(to.toLowerCase(), { at: when === 'before' ? 'RCPT' : 'DATA' }),
      dropAll,
      clear: () => troubles.clear(),
    },
    async close() {
      dropAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function refusal(code: number, text = ''): Error {
  return Object.assign(new Error(text || 'refused'), { responseCode: code });
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function withoutTag(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*(?=@)/, '');
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function dateOf(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}

/** RFC 8601 §5: a field that claims to be ours and came from outside is taken away. */
function withoutForged(bytes: Buffer, authserv: string): Buffer {
  const end = bytes.indexOf('\r\n\r\n');
  const header = end < 0 ? bytes : bytes.subarray(0, end + 2);
  const lines = header.toString('latin1').split(/(?<=\n)(?![ \t])/);
  const kept = lines.filter((line) => {
    const [, by] = /^authentication-results\s*:\s*([\w.-]*)/i.exec(line) ?? [];
    return by?.toLowerCase() !== authserv.toLowerCase();
  });
  return Buffer.concat([Buffer.from(kept.join(''), 'latin1'), bytes.subarray(header.length)]);
}
