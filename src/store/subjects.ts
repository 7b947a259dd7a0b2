// Incidents, teams' own matters and lists, with their journals opened.
import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Event, Recorded } from '#incident/event.ts';
import type { IncidentId } from '#incident/id.ts';
import type { Stage } from '#incident/stage.ts';
import type { Run } from '#store/query.ts';
import { event, subject } from '#store/schema.ts';
import { at } from '#store/sealed.ts';
import type { Vault } from '#store/vault.ts';
import type { RegisterEvent } from '#team/register-event.ts';

export type SubjectKind = 'incident' | 'team' | 'list';

/** What may stand in a journal: what happens to an incident, or to the certificates of a team's people. */
export type AnyEvent = Event | RegisterEvent;

interface With<Kind extends SubjectKind, Id extends string, What> {
  readonly id: Id;
  readonly team: string;
  readonly kind: Kind;
  readonly stage: string;
  readonly openedAt: Date;
  readonly recorded: readonly Recorded<What>[];
}

/** What turns lock, with its whole journal: numbers from 1 without gaps, oldest first. */
export type Subject = With<'incident', IncidentId, Event> | With<'team', string, RegisterEvent> | With<'list', string, never>;

/** An incident in a list. */
export interface Listed {
  readonly id: string;
  readonly stage: string;
  readonly openedAt: Date;
  /** How many events its journal has: with as many it is the same journal. */
  readonly events: number;
}

export interface Subjects {
  /** A subject as it stands, without a lock; undefined when there is none. */
  peek(id: string): Promise<Subject | undefined>;
  /** Those of these subjects that there are, likewise, in no order: two questions for a hundred of them. */
  peekAll(ids: readonly string[]): AsyncIterable<Subject>;
  /** A team's incidents, the oldest first; open are all but the closed. */
  incidents(team: string, which: 'open' | 'all'): Promise<Listed[]>;
}

export type SubjectRow = typeof subject.$inferSelect;

/** Journals read lately, with the head they had: an append-only chain with the same head is the same chain. */
export type Read = Map<string, { readonly head: Buffer; readonly recorded: readonly Recorded<AnyEvent>[] }>;

/** As many as incidents have letters on their way at a time. */
const mostRead = 8;

/** Journals asked for at once: in memory at the same time. */
const together = 100;

export function openSubjects(run: Run, vault: Vault, read: Read = new Map()): Subjects {
  return {
    async peek(id) {
      const [row] = await run((db) => db.select().from(subject).where(eq(subject.id, id)));
      if (!row) return undefined;
      const known = read.get(id);
      if (known?.head.equals(row.head)) return withJournal(row, known.recorded);
      const recorded = await journalOf(run, vault, id);
      read.delete(id);
      const [oldest] = read.keys();
      if (read.size >= mostRead && oldest !== undefined) read.delete(oldest);
      // Events that came between the two questions are there too: the next peek sees another head and reads again.
      read.set(id, { head: row.head, recorded });
      return withJournal(row, recorded);
    },

    async *peekAll(ids) {
      for (let start = 0; start < ids.length; start += together) {
        const some = ids.slice(start, start + together);
        const rows = await run((db) => db.select().from(subject).where(inArray(subject.id, some)));
        const journals = await journalsOf(run, vault, some);
        yield* rows.map((row) => withJournal(row, journals.get(row.id) ?? []));
      }
    },

    incidents(team, which) {
      const open = which === 'open' ? ne(subject.stage, 'closed' satisfies Stage) : undefined;
      return run((db) =>
        db
          .select({ id: subject.id, stage: subject.stage, openedAt: subject.openedAt, events: subject.events })
          .from(subject)
          .where(and(eq(subject.team, team), eq(subject.kind, 'incident'), open))
          .orderBy(asc(subject.openedAt), asc(subject.id)),
      );
    },
  };
}

/** A subject's row and its opened journal as one value. */
export function withJournal({ id, team, kind, stage, openedAt }: SubjectRow, recorded: readonly Recorded<AnyEvent>[]): Subject {
  // Which events a journal holds follows from the kind of its subject: nobody else writes there.
  return { id, team, kind, stage, openedAt, recorded } as Subject;
}

/** Every event of a subject, opened, oldest first. */
export async function journalOf(run: Run, vault: Vault, id: string): Promise<Recorded<AnyEvent>[]> {
  return (await journalsOf(run, vault, [id])).get(id) ?? [];
}

async function journalsOf(run: Run, vault: Vault, ids: readonly string[]): Promise<ReadonlyMap<string, Recorded<AnyEvent>[]>> {
  const journals = new Map<string, Recorded<AnyEvent>[]>(ids.map((id) => [id, []]));
  const rows = await run((db) =>
    db
      .select({ id: event.subject, number: event.number, at: event.at, payload: event.payload })
      .from(event)
      .where(inArray(event.subject, [...ids]))
      .orderBy(asc(event.subject), asc(event.number)),
  );
  for (const { id, number, at: when, payload } of rows)
    journals.get(id)?.push({ number, at: when, event: vault.openJson<AnyEvent>(payload, at.event(id, number)) });
  return journals;
}
