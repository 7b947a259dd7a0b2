// One client's session with the demo's IMAP server: what it sees of its folder, what it is told, and how its commands run.
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { flagsTold } from '#demo/imap-fetch.ts';
import type { Account, Folder, Stored } from '#demo/imap-store.ts';
import { type Command, nextCommand, openWire, type Wire } from '#demo/imap-wire.ts';
import { type Piece, Refused } from '#demo/imap-words.ts';

/** What happens to a command instead of its usual answer, or before it. */
export type Fault =
  | { readonly refuse: string }
  | { readonly drop: 'before' | 'after' }
  | { readonly delay: number }
  /** Never answers, as a link that was cut in the middle. */
  | { readonly silent: true };

/** What all sessions share. */
export interface Room {
  readonly accounts: ReadonlyMap<string, Account>;
  /** Whether the password, or the token of XOAUTH2, is right. */
  readonly knows: (user: string, secret: string, by: 'password' | 'token') => boolean;
  readonly takesTokens: boolean;
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
  readonly clock: () => Date;
  readonly without: ReadonlySet<string>;
  readonly fault: (command: Command, user: string | undefined) => Fault | undefined;
}

/** The selected folder as this client has been told of it: `view` gives mails their numbers (RFC 3501 §2.3.1.2). */
export interface Selected {
  readonly folder: Folder;
  readonly readOnly: boolean;
  readonly watch: () => void;
  view: Stored[];
  told: number;
  /** Changes this client made itself and has the answer to. */
  readonly own: Set<Stored>;
}

export interface Session {
  readonly room: Room;
  readonly wire: Wire;
  socket: Socket;
  account: Account | undefined;
  selected: Selected | undefined;
  condstore: boolean;
  idling: boolean;
  over: boolean;
  write(...pieces: Piece[]): void;
  flush(): void;
}

/** A command: answers its tagged response ("OK done"; empty when it was sent already), throws Refused for another one. */
export type Run = (session: Session, command: Command) => string | Promise<string>;

/** Serves one connection until it ends. `commands` finds what runs for a name. Never throws. */
export async function serve(socket: Socket, room: Room, commands: (name: string) => Run | undefined, greeting: string): Promise<void> {
  // Without this the kernel waits for more to send and every command costs a delayed acknowledgement (40 ms).
  socket.setNoDelay(true);
  const session = openSession(socket, room);
  session.write(`* OK ${greeting}\r\n`);
  session.flush();
  while (!session.over) {
    try {
      const command = await nextCommand(session.wire, () => {
        session.write('+ go on\r\n');
        session.flush();
      });
      if (!command) break;
      await perform(session, command, commands(command.name));
    } catch (error) {
      session.write(`* ${error instanceof Refused ? error.answer : 'BAD'}\r\n`);
    }
    session.flush();
  }
  deselect(session);
  session.socket.end();
}

async function perform(session: Session, command: Command, run: Run | undefined): Promise<void> {
  const fault = session.room.fault(command, session.account?.user);
  if (fault && 'delay' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delay));
  if (fault && 'silent' in fault) await new Promise((resolve) => session.socket.once('close', resolve));
  if (fault && 'drop' in fault && fault.drop === 'before') return drop(session);
  let answer: string;
  try {
    if (fault && 'refuse' in fault) throw new Refused(fault.refuse);
    if (!run) throw new Refused('BAD unknown command');
    answer = await run(session, command);
  } catch (error) {
    answer = error instanceof Refused ? error.answer : 'BAD cannot do that';
  }
  if (fault && 'drop' in fault) return drop(session);
  // RFC 3501 §7.4.1: no EXPUNGE while a command is answered that speaks of numbers, the client would count wrong.
  report(session, !['FETCH', 'STORE', 'SEARCH'].includes(command.name));
  if (answer !== '') session.write(`${command.tag} ${answer}\r\n`);
}

function drop(session: Session): void {
  session.over = true;
  session.socket.destroy();
}

function openSession(socket: Socket, room: Room): Session {
  let pending: Piece[] = [];
  const session: Session = {
    room,
    wire: openWire(socket),
    socket,
    account: undefined,
    selected: undefined,
    condstore: false,
    idling: false,
    over: false,
    write: (...pieces) => void pending.push(...pieces),
    flush() {
      const bytes = Buffer.concat(pending.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)));
      pending = [];
      if (bytes.length > 0 && session.socket.writable) session.socket.write(bytes);
    },
  };
  return session;
}

/** Opens a folder for the session. */
export function select(session: Session, folder: Folder, readOnly: boolean): Selected {
  deselect(session);
  let asked = false;
  const watch = () => {
    if (!session.idling || asked) return;
    asked = true;
    // A MOVE of many mails is one push, not many.
    setImmediate(() => {
      asked = false;
      if (!session.idling) return;
      report(session, true);
      session.flush();
    });
  };
  folder.watchers.add(watch);
  session.selected = { folder, readOnly, watch, view: [...folder.mails], told: folder.modseq, own: new Set() };
  return session.selected;
}

/** Closes the folder the session has open, if any. */
export function deselect(session: Session): void {
  const { selected } = session;
  selected?.folder.watchers.delete(selected.watch);
  session.selected = undefined;
}

/** Tells the client what changed in its folder since it was last told. */
export function report(session: Session, expunges: boolean): void {
  const { selected } = session;
  if (!selected || selected.told === selected.folder.modseq) return;
  const { folder, own } = selected;
  const there = new Set(folder.mails);
  const seen = new Set(selected.view);
  const gone = selected.view.filter((mail) => !there.has(mail));
  if (expunges && gone.length > 0) {
    for (let index = selected.view.length - 1; index >= 0; index -= 1) {
      const mail = selected.view[index];
      if (mail && !there.has(mail)) session.write(`* ${index + 1} EXPUNGE\r\n`);
    }
    selected.view = selected.view.filter((mail) => there.has(mail));
  }
  const changed = selected.view.filter((mail) => mail.modseq > selected.told && there.has(mail) && !own.has(mail));
  for (const mail of changed) session.write(...flagsTold(selected.view.indexOf(mail) + 1, mail, true, session.condstore));
  const fresh = folder.mails.filter((mail) => !seen.has(mail));
  selected.view = [...selected.view, ...fresh];
  if (fresh.length > 0) session.write(`* ${selected.view.length} EXISTS\r\n`);
  own.clear();
  // What was held back must be told later.
  if (expunges || gone.length === 0) selected.told = folder.modseq;
}

/** Goes on over TLS after the client was told to begin. */
export function startTls(session: Session): void {
  const { tls } = session.room;
  if (!tls) return;
  session.flush();
  const secure = new TLSSocket(session.socket, { isServer: true, secureContext: createSecureContext(tls) });
  secure.on('error', () => {});
  session.wire.use(secure);
  session.socket = secure;
}

/** Whether what is said cannot be read on the way. */
export function isSecure(session: Session): boolean {
  return session.socket instanceof TLSSocket;
}
