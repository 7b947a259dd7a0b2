// The one writer. A turn is one transaction: it locks its subjects, lets the core decide, and commits everything or nothing.
import { and, count, eq, gte, inArray, lte, or, sql } from 'drizzle-orm';
import type { Recorded } from '#incident/event.ts';
import { genesis } from '#store/chain.ts';
import { append, type Change, derive, keep, type Pen, queue } from '#store/commit.ts';
import { type Letters, openLetters } from '#store/letters.ts';
import { type Messages, openMessages } from '#store/messages.ts';
import { type Marks, openMarks } from '#store/outbox.ts';
import type { Run } from '#store/query.ts';
import { letter, subject } from '#store/schema.ts';
import { macs } from '#store/sealed.ts';
import {
  type AnyEvent,
  journalOf,
  openSubjects,
  type Subject,
  type SubjectKind,
  type SubjectRow,
  type Subjects,
  withJournal,
} from '#store/subjects.ts';
import type { Vault } from '#store/vault.ts';

/**
 * What a decision may ask and write. Good until `decide` has answered.
 *
 * Lock order: incidents, then a team's own matters, then its list; within a kind by id. A subject in that order, asked for before
 * anything is written, is waited for. Any other lock is only tried: when another turn has it, this one is rolled back and decided again.
 * So no turn ever waits for a subject while another waits for its own.
 */
export interface Turn extends Messages, Subjects, Letters {
  /** The subject, locked until the turn ends, with its journal and what this turn has added to it; undefined when there is none. */
  subject(id: string): Promise<Subject | undefined>;
  /** Makes a subject, locked by this turn, at `stage` (or "new"); false when the id is taken. */
  create(made: { id: string; team: string; kind: SubjectKind; openedAt: Date; stage?: string }): Promise<boolean>;
  /** How many letters of a kind this team queued since a moment, to one address or to anybody: limits on acknowledgements (RFC 3834 §2). */
  recentLetters(team: string, kind: string, address: string | undefined, since: Date): Promise<number>;
  /** Writes; may be called several times. Answers with the events as they stand in the journal. */
  commit(change: Change): Promise<Recorded<AnyEvent>[]>;
  /** Drops the letters of a subject that have not begun to leave; answers with their ids. */
  dropLetters(of: { subject: string; kinds?: readonly string[]; now: Date }): Promise<string[]>;
  /** Letters that waited for a certificate leave now, or are dropped; answers with the ids of those that still waited. */
  rouse(of: { letters: readonly string[]; to: 'waiting' | 'dropped'; now: Date }): Promise<string[]>;
  /** Marks of a leased letter, in the same commit as the event that tells of it. */
  readonly marks: Marks;
}

const rank: Record<SubjectKind, number> = { incident: 0, team: 1, list: 2 };

/** Where an id stands in the lock order. */
function orderOf(id: string): string {
  const kind = id.startsWith('team:') ? 'team' : id.startsWith('list:') ? 'list' : 'incident';
  return `${rank[kind]} ${id}`;
}

/** The turn on a transaction; `run` is bound to it. */
export function openTurn(run: Run, vault: Vault): Turn {
  const locked = new Map<string, SubjectRow>();
  const numbers = new Map<string, number>();
  let wrote = false;
  const { peek, peekAll, incidents } = openSubjects(run, vault);

  const lock = async (id: string): Promise<SubjectRow | undefined> => {
    const known = locked.get(id);
    if (known) return known;
    const inOrder = !wrote && [...locked.keys()].every((other) => orderOf(other) < orderOf(id));
    // Rows that point here (foreign keys) do not wait for this lock: the id never changes.
    const [row] = await run((db) =>
      db
        .select()
        .from(subject)
        .where(eq(subject.id, id))
        .for('no key update', inOrder ? {} : { noWait: true }),
    );
    if (row) locked.set(id, row);
    return row;
  };

  return {
    ...openMessages(run, vault),
    ...openLetters(run, vault),
    peek,
    peekAll,
    incidents,
    marks: openMarks(run, vault),

    async subject(id) {
      const row = await lock(id);
      return row && withJournal(row, await journalOf(run, vault, id));
    },

    async create({ id, team, kind, openedAt, stage = 'new' }) {
      wrote = true;
      const fresh = { id, team, kind, stage, openedAt, touchedAt: openedAt, events: 0, head: genesis };
      const [row] = await run((db) => db.insert(subject).values(fresh).onConflictDoNothing().returning());
      if (row) locked.set(id, row);
      return row !== undefined;
    },

    async recentLetters(team, kind, address, since) {
      const to = address === undefined ? undefined : eq(letter.recipientMac, macs(vault).address(address));
      const where = and(eq(letter.team, team), eq(letter.kind, kind), gte(letter.createdAt, since), to);
      const [row] = await run((db) => db.select({ count: count() }).from(letter).where(where));
      return row?.count ?? 0;
    },

    async commit(change) {
      const row = change.subject && locked.get(change.subject.id);
      checkChange(change, row);
      wrote = true;
      return run((db) => write({ db, vault, numbers }, change, row, (next) => locked.set(next.id, next)));
    },

    async dropLetters({ subject: of, kinds, now }) {
      wrote = true;
      const gone = or(inArray(letter.state, ['waiting', 'keyless']), and(eq(letter.state, 'leased'), lte(letter.leaseUntil, now)));
      const some = kinds && inArray(letter.kind, [...kinds]);
      const set = { state: 'dropped' as const, doneAt: now, leaseUntil: null, holder: null, fence: sql`${letter.fence} + 1` };
      const rows = await run((db) =>
        db
          .update(letter)
          .set(set)
          .where(and(eq(letter.subject, of), gone, some))
          .returning({ id: letter.id }),
      );
      return rows.map(({ id }) => id);
    },

    async rouse({ letters, to, now }) {
      if (letters.length === 0) return [];
      wrote = true;
      const set = to === 'waiting' ? { state: to, nextAt: now, attempts: 0 } : { state: to, doneAt: now };
      const which = and(inArray(letter.id, [...letters]), eq(letter.state, 'keyless'));
      const rows = await run((db) => db.update(letter).set(set).where(which).returning({ id: letter.id }));
      return rows.map(({ id }) => id);
    },
  };
}

async function write(
  pen: Pen,
  change: Change,
  row: SubjectRow | undefined,
  moved: (row: SubjectRow) => void,
): Promise<Recorded<AnyEvent>[]> {
  const { message, events, letters, deadlines, besides, now } = change;
  if (message) await keep(pen, message);
  let recorded: Recorded<AnyEvent>[] = [];
  if (row && change.subject) {
    const appended = await append(pen, row, { events, stage: change.subject.stage, now });
    moved(appended.row);
    recorded = appended.recorded;
    if (deadlines) await derive(pen, { id: row.id, fresh: row.events === 0, besides }, deadlines);
  }
  const team = change.team ?? row?.team ?? message?.team;
  if (team !== undefined) await queue(pen, { team, ...(row && { subject: row.id }), now }, letters);
  return recorded;
}

/** Refuses a change that would write past the lock or lose something silently: a mistake in the program, said at once. */
function checkChange(change: Change, row: SubjectRow | undefined): void {
  const { subject: of, events, letters, deadlines, message, team } = change;
  if (of && !row) throw new Error(`${of.id} is written without its lock: ask the turn for the subject, or create it, first`);
  if (!of && (events.length > 0 || deadlines)) throw new Error('events and deadlines need a subject');
  if (letters.length > 0 && !(team ?? row?.team ?? message?.team)) throw new Error('letters need a team');
}
