// The journal from outside: checked link by link without any key, and exported for people.
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { genesis, linked } from '#store/chain.ts';
import { type Run, rowsOf } from '#store/query.ts';
import { event, subject } from '#store/schema.ts';
import { at } from '#store/sealed.ts';
import type { AnyEvent, SubjectKind } from '#store/subjects.ts';
import type { Vault } from '#store/vault.ts';

/** What the audit found of one subject. `head` (hex) can be kept elsewhere: a journal cut off at its end shows by it alone. */
export interface Audited {
  readonly subject: string;
  readonly events: number;
  readonly head: string;
  /** Where and how the chain breaks; absent when it is whole. */
  readonly broken?: string;
}

/** One event as it is exported. */
export interface Entry {
  readonly subject: string;
  readonly team: string;
  readonly kind: SubjectKind;
  readonly number: number;
  readonly at: Date;
  readonly event: AnyEvent;
  /** Of the sealed event, hex. */
  readonly hash: string;
}

export interface Journal {
  /** Every subject by id, each checked: numbers without gaps, hashes, heads, counts, and that each event opens. */
  audit(): AsyncIterable<Audited>;
  /** Every event, opened, by subject and number; one team's where a team is given. */
  export(team?: string): AsyncIterable<Entry>;
}

type SubjectRow = typeof subject.$inferSelect;
type EventRow = typeof event.$inferSelect;

const batch = 200;

export function openJournal(run: Run, vault: Vault): Journal {
  return {
    async *audit() {
      for await (const row of subjectsOf(run)) yield await audited(run, vault, row);
      yield* strays(run);
    },

    async *export(team) {
      for await (const row of subjectsOf(run)) {
        if (team !== undefined && row.team !== team) continue;
        for await (const { number, at: when, payload, hash } of eventsOf(run, row.id)) {
          const opened = vault.openJson<AnyEvent>(payload, at.event(row.id, number));
          yield { subject: row.id, team: row.team, kind: row.kind, number, at: when, event: opened, hash: hash.toString('hex') };
        }
      }
    },
  };
}

async function audited(run: Run, vault: Vault, from: SubjectRow): Promise<Audited> {
  const found = await walk(run, vault, from);
  if (!found.broken) return found;
  // A turn may have moved the head while its events were read; what is really broken is so a second time.
  const [again] = await run((db) => db.select().from(subject).where(eq(subject.id, from.id)));
  return again && !again.head.equals(from.head) ? walk(run, vault, again) : found;
}

async function walk(run: Run, vault: Vault, row: SubjectRow): Promise<Audited> {
  const said = { subject: row.id, head: row.head.toString('hex') };
  let prev = genesis;
  let number = 0;
  for await (const link of eventsOf(run, row.id, row.events)) {
    number += 1;
    const broken = brokenLink(vault, link, number, prev);
    if (broken) return { ...said, events: number - 1, broken };
    prev = link.hash;
  }
  if (number !== row.events) return { ...said, events: number, broken: `${row.id} counts ${row.events} events, its journal has ${number}` };
  if (!prev.equals(row.head)) return { ...said, events: number, broken: `the head of ${row.id} is not the hash of its last event` };
  const beyond = await run((db) =>
    db
      .select({ number: event.number })
      .from(event)
      .innerJoin(subject, eq(subject.id, event.subject))
      .where(and(eq(event.subject, row.id), sql`${event.number} > ${subject.events}`))
      .orderBy(asc(event.number))
      .limit(1),
  );
  if (beyond[0])
    return { ...said, events: number, broken: `${row.id}/${beyond[0].number} lies beyond the ${row.events} events of the journal` };
  return { ...said, events: number };
}

function brokenLink(vault: Vault, link: EventRow, number: number, prev: Buffer): string | undefined {
  const name = `${link.subject}/${number}`;
  if (link.number !== number) return `${name} is missing: the next event is number ${link.number}`;
  if (!link.prev.equals(prev)) return `${name} does not follow the event before it`;
  if (!linked(prev, link).equals(link.hash)) return `${name} was changed: its hash does not fit`;
  try {
    const { type } = vault.openJson<{ type: unknown }>(link.payload, at.event(link.subject, number));
    return type === link.type ? undefined : `${name} is sealed as another type of event than its row says`;
  } catch {
    return `${name} does not open with the vault's keys`;
  }
}

/** Events whose subject is gone, which only somebody past the foreign keys can bring about. */
async function* strays(run: Run): AsyncIterable<Audited> {
  const rows = await run((db) =>
    rowsOf(
      db,
      sql`select ${event.subject} as subject, count(*)::int as events from ${event}
          where not exists (select 1 from ${subject} where ${subject.id} = ${event.subject}) group by 1 order by 1`,
    ),
  );
  for (const { subject: id, events } of rows) {
    yield { subject: String(id), events: Number(events), head: '', broken: `${id} has events but is no subject` };
  }
}

async function* subjectsOf(run: Run): AsyncIterable<SubjectRow> {
  for (let last = ''; ; ) {
    const rows = await run((db) => db.select().from(subject).where(gt(subject.id, last)).orderBy(asc(subject.id)).limit(batch));
    yield* rows;
    const end = rows.at(-1);
    if (rows.length < batch || !end) return;
    last = end.id;
  }
}

/** Events by number, up to `most` where it is given. */
async function* eventsOf(run: Run, id: string, most?: number): AsyncIterable<EventRow> {
  for (let last = 0; ; ) {
    const upTo = most === undefined ? undefined : sql`${event.number} <= ${most}`;
    const rows = await run((db) =>
      db
        .select()
        .from(event)
        .where(and(eq(event.subject, id), gt(event.number, last), upTo))
        .orderBy(asc(event.number))
        .limit(batch),
    );
    yield* rows;
    const end = rows.at(-1);
    if (rows.length < batch || !end) return;
    last = end.number;
  }
}
