// SEARCH of the demo's IMAP server: search keys become one question asked of each mail (RFC 3501 §6.4.4).
import { hasFlag, type Stored } from '#demo/imap-store.ts';
import { entity, field } from '#demo/imap-structure.ts';
import { atomOf, inSet, isList, Refused, readDate, textOf, type Word } from '#demo/imap-words.ts';

/** A mail with its number in the session. */
export interface Numbered {
  readonly number: number;
  readonly mail: Stored;
}

type Question = (one: Numbered) => boolean;

/** Turns the words of a SEARCH into one question. Throws Refused for a key we do not know. */
export function question(keys: readonly Word[], largest: { number: number; uid: number }): Question {
  const rest = [...keys];
  if (atomOf(rest[0]) === 'CHARSET') rest.splice(0, 2);
  const all: Question[] = [];
  while (rest.length > 0) all.push(key(rest, largest));
  return (one) => all.every((holds) => holds(one));
}

const flags: Readonly<Record<string, string>> = {
  ANSWERED: '\\Answered',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
  FLAGGED: '\\Flagged',
  SEEN: '\\Seen',
};

function key(rest: Word[], largest: { number: number; uid: number }): Question {
  const word = rest.shift();
  if (word === undefined) throw new Refused('BAD a search key is missing');
  if (isList(word)) return question(word, largest);
  const name = textOf(word).toUpperCase();
  const next = () => textOf(rest.shift());
  const flag = flags[name] ?? flags[name.replace(/^UN/, '')];
  if (flag) return ({ mail }) => hasFlag(mail, flag) === name in flags;
  switch (name) {
    case 'ALL':
    case 'OLD':
      return () => true;
    case 'NEW':
    case 'RECENT':
      return () => false;
    case 'NOT': {
      const inner = key(rest, largest);
      return (one) => !inner(one);
    }
    case 'OR': {
      const [left, right] = [key(rest, largest), key(rest, largest)];
      return (one) => left(one) || right(one);
    }
    case 'KEYWORD':
    case 'UNKEYWORD': {
      const wanted = next();
      return ({ mail }) => hasFlag(mail, wanted) === (name === 'KEYWORD');
    }
    case 'UID': {
      const named = inSet(next(), largest.uid);
      return ({ mail }) => named(mail.uid);
    }
    case 'LARGER':
    case 'SMALLER': {
      const size = Number(next());
      return ({ mail }) => (name === 'LARGER' ? mail.bytes.length > size : mail.bytes.length < size);
    }
    case 'MODSEQ': {
      const least = Number(next());
      return ({ mail }) => mail.modseq >= least;
    }
    case 'HEADER':
      return contains(next().toLowerCase(), next());
    case 'FROM':
    case 'TO':
    case 'CC':
    case 'BCC':
    case 'SUBJECT':
      return contains(name.toLowerCase(), next());
    case 'BODY':
    case 'TEXT': {
      const wanted = next().toLowerCase();
      return ({ mail }) => (name === 'TEXT' ? mail.bytes : entity(mail.bytes).body).toString('latin1').toLowerCase().includes(wanted);
    }
    default:
      return dateKey(name, rest) ?? numbered(name, largest.number);
  }
}

function contains(name: string, wanted: string): Question {
  const part = wanted.toLowerCase();
  return ({ mail }) => field(entity(mail.bytes).header, name)?.toLowerCase().includes(part) ?? false;
}

function dateKey(name: string, rest: Word[]): Question | undefined {
  const match = /^(SENT)?(BEFORE|ON|SINCE)$/.exec(name);
  if (!match) return undefined;
  const day = readDate(textOf(rest.shift()))?.getTime();
  if (day === undefined) throw new Refused('BAD not a date');
  return ({ mail }) => {
    const sent = match[1] ? Date.parse(field(entity(mail.bytes).header, 'date') ?? '') : mail.at.getTime();
    const on = Math.floor(sent / 86_400_000) * 86_400_000;
    return match[2] === 'BEFORE' ? on < day : match[2] === 'ON' ? on === day : on >= day;
  };
}

function numbered(name: string, largest: number): Question {
  if (!/^[\d*,:]+$/.test(name)) throw new Refused('BAD unknown search key');
  const named = inSet(name, largest);
  return ({ number }) => named(number);
}
