// What became of the mails we handed out: which are to be handed out again, and when. No connection, no clock.
import { type Pauses, pause } from '#post/pause.ts';

interface Held {
  /** How often it was handed out, or its download alone failed. */
  tries: number;
  /** A download it took part in failed: it is fetched alone until that works, so that one bad mail holds nobody up. */
  suspect: boolean;
  /** Not before this moment (milliseconds of any steady clock). */
  from: number;
  filing: boolean;
  filed: boolean;
}

/** The memory of one mailbox. UIDs mean something within one UIDVALIDITY only (RFC 3501 §2.3.1.1). */
export interface Shelf {
  readonly uidValidity: string | undefined;
  /** UIDs that were copied to their new folder and still lie in the inbox; see imap-filing.ts. */
  readonly copied: Set<number>;
  /** A mailbox with another UIDVALIDITY is another mailbox: everything known is forgotten. */
  open(uidValidity: string): void;
  /** Of the UIDs that lie in the inbox, those to hand out now, in order. UIDs that left the inbox are forgotten. */
  due(inbox: readonly number[], now: number): number[];
  /** When the next held mail is due, Infinity when none is. */
  nextDue(): number;
  /** Counts one more attempt with the mail: from now on it is held back for a growing pause. */
  tried(uid: number, now: number): void;
  /** Whether the mail must not share a download with others. */
  alone(uid: number): boolean;
  /** A download these mails shared failed, any of them may be the reason. A mail that failed alone is tried again after a pause. */
  failed(uids: readonly number[], now: number): void;
  filing(uid: number): void;
  filed(uid: number): void;
  /** Filing failed: the mail is due again after its pause. */
  unfiled(uid: number): void;
}

/** An empty shelf. */
export function openShelf(pauses: Pauses): Shelf {
  let known = new Map<number, Held>();
  const copied = new Set<number>();
  let uidValidity: string | undefined;

  const held = (uid: number): Held => {
    const there = known.get(uid) ?? { tries: 0, suspect: false, from: 0, filing: false, filed: false };
    known.set(uid, there);
    return there;
  };

  return {
    get uidValidity() {
      return uidValidity;
    },
    copied,
    open(now) {
      if (now === uidValidity) return;
      uidValidity = now;
      known = new Map();
      copied.clear();
    },
    due(inbox, now) {
      const there = new Set(inbox);
      // A mail under way to its folder may be gone from the inbox before we hear so.
      for (const [uid, mail] of known) if (!there.has(uid) && !mail.filing) known.delete(uid);
      return inbox.filter((uid) => {
        const mail = known.get(uid);
        return mail === undefined || (!mail.filing && !mail.filed && mail.from <= now);
      });
    },
    nextDue() {
      let next = Number.POSITIVE_INFINITY;
      for (const mail of known.values()) if (!mail.filing && !mail.filed) next = Math.min(next, mail.from);
      return next;
    },
    tried(uid, now) {
      const mail = held(uid);
      mail.tries += 1;
      mail.suspect = false;
      mail.from = now + pause(mail.tries, pauses);
    },
    alone: (uid) => known.get(uid)?.suspect ?? false,
    failed(uids, now) {
      const [only] = uids;
      for (const uid of uids) held(uid).suspect = true;
      if (only === undefined || uids.length > 1) return;
      const mail = held(only);
      mail.tries += 1;
      mail.from = now + pause(mail.tries, pauses);
    },
    filing(uid) {
      held(uid).filing = true;
    },
    filed(uid) {
      const mail = held(uid);
      mail.filing = false;
      mail.filed = true;
    },
    unfiled(uid) {
      held(uid).filing = false;
    },
  };
}
