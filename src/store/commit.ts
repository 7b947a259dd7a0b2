// What a turn writes at its end: the mail, the events with their chain, the state, the deadlines, the letters.
import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Recorded } from '#incident/event.ts';
import type { Letter } from '#letter/letter.ts';
import type { Place } from '#mail/message.ts';
import { linked } from '#store/chain.ts';
import type { Db } from '#store/query.ts';
import { deadline, event, letter, message, signature, subject } from '#store/schema.ts';
import { at, macs } from '#store/sealed.ts';
import type { AnyEvent, SubjectRow } from '#store/subjects.ts';
import type { Vault } from '#store/vault.ts';

/** A mail to keep. `fingerprint` and `signature` are digests in hex; `note` is anything JSON can hold. */
export interface MailToKeep {
  readonly id: string;
  readonly team: string;
  readonly place: Place;
  readonly fingerprint: string;
  readonly messageId?: string;
  readonly sender?: string;
  readonly kind: string;
  readonly receivedAt: Date;
  readonly raw: Buffer;
  readonly inner?: Buffer;
  readonly note: unknown;
  readonly signature?: string;
  readonly subject?: string;
}

/** A letter to queue. `cause` names the decision; its letters are numbered from 0 in the order they are given within the turn. */
export interface LetterToQueue {
  readonly id: string;
  readonly cause: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly letter: Letter;
  readonly nextAt: Date;
}

export interface Change {
  readonly message?: MailToKeep;
  /** The subject that events, deadlines and letters belong to; locked or created in this turn. */
  readonly subject?: { readonly id: string; readonly stage: string };
  readonly events: readonly AnyEvent[];
  readonly letters: readonly LetterToQueue[];
  /** All deadlines of the subject from now on; absent leaves them as they are. */
  readonly deadlines?: readonly { readonly key: string; readonly dueAt: Date }[];
  /** Keys of deadlines that stay as they are beside those. */
  readonly besides?: readonly string[];
  /** Whose letters these are, where neither subject nor message tells. */
  readonly team?: string;
  readonly now: Date;
}

/** What a turn holds while it writes: its transaction and how many letters each cause has had. */
export interface Pen {
  readonly db: Db;
  readonly vault: Vault;
  readonly numbers: Map<string, number>;
}

/** Keeps a mail and remembers its signature. */
export async function keep({ db, vault }: Pen, mail: MailToKeep): Promise<void> {
  const mac = macs(vault);
  const { id, team, place, kind, receivedAt } = mail;
  await db.insert(message).values({
    id,
    team,
    subject: mail.subject ?? null,
    mailbox: place.mailbox,
    uidValidity: place.uidValidity,
    uid: place.uid,
    fingerprint: mac.fingerprint(team, mail.fingerprint),
    messageIdMac: mail.messageId === undefined ? null : mac.messageId(mail.messageId),
    senderMac: mail.sender === undefined ? null : mac.address(mail.sender),
    receivedAt,
    kind,
    raw: vault.seal(mail.raw, at.raw(id)),
    inner: mail.inner ? vault.seal(mail.inner, at.inner(id)) : null,
    note: vault.sealJson(mail.note, at.note(id)),
  });
  if (mail.signature === undefined) return;
  await db.insert(signature).values({ digestMac: mac.signature(mail.signature), message: id, at: receivedAt });
}

/** Appends events to a journal whose row is locked, and answers with the row as it stands now. */
export async function append(
  { db, vault }: Pen,
  row: SubjectRow,
  change: { events: readonly AnyEvent[]; stage: string; now: Date },
): Promise<{ row: SubjectRow; recorded: Recorded<AnyEvent>[] }> {
  const { events, stage, now } = change;
  let head = row.head;
  const rows = events.map((what, index) => {
    const number = row.events + index + 1;
    const payload = vault.sealJson(what, at.event(row.id, number));
    const prev = head;
    head = linked(prev, { subject: row.id, number, type: what.type, at: now, payload });
    return { subject: row.id, number, type: what.type, at: now, payload, prev, hash: head };
  });
  if (rows.length > 0) await db.insert(event).values(rows);
  const next = { ...row, stage, touchedAt: now, events: row.events + rows.length, head };
  await db.update(subject).set({ stage, touchedAt: now, events: next.events, head }).where(eq(subject.id, row.id));
  // As a later reading will see them: what JSON cannot hold (undefined) is gone here too.
  const recorded = rows.map(({ number, payload }) => ({
    number,
    at: now,
    event: vault.openJson<AnyEvent>(payload, at.event(row.id, number)),
  }));
  return { row: next, recorded };
}

/** Puts letters into the outbox. */
export async function queue(
  { db, vault, numbers }: Pen,
  of: { team: string; subject?: string; now: Date },
  letters: readonly LetterToQueue[],
) {
  if (letters.length === 0) return;
  const rows = letters.map(({ id, cause, messageId, letter: body, nextAt }) => {
    const number = numbers.get(cause) ?? 0;
    numbers.set(cause, number + 1);
    return {
      ...{ id, cause, number, messageId, nextAt },
      team: of.team,
      subject: of.subject ?? null,
      kind: body.kind,
      audience: body.audience,
      seal: body.seal,
      recipientMac: macs(vault).address(body.to.address),
      body: vault.sealJson(body, at.letter(id)),
      state: 'waiting' as const,
      attempts: 0,
      fence: 0,
      createdAt: of.now,
    };
  });
  // A statement holds 65 535 parameters at most; a notice may go to thousands of distributors.
  for (let start = 0; start < rows.length; start += 1000) await db.insert(letter).values(rows.slice(start, start + 1000));
}

/** Makes these the deadlines of a subject (a fresh one has none yet). One that stays as it was keeps its lease, so that it does not come twice at once. */
export async function derive(
  { db }: Pen,
  of: { id: string; fresh: boolean; besides?: readonly string[] | undefined },
  deadlines: readonly { key: string; dueAt: Date }[],
): Promise<void> {
  const keys = deadlines.map(({ key }) => key);
  const stay = [...keys, ...(of.besides ?? [])];
  if (!of.fresh)
    await db.delete(deadline).where(and(eq(deadline.subject, of.id), stay.length > 0 ? notInArray(deadline.key, stay) : undefined));
  if (keys.length === 0) return;
  await db
    .insert(deadline)
    .values(deadlines.map(({ key, dueAt }) => ({ subject: of.id, key, dueAt })))
    .onConflictDoUpdate({
      target: [deadline.subject, deadline.key],
      set: {
        dueAt: sql`excluded.due_at`,
        leaseUntil: sql`case when ${deadline.dueAt} = excluded.due_at then ${deadline.leaseUntil} end`,
      },
    });
}
