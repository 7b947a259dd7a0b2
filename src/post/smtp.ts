// Handing letters to the relay by SMTP, and saying honestly what became of them: taken, refused, wait, or nobody knows.
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { atMost } from '#post/pause.ts';
import { tokenFrom } from '#post/token.ts';
import { asPeerError, connectionTrouble, oneLine, type PeerError } from '#post/trouble.ts';

/** The server that takes our letters. */
export interface RelaySettings {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** Certificates to trust instead of the usual ones, in PEM, for a private CA. */
  readonly ca?: string;
  /** A token is asked for anew when a connection needs one and handed over by XOAUTH2. */
  readonly auth?:
    | { readonly user: string; readonly password: string }
    | { readonly user: string; readonly accessToken: () => Promise<string> };
  /** The most connections at a time. */
  readonly connections: number;
  /** Milliseconds the relay may be silent where it owes an answer. */
  readonly timeout: number;
  /** How we call ourselves in EHLO. */
  readonly name?: string;
}

/** A letter ready to leave: an empty `from` is the null sender of RFC 5321 §4.5.5. */
export interface Departing {
  readonly from: string;
  readonly to: string;
  readonly bytes: Buffer;
}

/** What became of a letter; `status` is the enhanced code of RFC 3463 where the relay gave one. */
export type HandOver =
  | { readonly outcome: 'accepted'; readonly response: string }
  | { readonly outcome: 'temporary' | 'permanent'; readonly status?: string; readonly response: string }
  /** The connection was lost after all bytes had gone out and before the answer came: the letter may have been taken. */
  | { readonly outcome: 'unknown'; readonly response: string };

export interface Relay {
  /** Hands over one letter to one recipient. Never throws for what the relay does. */
  hand(letter: Departing): Promise<HandOver>;
  /** Waits for the letters under way as long as the relay may be silent, then closes. */
  close(): Promise<void>;
}

/** How far a letter's bytes have gone: the bytes are read only after the relay said 354. */
interface Progress {
  finished: boolean;
}

/** Opens the relay; connections are made when the first letter leaves. */
export function openRelay(settings: RelaySettings): Relay {
  const transport = createTransport({
    ...options(settings),
    pool: true,
    maxConnections: settings.connections,
    maxMessages: 100,
    maxRequeues: 2,
  });
  // What befalls a connection that carries no letter is nobody's business: the next letter opens another one.
  transport.on('error', () => {});
  giveTokens(transport, settings);
  const departing = new WeakMap<Buffer, Progress>();
  transport.use('stream', (mail, done) => {
    const { raw } = mail.data;
    const progress = Buffer.isBuffer(raw) ? departing.get(raw) : undefined;
    if (Buffer.isBuffer(raw) && progress) mail.message.createReadStream = () => told(raw, progress);
    done();
  });
  const under = new Set<Promise<HandOver>>();

  async function send({ from, to, bytes }: Departing): Promise<HandOver> {
    if (!isPlainAddress(to) || (from !== '' && !isPlainAddress(from)))
      return { outcome: 'permanent', response: 'not a plain mail address' };
    // The same bytes may be on the way to somebody else: a view of its own tells the letters apart.
    const raw = bytes.subarray();
    const progress: Progress = { finished: false };
    departing.set(raw, progress);
    try {
      const { response } = await transport.sendMail({ envelope: { from, to: [to] }, raw });
      return { outcome: 'accepted', response: oneLine(response) };
    } catch (error) {
      return outcome(settings, asPeerError(error), progress);
    }
  }

  return {
    hand(letter) {
      const sent = send(letter);
      under.add(sent);
      return sent.finally(() => under.delete(sent));
    },
    async close() {
      await atMost(settings.timeout, Promise.all(under));
      transport.close({ force: true });
    },
  };
}

/** Tries the relay once, up to the login, and says what is wrong; an empty list is good news. Sends nothing. */
export async function tryRelay(settings: RelaySettings): Promise<string[]> {
  const transport = createTransport(options({ ...settings, timeout: Math.min(settings.timeout, 10_000) }));
  giveTokens(transport, settings);
  try {
    await transport.verify();
    return [];
  } catch (error) {
    return [trouble(settings, asPeerError(error))];
  } finally {
    transport.close();
  }
}

/**
 * One addr-spec and nothing else. nodemailer reads an envelope address as a header would be read: from "a@b <x@evil>" it would write to
 * somebody else. Quoted local parts and address literals are refused with it, nobody on a list has one.
 */
function isPlainAddress(address: string): boolean {
  return address.length <= 320 && /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u.test(address);
}

function options(settings: RelaySettings) {
  const { host, port, tls, ca, auth, timeout, name } = settings;
  return {
    host,
    port,
    secure: tls === 'implicit',
    // Left alone, nodemailer would go on in the clear where somebody removed the offer of STARTTLS.
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(auth === undefined ? {} : { auth: credentials(auth), forceAuth: true }),
    ...(name === undefined ? {} : { name }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function credentials(auth: NonNullable<RelaySettings['auth']>) {
  return 'password' in auth ? { user: auth.user, pass: auth.password } : { type: 'OAuth2' as const, user: auth.user };
}

type GiveToken = (user: string, renew: boolean, answer: (error: Error | null, token?: string) => void) => void;

function giveTokens(transport: { set(key: string, value: unknown): unknown }, { auth }: RelaySettings): void {
  if (!auth || !('accessToken' in auth)) return;
  const give: GiveToken = (_user, _renew, answer) => {
    tokenFrom(auth.accessToken).then(
      (token) => answer(null, token),
      (error: Error) => answer(error),
    );
  };
  transport.set('oauth2_provision_cb', give);
}

function told(bytes: Buffer, progress: Progress): Readable {
  // A connection that ends without an error lets nodemailer queue the letter again; once all bytes went out that would be a second letter.
  const again = progress.finished;
  let at = 0;
  return new Readable({
    read() {
      if (again) return void this.destroy(new Error('the connection was lost'));
      const next = bytes.subarray(at, at + 65_536);
      at += next.length;
      if (next.length > 0) this.push(next);
      if (at < bytes.length) return;
      progress.finished = true;
      this.push(null);
    },
  });
}

/** Sorts a failed attempt. RFC 5321 §4.2.1: 4yz may work later, 5yz will not; all else turns on how far the letter had gone. */
function outcome(settings: RelaySettings, error: PeerError, progress: Progress): HandOver {
  const said = typeof error.response === 'string' ? oneLine(error.response) : '';
  const code = /^([245]\d\d)[ -]?(?:([245]\.\d{1,3}\.\d{1,3})\b)?/.exec(said);
  const status = code?.[2] === undefined ? {} : { status: code[2] };
  const about = /^(MAIL FROM|RCPT TO|DATA)$/.test(error.command ?? '');
  if (code && about) {
    const number = Number(code[1]);
    if (number >= 500 && !ours.has(number) && !(number === 552 && error.command === 'RCPT TO'))
      return { outcome: 'permanent', ...status, response: said };
    return { outcome: 'temporary', ...status, response: said };
  }
  // Refused before anything was said to the relay: an address that cannot be put into an envelope never will be.
  if (!code && error.code === 'EENVELOPE') return { outcome: 'permanent', response: oneLine(error.message ?? 'impossible address') };
  const response = code && error.code !== 'EAUTH' ? said : trouble(settings, error);
  if (progress.finished && !code) return { outcome: 'unknown', response };
  return { outcome: 'temporary', ...status, response };
}

/**
 * Refusals that are about us and not about the letter: TLS or a login is missing (530, 534, 535, 538), commands in the wrong order (503).
 * The operator mends them and the letters wait. So does 552 to RCPT, which means "too many recipients" (RFC 5321 §4.5.3.1.10).
 */
const ours = new Set([503, 530, 534, 535, 538]);

function trouble({ host, port, auth }: RelaySettings, error: PeerError): string {
  const peer = `${host}:${port}`;
  const said = typeof error.response === 'string' ? oneLine(error.response) : '';
  if (error.code === 'EAUTH' || error.code === 'EOAUTH2' || error.code === 'ENOAUTH')
    return `${peer} refuses the login of ${auth?.user ?? 'nobody'} (${said || oneLine(error.message ?? 'no reason given')})`;
  return said ? `${peer} answers: ${said}` : connectionTrouble(peer, error);
}
