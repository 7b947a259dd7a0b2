// One connection to the team's IMAP server: how it is opened, what it is called, and its troubles in words.
import { ImapFlow } from 'imapflow';
import { Unavailable } from '#fault.ts';
import { tokenFrom } from '#post/token.ts';
import { asPeerError, connectionTrouble, oneLine } from '#post/trouble.ts';

/** Where the team's mailbox lies and how it is read. */
export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls' | 'none';
  /** Certificates to trust instead of the usual ones, in PEM, for a private CA. */
  readonly ca?: string;
  readonly user: string;
  /** A token is asked for anew at each connect and handed over by XOAUTH2. */
  readonly auth: { readonly password: string } | { readonly accessToken: () => Promise<string> };
  /** Folder names; a `/` stands for the server's own separator, its namespace prefix is added where it is missing. */
  readonly inbox: string;
  readonly done: string;
  readonly shunted: string;
  /** Bytes; a larger mail is handed out without its bytes. */
  readonly largestMail: number;
  /** Milliseconds between two looks into the inbox, also where the server pushes: a push can get lost. */
  readonly pollEvery: number;
  /** Milliseconds without a byte until a peer that owes an answer counts as gone; 60 000 when left out. */
  readonly socketTimeout?: number;
  /** Pauses between connects; one second up to five minutes when left out. */
  readonly reconnect?: { readonly first: number; readonly most: number };
  /** Pauses until a mail that was handed out and not filed comes again; 30 seconds up to an hour when left out. */
  readonly again?: { readonly first: number; readonly most: number };
  /** Numbers from 0 up to 1 that spread the pauses; Math.random when left out. */
  readonly jitter?: () => number;
}

/** How long the server may be silent where it owes an answer, in milliseconds. */
export function socketTimeoutOf(settings: MailboxSettings): number {
  return settings.socketTimeout ?? 60_000;
}

/** How the server is named in sentences and logs. */
export function peerOf(settings: MailboxSettings): string {
  return `${settings.host}:${settings.port}`;
}

/**
 * Opens a connection and logs in. Closing it is the caller's. Throws what imapflow throws; `trouble` puts it in words.
 * The signal ends an attempt that is still under way.
 */
export async function connect(settings: MailboxSettings, signal?: AbortSignal): Promise<ImapFlow> {
  const socketTimeout = socketTimeoutOf(settings);
  const credential =
    'password' in settings.auth ? { pass: settings.auth.password } : { accessToken: await tokenFrom(settings.auth.accessToken) };
  const client = new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    // Left out, imapflow would upgrade where the server offers it and go on in the clear where somebody removed the offer.
    ...(settings.tls === 'implicit' ? {} : { doSTARTTLS: settings.tls === 'starttls' }),
    ...(settings.ca === undefined ? {} : { tls: { ca: settings.ca } }),
    auth: { user: settings.user, ...credential },
    logger: false,
    clientInfo: { name: 'embargod' },
    disableCompression: true,
    connectionTimeout: Math.min(socketTimeout, 30_000),
    greetingTimeout: Math.min(socketTimeout, 16_000),
    socketTimeout,
    // A quiet link is tried out this often, so that one cut in the middle is noticed.
    maxIdleTime: Math.max(1000, Math.min(settings.pollEvery, 240_000)),
    // IDLE starts in the first lull; imapflow breaks it before the next command.
    autoIdleDelay: 100,
    maxLiteralSize: settings.largestMail + 1_048_576,
    maxResponseSize: settings.largestMail + 2_097_152,
  });
  // Without a listener an error event would end the process; the close that follows it is what we act on.
  client.on('error', () => {});
  const giveUp = () => client.close();
  signal?.addEventListener('abort', giveUp);
  try {
    if (signal?.aborted) throw new Error('stopped');
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/** Whether the server refused who we say we are. */
export function isRefusedLogin(error: unknown): boolean {
  return asPeerError(error).authenticationFailed === true;
}

/** Why the mailbox cannot be reached, in one sentence without secrets. */
export function trouble(settings: MailboxSettings, error: unknown): string {
  const { response, responseText, message } = asPeerError(error);
  const said = responseText ?? (typeof response === 'string' ? response : message);
  if (isRefusedLogin(error)) return `${peerOf(settings)} refuses the login of ${settings.user} (${oneLine(said ?? 'no reason given')})`;
  if (error instanceof Unavailable) return `the connection to ${peerOf(settings)} was lost`;
  if (responseText !== undefined) return `${peerOf(settings)} answers: ${oneLine(responseText)}`;
  return connectionTrouble(peerOf(settings), error);
}
