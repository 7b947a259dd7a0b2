// Mails that were taken: read again by their row id, and found by what was seen before.
import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import type { Audience, Letter, Recipient } from '#letter/letter.ts';
import type { Place } from '#mail/message.ts';
import type { Run } from '#store/query.ts';
import { letter, message, signature } from '#store/schema.ts';
import { at, macs } from '#store/sealed.ts';
import type { Vault } from '#store/vault.ts';

/** A mail as it was kept. `note` is what intake wrote beside it, as JSON. */
export interface Kept {
  readonly id: string;
  readonly team: string;
  readonly subject?: string;
  readonly place: Place;
  readonly kind: string;
  readonly receivedAt: Date;
  readonly raw: Buffer;
  readonly inner?: Buffer;
  readonly note: unknown;
}

/** A subject that a mail cites. `ours`: by a letter of ours; otherwise by a received mail, whose Message-ID is only a claim. */
export interface Citation {
  readonly subject: string;
  readonly id: string;
  readonly ours: boolean;
  readonly letter?: { readonly id: string; readonly kind: string; readonly audience: Audience; readonly to: Recipient };
}

export interface Messages {
  /** The mail of a row id, opened; undefined when there is none. */
  message(id: string): Promise<Kept | undefined>;
  /** Whether the same place or the same bytes were taken before, by this team. */
  seen(mail: { team: string; place: Place; fingerprint: string }): Promise<{ message: string; subject?: string } | undefined>;
  /** Whether a signature (SHA-256 of its packet, hex) was in a mail before: replay (house rule 5). */
  signatureSeen(digest: string): Promise<boolean>;
  /** The subjects that these Message-IDs (no angle brackets, the first 50 count) belong to, in the order of the ids. */
  cited(team: string, ids: readonly string[]): Promise<Citation[]>;
}

/** At most this many Message-IDs are looked up; a mail cites no more (mail/message.ts). */
const mostIds = 50;

export function openMessages(run: Run, vault: Vault): Messages {
  const mac = macs(vault);
  return {
    async message(id) {
      const [row] = await run((db) => db.select().from(message).where(eq(message.id, id)));
      if (!row) return undefined;
      return {
        id,
        team: row.team,
        ...(row.subject !== null && { subject: row.subject }),
        place: { mailbox: row.mailbox, uidValidity: row.uidValidity, uid: row.uid },
        kind: row.kind,
        receivedAt: row.receivedAt,
        raw: vault.open(row.raw, at.raw(id)),
        ...(row.inner && { inner: vault.open(row.inner, at.inner(id)) }),
        note: vault.openJson(row.note, at.note(id)),
      };
    },

    async seen({ team, place, fingerprint }) {
      const { mailbox, uidValidity, uid } = place;
      const here = and(eq(message.mailbox, mailbox), eq(message.uidValidity, uidValidity), eq(message.uid, uid));
      const [row] = await run((db) =>
        db
          .select({ id: message.id, subject: message.subject })
          .from(message)
          .where(and(eq(message.team, team), or(here, eq(message.fingerprint, mac.fingerprint(team, fingerprint)))))
          .orderBy(message.sequence)
          .limit(1),
      );
      return row && { message: row.id, ...(row.subject !== null && { subject: row.subject }) };
    },

    async signatureSeen(digest) {
      const found = await run((db) =>
        db
          .select()
          .from(signature)
          .where(eq(signature.digestMac, mac.signature(digest))),
      );
      return found.length > 0;
    },

    async cited(team, ids) {
      const asked = [...new Set(ids)].slice(0, mostIds);
      if (asked.length === 0) return [];
      const ours = await citedLetters(run, vault, team, asked);
      const claimed = await claimedMails(run, vault, team, asked);
      return [...ours, ...claimed].sort((one, other) => asked.indexOf(one.id) - asked.indexOf(other.id));
    },
  };
}

async function citedLetters(run: Run, vault: Vault, team: string, ids: readonly string[]): Promise<Citation[]> {
  const rows = await run((db) =>
    db
      .select()
      .from(letter)
      .where(and(eq(letter.team, team), isNotNull(letter.subject), inArray(letter.messageId, [...ids])))
      .orderBy(letter.sequence),
  );
  return rows.flatMap((row) => {
    if (row.subject === null) return [];
    const { kind, audience, to } = vault.openJson<Letter>(row.body, at.letter(row.id));
    return [{ subject: row.subject, id: row.messageId, ours: true, letter: { id: row.id, kind, audience, to } }];
  });
}

async function claimedMails(run: Run, vault: Vault, team: string, ids: readonly string[]): Promise<Citation[]> {
  const byMac = new Map(ids.map((id) => [macs(vault).messageId(id), id]));
  const rows = await run((db) =>
    db
      .selectDistinct({ mac: message.messageIdMac, subject: message.subject })
      .from(message)
      .where(and(eq(message.team, team), isNotNull(message.subject), inArray(message.messageIdMac, [...byMac.keys()])))
      .orderBy(message.messageIdMac, message.subject)
      .limit(200),
  );
  return rows.flatMap(({ mac, subject }) => {
    const id = byMac.get(mac ?? '');
    return subject === null || id === undefined ? [] : [{ subject, id, ours: false }];
  });
}
