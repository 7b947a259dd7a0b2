// The commands of the demo's IMAP server on the mails of the open folder (RFC 3501 §6.4, MOVE of RFC 6851, UIDPLUS of RFC 4315).
import { fetched, flagsTold, items, marksSeen } from '#demo/imap-fetch.ts';
import { question } from '#demo/imap-search.ts';
import { deselect, type Run, type Selected, type Session } from '#demo/imap-session.ts';
import { addMail, folderNamed, hasFlag, removeMails, type Stored, setFlags } from '#demo/imap-store.ts';
import { atomOf, inSet, isList, listOf, Refused, textOf, type Word, words } from '#demo/imap-words.ts';

function opened(session: Session): Selected {
  if (!session.selected) throw new Refused('BAD open a folder first');
  return session.selected;
}

function writable(session: Session): Selected {
  const selected = opened(session);
  if (selected.readOnly) throw new Refused('NO [READ-ONLY] opened for reading');
  return selected;
}

/** The mails a set names: by UID or by their number in this session's view. */
function named({ view }: Selected, word: Word | undefined, byUid: boolean): Stored[] {
  const holds = inSet(textOf(word), byUid ? (view.at(-1)?.uid ?? 0) : view.length);
  return view.filter((mail, index) => holds(byUid ? mail.uid : index + 1));
}

/** "CHANGEDSINCE 5" and "UNCHANGEDSINCE 5" (RFC 7162 §3.1). */
function since(session: Session, options: Word | undefined, name: string): number | undefined {
  if (!options || !isList(options)) return undefined;
  const at = options.findIndex((option) => atomOf(option) === name);
  if (at < 0) return undefined;
  session.condstore = true;
  return Number(textOf(options[at + 1]));
}

const fetch: Run = (session, { name, rest, literals }) => {
  const byUid = name.startsWith('UID');
  const selected = opened(session);
  const [set, what, options] = words(rest, literals);
  const asked = items(what);
  const changedSince = since(session, options, 'CHANGEDSINCE');
  const has = (item: string) => asked.some((one) => one.name === item);
  if (has('MODSEQ')) session.condstore = true;
  if (byUid && !has('UID')) asked.push({ name: 'UID' });
  if (changedSince !== undefined && !has('MODSEQ')) asked.push({ name: 'MODSEQ' });
  const seen = marksSeen(asked) && !selected.readOnly;
  for (const mail of named(selected, set, byUid)) {
    if (changedSince !== undefined && mail.modseq <= changedSince) continue;
    const newlySeen = seen && !hasFlag(mail, '\\Seen');
    if (newlySeen) {
      setFlags(selected.folder, mail, [...mail.flags, '\\Seen']);
      selected.own.add(mail);
    }
    const told = newlySeen && !has('FLAGS') ? [...asked, { name: 'FLAGS' }] : asked;
    session.write(...fetched(selected.view.indexOf(mail) + 1, mail, told));
  }
  return 'OK done';
};

const store: Run = (session, { name, rest, literals }) => {
  const byUid = name.startsWith('UID');
  const selected = writable(session);
  const [set, second, ...others] = words(rest, literals);
  const least = since(session, second, 'UNCHANGEDSINCE');
  const [operation, flags] = least === undefined ? [second, others] : [others[0], others.slice(1)];
  const match = /^([+-]?)FLAGS(\.SILENT)?$/.exec(atomOf(operation) ?? '');
  if (!match) throw new Refused('BAD unknown STORE');
  const given = flags.flatMap((flag) => [...listOf(flag)]).map(textOf);
  const refused: number[] = [];
  for (const mail of named(selected, set, byUid)) {
    if (least !== undefined && mail.modseq > least) {
      refused.push(byUid ? mail.uid : selected.view.indexOf(mail) + 1);
      continue;
    }
    const lower = new Set(given.map((flag) => flag.toLowerCase()));
    const others = [...mail.flags].filter((flag) => !lower.has(flag.toLowerCase()));
    setFlags(selected.folder, mail, match[1] === '-' ? others : match[1] === '+' ? [...others, ...given] : given);
    selected.own.add(mail);
    if (!match[2]) session.write(...flagsTold(selected.view.indexOf(mail) + 1, mail, byUid, session.condstore));
    else if (session.condstore) session.write(...fetched(selected.view.indexOf(mail) + 1, mail, [{ name: 'UID' }, { name: 'MODSEQ' }]));
  }
  return refused.length > 0 ? `OK [MODIFIED ${refused.join(',')}] some had changed` : 'OK done';
};

function copyInto(session: Session, { rest, literals, name }: Parameters<Run>[1]): { mails: Stored[]; code: string } {
  const selected = opened(session);
  const [set, to] = words(rest, literals);
  const target = session.account && folderNamed(session.account, textOf(to));
  if (!target) throw new Refused('NO [TRYCREATE] no such folder');
  const there = new Set(selected.folder.mails);
  const mails = named(selected, set, name.startsWith('UID')).filter((mail) => there.has(mail));
  const copies = mails.map((mail) => addMail(target, mail.bytes, mail.flags, mail.at));
  const uids = (list: readonly Stored[]) => list.map(({ uid }) => uid).join(',');
  const told = mails.length > 0 && !session.room.without.has('UIDPLUS');
  return { mails, code: told ? `[COPYUID ${target.uidValidity} ${uids(mails)} ${uids(copies)}] ` : '' };
}

const copy: Run = (session, command) => `OK ${copyInto(session, command).code}copied`;

const move: Run = (session, command) => {
  if (session.room.without.has('MOVE')) throw new Refused('BAD unknown command');
  const { folder } = writable(session);
  const { mails, code } = copyInto(session, command);
  removeMails(folder, mails);
  if (code) session.write(`* OK ${code}moved\r\n`);
  return 'OK done';
};

const expunge: Run = (session, { name, rest, literals }) => {
  const selected = writable(session);
  if (name.startsWith('UID') && session.room.without.has('UIDPLUS')) throw new Refused('BAD unknown command');
  const within = name.startsWith('UID') ? new Set(named(selected, words(rest, literals)[0], true)) : undefined;
  removeMails(
    selected.folder,
    selected.folder.mails.filter((mail) => hasFlag(mail, '\\Deleted') && (within?.has(mail) ?? true)),
  );
  return 'OK done';
};

const search: Run = (session, { name, rest, literals }) => {
  const { view } = opened(session);
  const holds = question(words(rest, literals), { number: view.length, uid: view.at(-1)?.uid ?? 0 });
  const found = view.flatMap((mail, index) => {
    const number = index + 1;
    return holds({ number, mail }) ? [name.startsWith('UID') ? mail.uid : number] : [];
  });
  session.write(`* SEARCH${found.map((number) => ` ${number}`).join('')}\r\n`);
  return 'OK done';
};

/** The commands by name. */
export const mailCommands: Readonly<Record<string, Run>> = {
  FETCH: fetch,
  'UID FETCH': fetch,
  STORE: store,
  'UID STORE': store,
  COPY: copy,
  'UID COPY': copy,
  MOVE: move,
  'UID MOVE': move,
  EXPUNGE: expunge,
  'UID EXPUNGE': expunge,
  SEARCH: search,
  'UID SEARCH': search,
  CHECK: () => 'OK done',
  CLOSE: (session) => {
    const { folder, readOnly } = opened(session);
    deselect(session);
    if (!readOnly) {
      removeMails(
        folder,
        folder.mails.filter((mail) => hasFlag(mail, '\\Deleted')),
      );
    }
    return 'OK closed';
  },
  UNSELECT: (session) => {
    deselect(session);
    return 'OK closed';
  },
};
