// A small IMAP4rev1 server in memory for the demo and the tests, with the faults that real ones show.
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { capabilities, generalCommands } from '#demo/imap-commands.ts';
import { mailCommands } from '#demo/imap-mails.ts';
import { type Fault, type Room, serve } from '#demo/imap-session.ts';
import { type Account, addMail, createFolder, type Folder, folderNamed, openAccount, renumber } from '#demo/imap-store.ts';
import type { Command } from '#demo/imap-wire.ts';

/** What a test may do to the server. */
export interface ImapFaults {
  /** Asked before each command; undefined lets it run. `name` is in upper case: "UID MOVE". */
  command: ((command: Pick<Command, 'name' | 'rest'>, user: string | undefined) => Fault | undefined) | undefined;
  /** Capabilities that are neither offered nor obeyed: MOVE, UIDPLUS, IDLE. */
  readonly without: Set<string>;
  /** Ends all connections without a word. */
  dropAll(): void;
  /** Numbers a folder afresh under a new UIDVALIDITY; sessions of that user end, as they do with real servers. */
  resetUidValidity(user: string, mailbox: string): void;
}

/** A mail as a test sees it. */
export interface StoredMail {
  readonly uid: number;
  readonly bytes: Buffer;
  readonly flags: readonly string[];
}

export interface ImapServer {
  readonly port: number;
  /** Puts a mail into the user's inbox and tells whoever watches it. Throws for an unknown user. */
  deliver(user: string, bytes: Buffer, at?: Date): void;
  /** The mails of a folder in order; none for a folder that does not exist. */
  mailbox(user: string, name: string): readonly StoredMail[];
  close(): Promise<void>;
  readonly faults: ImapFaults;
}

/** How the server is opened: accounts are addresses with their passwords. */
export interface ImapOptions {
  readonly accounts: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Offers STARTTLS; with `implicit` the port speaks nothing but TLS. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly implicit?: boolean };
  readonly clock?: () => Date;
  /** Offers XOAUTH2 and says whether a token is good. */
  readonly token?: (user: string, token: string) => boolean;
}

/** Opens the server on loopback. Throws when the port is taken. */
export async function openImapServer(options: ImapOptions): Promise<ImapServer> {
  const passwords = new Map(Object.entries(options.accounts).map(([user, password]) => [user.toLowerCase(), password]));
  const accounts = new Map<string, Account>([...passwords.keys()].map((user) => [user, openAccount(user)]));
  const clock = options.clock ?? (() => new Date());
  const open = new Set<Socket>();
  const faults: ImapFaults = {
    command: undefined,
    without: new Set(),
    dropAll: () => {
      for (const socket of open) socket.destroy();
    },
    resetUidValidity(user, mailbox) {
      renumber(folder(user, mailbox));
      faults.dropAll();
    },
  };
  const room: Room = {
    accounts,
    knows: (user, secret, by) => (by === 'password' ? passwords.get(user) === secret : options.token?.(user, secret) === true),
    takesTokens: options.token !== undefined,
    tls: options.tls,
    clock,
    without: faults.without,
    fault: (command, user) => faults.command?.(command, user),
  };

  function folder(user: string, name: string): Folder {
    const account = accounts.get(user.toLowerCase());
    const found = account && (folderNamed(account, name) ?? createFolder(account, name));
    if (!found) throw new Error(`no such account: ${user}`);
    return found;
  }

  const commands = (name: string) =>
    name === 'IDLE' && faults.without.has('IDLE') ? undefined : (generalCommands[name] ?? mailCommands[name]);
  const accept = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
    void serve(socket, room, commands, `[CAPABILITY ${capabilities(room, options.tls?.implicit === true)}] ready`);
  };
  const server: Server = options.tls?.implicit ? createTlsServer(options.tls, accept) : createServer(accept);
  await new Promise<void>((resolve, fail) => server.once('error', fail).listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    faults,
    deliver: (user, bytes, at) => void addMail(folder(user, 'INBOX'), bytes, [], at ?? clock()),
    mailbox(user, name) {
      const account = accounts.get(user.toLowerCase());
      const mails = (account && folderNamed(account, name)?.mails) ?? [];
      return mails.map(({ uid, bytes, flags }) => ({ uid, bytes, flags: [...flags] }));
    },
    async close() {
      faults.dropAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
