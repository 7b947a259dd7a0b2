// Values that the store's tests bend: one mail, one letter, one incident, each with ids of its own.
import type { Event } from '#incident/event.ts';
import type { Letter } from '#letter/letter.ts';
import type { LetterToQueue, MailToKeep } from '#store/commit.ts';
import type { Store } from '#store/store.ts';

export const now = new Date('2026-03-01T10:00:00.123Z');
/** A moment so many seconds after `now`. */
export const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

let count = 0;
/** A number that no other fixture of this process has. */
export const next = (): number => {
  count += 1;
  return count;
};
/** An incident's id that no other fixture of this process has. */
export const anId = (): string => `SRC-${String(next()).padStart(6, '0')}`;

export const noted = (text: string): Event => ({ type: 'noted', by: 'lead', text });

export function aLetter(change: Partial<Letter> = {}): Letter {
  const to = { who: 'lead', address: 'lead@example.org', name: 'Lead' };
  return { kind: 'report-to-team', audience: 'team', to, seal: 'must', facts: { title: 'Heap overflow' }, ...change };
}

export function queued(change: Partial<LetterToQueue> = {}): LetterToQueue {
  const id = `letter-${next()}`;
  return { id, cause: `cause-${id}`, messageId: `${id}@example.org`, letter: aLetter(), nextAt: now, ...change };
}

export function aMail(change: Partial<MailToKeep> = {}): MailToKeep {
  const number = next();
  return {
    id: `message-${number}`,
    team: 'src',
    place: { mailbox: 'INBOX', uidValidity: '1', uid: number },
    fingerprint: `fingerprint-${number}`,
    messageId: `mail-${number}@example.net`,
    sender: 'reporter@example.net',
    kind: 'report',
    receivedAt: now,
    raw: Buffer.from(`raw ${number}`),
    note: { via: 'mail' },
    ...change,
  };
}

/** Makes an incident with these events and letters; answers with its id. */
export async function anIncident(
  store: Store,
  having: {
    id?: string;
    events?: readonly Event[];
    letters?: readonly LetterToQueue[];
    deadlines?: readonly { key: string; dueAt: Date }[];
    team?: string;
  } = {},
): Promise<string> {
  const { id = anId(), events = [noted('first')], letters = [], deadlines = [], team = 'src' } = having;
  await store.turn(async (turn) => {
    await turn.create({ id, team, kind: 'incident', openedAt: now });
    await turn.commit({ subject: { id, stage: 'reported' }, events, letters, deadlines, now });
  });
  return id;
}

/** A promise and the way to settle it: lets a test hold a turn open. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const waiting: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => waiting.push(resolve));
  return { opened, open: () => waiting.forEach((resolve) => void resolve()) };
}
