// FETCH of the demo's IMAP server: which items a client asks for, and their bytes (RFC 3501 §6.4.5, MODSEQ of RFC 7162).
import type { Stored } from '#demo/imap-store.ts';
import { type Entity, entity, envelope, fields, partAt, structure } from '#demo/imap-structure.ts';
import { atomOf, dateTime, isList, literal, type Piece, Refused, type Word } from '#demo/imap-words.ts';

/** One item as asked for: its name, and for BODY[…] the section and the wanted bytes. */
export interface Item {
  readonly name: string;
  readonly section?: string;
  readonly from?: number;
  readonly count?: number;
}

const macros: Readonly<Record<string, readonly string[]>> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
};

const plain = new Set(['FLAGS', 'UID', 'RFC822.SIZE', 'INTERNALDATE', 'ENVELOPE', 'BODYSTRUCTURE', 'BODY', 'MODSEQ']);
const old: Readonly<Record<string, Item>> = {
  RFC822: { name: 'BODY', section: '' },
  'RFC822.HEADER': { name: 'BODY.PEEK', section: 'HEADER' },
  'RFC822.TEXT': { name: 'BODY', section: 'TEXT' },
};

/** Reads the items of a FETCH. Throws Refused for an item we do not know. */
export function items(asked: Word | undefined): Item[] {
  const list = asked !== undefined && isList(asked) ? asked : [asked];
  return list.flatMap((word): Item[] => {
    const name = atomOf(word);
    if (name === undefined) throw new Refused('BAD not a fetch item');
    if (macros[name]) return macros[name].map((item) => ({ name: item }));
    if (plain.has(name)) return [{ name }];
    if (old[name]) return [{ ...old[name] }];
    const match = /^(BODY(?:\.PEEK)?)\[([^\]]*)\](?:<(\d{1,10})(?:\.(\d{1,10}))?>)?$/.exec(name);
    if (!match) throw new Refused('BAD unknown fetch item');
    const [, body = '', section = '', from, count] = match;
    return [{ name: body, section, ...(from === undefined ? {} : { from: Number(from), count: Number(count ?? 0) }) }];
  });
}

/** Whether fetching the items marks a mail as read. */
export function marksSeen(asked: readonly Item[]): boolean {
  return asked.some(({ name, section }) => name === 'BODY' && section !== undefined);
}

/** The untagged FETCH of one mail. */
export function fetched(number: number, mail: Stored, asked: readonly Item[]): Piece[] {
  let parsed: Entity | undefined;
  const whole = () => {
    parsed ??= entity(mail.bytes);
    return parsed;
  };
  const values = asked.flatMap((item, index): Piece[] => [...(index === 0 ? [] : [' ']), ...value(item, mail, whole)]);
  return [`* ${number} FETCH (`, ...values, ')\r\n'];
}

/** The untagged FETCH that tells of flags, as after STORE or when another session changed them. */
export function flagsTold(number: number, mail: Stored, withUid: boolean, withModseq: boolean): Piece[] {
  const asked = ['FLAGS', ...(withUid ? ['UID'] : []), ...(withModseq ? ['MODSEQ'] : [])];
  return fetched(
    number,
    mail,
    asked.map((name) => ({ name })),
  );
}

function value(item: Item, mail: Stored, whole: () => Entity): Piece[] {
  if (item.section !== undefined) return sectionValue(item, item.section, mail, whole);
  switch (item.name) {
    case 'UID':
      return [`UID ${mail.uid}`];
    case 'FLAGS':
      return [`FLAGS (${[...mail.flags].join(' ')})`];
    case 'RFC822.SIZE':
      return [`RFC822.SIZE ${mail.bytes.length}`];
    case 'INTERNALDATE':
      return [`INTERNALDATE ${dateTime(mail.at)}`];
    case 'MODSEQ':
      return [`MODSEQ (${mail.modseq})`];
    case 'ENVELOPE':
      return ['ENVELOPE ', ...envelope(whole())];
    default:
      return [`${item.name} `, ...structure(whole(), item.name === 'BODYSTRUCTURE')];
  }
}

function sectionValue(item: Item, section: string, mail: Stored, whole: () => Entity): Piece[] {
  const bytes = section === '' ? mail.bytes : sectionBytes(section, whole());
  const name = `BODY[${section}]${item.from === undefined ? '' : `<${item.from}>`} `;
  if (bytes === undefined) return [name, 'NIL'];
  if (item.from === undefined) return [name, ...literal(bytes)];
  return [name, ...literal(bytes.subarray(item.from, item.from + (item.count ?? bytes.length)))];
}

function sectionBytes(section: string, root: Entity): Buffer | undefined {
  const [, numbers = '', what = ''] = /^((?:\d+(?:\.|$))*)(.*)$/s.exec(section) ?? [];
  const path = numbers.split('.').filter(Boolean).map(Number);
  const part = partAt(root, path);
  if (!part) return undefined;
  if (what === '') return part.body;
  if (what === 'MIME') return path.length > 0 ? part.header : undefined;
  // HEADER and TEXT of a part mean those of the mail it carries.
  const mail = path.length === 0 ? part : part.mail;
  if (!mail) return undefined;
  if (what === 'HEADER') return mail.header;
  if (what === 'TEXT') return mail.body;
  const match = /^HEADER\.FIELDS(\.NOT)? \(([^)]*)\)$/.exec(what);
  if (!match) throw new Refused('BAD unknown section');
  const names = new Set((match[2] ?? '').replaceAll('"', '').toLowerCase().split(' '));
  const kept = fields(mail.header).filter(({ name }) => names.has(name) === (match[1] === undefined));
  return Buffer.from(`${kept.map(({ raw }) => raw).join('')}\r\n`, 'latin1');
}
