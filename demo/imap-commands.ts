// The commands of the demo's IMAP server that need no folder open: login, folders, APPEND, SELECT (RFC 3501 §6.1–6.3).
import { deselect, isSecure, type Room, type Run, report, type Session, select, startTls } from '#demo/imap-session.ts';
import { type Account, addMail, createFolder, type Folder, folderNamed, hasFlag } from '#demo/imap-store.ts';
import { atomOf, isList, listOf, nstring, Refused, readDate, textOf, type Word, words } from '#demo/imap-words.ts';

const offered = 'IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE UNSELECT UIDPLUS MOVE CONDSTORE SPECIAL-USE CHILDREN'.split(' ');

/** What the server can do, for CAPABILITY and the greeting. */
export function capabilities(room: Room, secure: boolean): string {
  const tls = room.tls && !secure ? ['STARTTLS'] : [];
  const auth = ['AUTH=PLAIN', ...(room.takesTokens ? ['AUTH=XOAUTH2'] : [])];
  return [...offered, ...tls, ...auth].filter((name) => !room.without.has(name)).join(' ');
}

function user(session: Session): Account {
  if (!session.account) throw new Refused('NO log in first');
  return session.account;
}

function existing(session: Session, word: Word | undefined, code = 'NONEXISTENT'): Folder {
  const folder = folderNamed(user(session), textOf(word));
  if (!folder) throw new Refused(`NO [${code}] no such folder`);
  return folder;
}

function login(session: Session, name: string, secret: string, by: 'password' | 'token'): string {
  const account = session.room.accounts.get(name.toLowerCase());
  if (!account || !session.room.knows(account.user, secret, by)) throw new Refused('NO [AUTHENTICATIONFAILED] wrong user or password');
  session.account = account;
  return `OK [CAPABILITY ${capabilities(session.room, isSecure(session))}] welcome`;
}

const authenticate: Run = async (session, { rest }) => {
  const [kind = '', initial] = rest.split(' ');
  let answer = initial;
  if (answer === undefined) {
    session.write('+ \r\n');
    session.flush();
    answer = await session.wire.line();
  }
  const said = Buffer.from(answer ?? '', 'base64').toString();
  if (kind.toUpperCase() === 'PLAIN') {
    const [, name = '', password = ''] = said.split('\0');
    return login(session, name, password, 'password');
  }
  if (kind.toUpperCase() !== 'XOAUTH2' || !session.room.takesTokens) throw new Refused('NO [CANNOT] not offered');
  const [name = '', token = ''] = said.split('\u0001').map((field) => field.replace(/^(user=|auth=Bearer )/, ''));
  try {
    return login(session, name, token, 'token');
  } catch (refused) {
    session.write(`+ ${Buffer.from('{"status":"401"}').toString('base64')}\r\n`);
    session.flush();
    await session.wire.line();
    throw refused;
  }
};

const list: Run = (session, { name, rest, literals }) => {
  const asked = words(rest, literals).filter((word) => !isList(word));
  const [reference, pattern = ''] = [textOf(asked[0]), textOf(asked[1])];
  if (pattern === '') session.write(`* ${name} (\\Noselect) "/" ""\r\n`);
  const escaped = `${reference}${pattern}`.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const matches = new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/%/g, '[^/]*')}$`, 'i');
  const folders = [...user(session).folders.values()];
  for (const folder of folders.filter((one) => pattern !== '' && matches.test(one.name) && (name === 'LIST' || one.subscribed))) {
    const children = folders.some((other) => other.name.startsWith(`${folder.name}/`));
    const flags = [children ? '\\HasChildren' : '\\HasNoChildren', folder.specialUse].filter(Boolean).join(' ');
    session.write(`* ${name} (${flags}) "/" `, ...nstring(folder.name), '\r\n');
  }
  return 'OK done';
};

const openFolder: Run = (session, { name, rest, literals }) => {
  deselect(session);
  const [word, options] = words(rest, literals);
  const folder = existing(session, word);
  if (options && listOf(options).some((option) => atomOf(option) === 'CONDSTORE')) session.condstore = true;
  const { view } = select(session, folder, name === 'EXAMINE');
  session.write('* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n');
  session.write(`* OK [PERMANENTFLAGS (${name === 'EXAMINE' ? '' : '\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*'})] flags\r\n`);
  session.write(`* ${view.length} EXISTS\r\n* 0 RECENT\r\n`);
  const unseen = view.findIndex((mail) => !hasFlag(mail, '\\Seen'));
  if (unseen >= 0) session.write(`* OK [UNSEEN ${unseen + 1}] first unseen\r\n`);
  session.write(`* OK [UIDVALIDITY ${folder.uidValidity}] valid\r\n* OK [UIDNEXT ${folder.uidNext}] next\r\n`);
  session.write(`* OK [HIGHESTMODSEQ ${folder.modseq}] highest\r\n`);
  return `OK [${name === 'EXAMINE' ? 'READ-ONLY' : 'READ-WRITE'}] opened`;
};

const status: Run = (session, { rest, literals }) => {
  const [word, asked] = words(rest, literals);
  const folder = existing(session, word);
  const count = (flag: string) => folder.mails.filter((mail) => hasFlag(mail, flag)).length;
  const values: Record<string, () => number> = {
    MESSAGES: () => folder.mails.length,
    RECENT: () => 0,
    UIDNEXT: () => folder.uidNext,
    UIDVALIDITY: () => folder.uidValidity,
    UNSEEN: () => folder.mails.length - count('\\Seen'),
    DELETED: () => count('\\Deleted'),
    HIGHESTMODSEQ: () => folder.modseq,
    SIZE: () => folder.mails.reduce((sum, mail) => sum + mail.bytes.length, 0),
  };
  const told = listOf(asked).flatMap((item) => {
    const name = atomOf(item) ?? '';
    const value = values[name];
    return value ? [`${name} ${value()}`] : [];
  });
  session.write('* STATUS ', ...nstring(folder.name), ` (${told.join(' ')})\r\n`);
  return 'OK done';
};

const append: Run = (session, { rest, literals }) => {
  const [word, ...others] = words(rest, literals);
  const folder = existing(session, word, 'TRYCREATE');
  const bytes = literals.at(-1);
  if (!bytes) throw new Refused('BAD the mail is missing');
  const flags = others.filter(isList).flatMap((flag) => flag.map(textOf));
  const date = others.slice(0, -1).find((other) => !isList(other));
  const at = date ? readDate(textOf(date)) : session.room.clock();
  if (!at) throw new Refused('BAD not a date');
  const { uid } = addMail(folder, bytes, flags, at);
  return session.room.without.has('UIDPLUS') ? 'OK added' : `OK [APPENDUID ${folder.uidValidity} ${uid}] added`;
};

const rename: Run = (session, { rest, literals }) => {
  const [from, to] = words(rest, literals);
  const folder = existing(session, from);
  const account = user(session);
  if (folder.name === 'INBOX' || folderNamed(account, textOf(to))) throw new Refused('NO [ALREADYEXISTS] cannot rename');
  account.folders.delete(folder.name);
  folder.name = textOf(to);
  account.folders.set(folder.name, folder);
  return 'OK renamed';
};

const idle: Run = async (session) => {
  report(session, true);
  session.write('+ idling\r\n');
  session.idling = true;
  session.flush();
  const line = await session.wire.line();
  session.idling = false;
  if (line?.toUpperCase() !== 'DONE') throw new Refused('BAD expected DONE');
  return 'OK done';
};

/** The commands by name. */
export const generalCommands: Readonly<Record<string, Run>> = {
  CAPABILITY: (session) => {
    session.write(`* CAPABILITY ${capabilities(session.room, isSecure(session))}\r\n`);
    return 'OK done';
  },
  NOOP: () => 'OK done',
  ID: (session) => {
    session.write('* ID ("name" "embargod demo")\r\n');
    return 'OK done';
  },
  LOGOUT: (session) => {
    session.write('* BYE good bye\r\n');
    session.over = true;
    return 'OK done';
  },
  STARTTLS: (session, { tag }) => {
    if (!session.room.tls || isSecure(session)) throw new Refused('BAD no TLS here');
    session.write(`${tag} OK begin\r\n`);
    startTls(session);
    return '';
  },
  LOGIN: (session, { rest, literals }) => {
    const [name, password] = words(rest, literals);
    return login(session, textOf(name), textOf(password), 'password');
  },
  AUTHENTICATE: authenticate,
  ENABLE: (session, { rest }) => {
    const enabled = rest.toUpperCase().split(' ').includes('CONDSTORE') ? ' CONDSTORE' : '';
    if (enabled) session.condstore = true;
    session.write(`* ENABLED${enabled}\r\n`);
    return 'OK done';
  },
  NAMESPACE: (session) => {
    session.write('* NAMESPACE (("" "/")) NIL NIL\r\n');
    return 'OK done';
  },
  LIST: list,
  LSUB: list,
  STATUS: status,
  SELECT: openFolder,
  EXAMINE: openFolder,
  APPEND: append,
  CREATE: (session, { rest, literals }) => {
    const name = textOf(words(rest, literals)[0]).replace(/\/$/, '');
    if (!createFolder(user(session), name)) throw new Refused('NO [ALREADYEXISTS] it exists');
    return 'OK created';
  },
  DELETE: (session, { rest, literals }) => {
    const folder = existing(session, words(rest, literals)[0]);
    if (folder.name === 'INBOX') throw new Refused('NO [CANNOT] never');
    user(session).folders.delete(folder.name);
    return 'OK deleted';
  },
  RENAME: rename,
  SUBSCRIBE: (session, { rest, literals }) => {
    existing(session, words(rest, literals)[0]).subscribed = true;
    return 'OK done';
  },
  UNSUBSCRIBE: (session, { rest, literals }) => {
    existing(session, words(rest, literals)[0]).subscribed = false;
    return 'OK done';
  },
  IDLE: idle,
};
