// Incidents, teams' own matters and lists, with their journals opened.
import { and, asc, eq, ne } from 'drizzle-orm';
import type { Event, Recorded } from '#incident/event.ts';
import type { Stage } from '#incident/stage.ts';
import type { Run } from '#store/query.ts';
import { event, subject } from '#store/schema.ts';
import { at } from '#store/sealed.ts';
import type { Vault } from '#store/vault.ts';

export type SubjectKind = 'incident' | 'team' | 'list';

/** What turns lock, with its whole journal: numbers from 1 without gaps, oldest first. */
export interface Subject {
  readonly id: string;
  readonly team: string;
  readonly kind: SubjectKind;
  readonly stage: string;
  readonly openedAt: Date;
  readonly recorded: readonly Recorded[];
}

/** An incident in a list. */
export interface Listed {
  readonly id: string;
  readonly stage: string;
  readonly openedAt: Date;
}

export interface Subjects {
  /** A subject as it stands, without a lock; undefined when there is none. */
  peek(id: string): Promise<Subject | undefined>;
  /** A team's incidents, the oldest first; open are all but the closed. */
  incidents(team: string, which: 'open' | 'all'): Promise<Listed[]>;
}

export type SubjectRow = typeof subject.$inferSelect;

export function openSubjects(run: Run, vault: Vault): Subjects {
  return {
    async peek(id) {
      const [row] = await run((db) => db.select().from(subject).where(eq(subject.id, id)));
      return row && withJournal(row, await journalOf(run, vault, id));
    },

    incidents(team, which) {
      const open = which === 'open' ? ne(subject.stage, 'closed' satisfies Stage) : undefined;
      return run((db) =>
        db
          .select({ id: subject.id, stage: subject.stage, openedAt: subject.openedAt })
          .from(subject)
          .where(and(eq(subject.team, team), eq(subject.kind, 'incident'), open))
          .orderBy(asc(subject.openedAt), asc(subject.id)),
      );
    },
  };
}

/** A subject's row and its opened journal as one value. */
export function withJournal({ id, team, kind, stage, openedAt }: SubjectRow, recorded: readonly Recorded[]): Subject {
  return { id, team, kind, stage, openedAt, recorded };
}

/** Every event of a subject, opened, oldest first. */
export async function journalOf(run: Run, vault: Vault, id: string): Promise<Recorded[]> {
  const rows = await run((db) =>
    db
      .select({ number: event.number, at: event.at, payload: event.payload })
      .from(event)
      .where(eq(event.subject, id))
      .orderBy(asc(event.number)),
  );
  return rows.map((row) => ({ number: row.number, at: row.at, event: vault.openJson<Event>(row.payload, at.event(id, row.number)) }));
}
