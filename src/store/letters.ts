// The letters of a subject as they left or did not: who was told what, and when the first of a kind was sent.
import { and, asc, eq, isNotNull, min } from 'drizzle-orm';
import { type Posted, posted } from '#store/outbox.ts';
import type { Run } from '#store/query.ts';
import { letter } from '#store/schema.ts';
import type { Vault } from '#store/vault.ts';

export interface Letters {
  /** Every letter of a subject, whatever became of it, oldest decision first. */
  lettersOf(subject: string): Promise<Posted[]>;
  /** When the first letter of a kind was taken by the mail server, by subject, over all subjects of a team. */
  firstSent(team: string, kind: string): Promise<ReadonlyMap<string, Date>>;
}

export function openLetters(run: Run, vault: Vault): Letters {
  return {
    async lettersOf(subject) {
      const rows = await run((db) => db.select().from(letter).where(eq(letter.subject, subject)).orderBy(asc(letter.sequence)));
      return rows.map((row) => posted(row, vault));
    },

    async firstSent(team, kind) {
      const rows = await run((db) =>
        db
          .select({ subject: letter.subject, at: min(letter.doneAt) })
          .from(letter)
          .where(and(eq(letter.team, team), eq(letter.kind, kind), eq(letter.state, 'sent'), isNotNull(letter.subject)))
          .groupBy(letter.subject),
      );
      return new Map(rows.flatMap(({ subject, at }) => (subject !== null && at ? [[subject, at] as const] : [])));
    },
  };
}
