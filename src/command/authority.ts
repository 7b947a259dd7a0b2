// Whether a proof may command here and now: fresh and unseen, a signature also bound to its incident by the signed bytes (DESIGN rule 5).
import { type IncidentId, idsIn } from '#incident/id.ts';
import type { Opened } from '#mail/message.ts';
import type { Policy } from '#team/policy.ts';
import { isOnRoster, type Sender } from '#team/sender.ts';
import { after, before, spanInWords } from '#time.ts';

/** What intake found out about a signature beside its validity. */
export interface Circumstances {
  readonly incident: IncidentId | undefined;
  readonly prefix: string;
  /** This very signature, or for a mail that is only vouched for this very Message-ID, came before. */
  readonly replayed: boolean;
  /** Incidents whose letters the *protected* fields of the mail cite. */
  readonly protectedCites: readonly IncidentId[];
  readonly policy: Policy;
  readonly now: Date;
}

/**
 * The sender with the proof that is left: it becomes `none`, with the reason as doubt, when the signature may not command here, or when a mail
 * that our server vouches for is old. Who keeps a mail with a good DKIM signature can send it again for as long as its key is published
 * (RFC 6376 §8.6).
 */
export function authority(sender: Sender, opened: Opened, circumstances: Circumstances): Sender {
  const doubt =
    sender.proof === 'signed'
      ? objection(opened, circumstances)
      : sender.proof === 'domain' && isOnRoster(sender)
        ? staleness(opened, circumstances)
        : undefined;
  return doubt ? { ...sender, proof: 'none', doubt } : sender;
}

function objection(opened: Opened, { incident, prefix, replayed, protectedCites, policy, now }: Circumstances): string | undefined {
  const { fresh } = policy.signatures;
  if (replayed) return 'this signature came before; a signed command counts once';
  const at = opened.signature.at;
  if (!at) return 'the signature has no time';
  if (at < before(now, fresh)) return `it was signed more than ${spanInWords(fresh)} ago`;
  if (at > after(now, '1d')) return 'it was signed in the future';
  if (!incident || protectedCites.includes(incident)) return undefined;
  return named(opened, prefix).includes(incident)
    ? undefined
    : `the signed text does not name ${incident}, so it could belong to another incident; write that id on a line of its own`;
}

// DMARC by SPF alone proves no Date; then the server that sent the mail is the sender's own, and it was sent now.
function staleness({ message: { date } }: Opened, { replayed, policy, now }: Circumstances): string | undefined {
  const { fresh } = policy.signatures;
  if (replayed) return 'this mail came before; a command counts once';
  if (!date) return 'the mail has no date';
  if (date < before(now, fresh)) return `the mail is dated more than ${spanInWords(fresh)} ago`;
  return date > after(now, '1d') ? 'the mail is dated in the future' : undefined;
}

/** The incidents that the signed bytes name: in the covered text, or in a protected subject. */
export function named(opened: Opened, prefix: string): IncidentId[] {
  const subject = opened.protectedFields.filter(({ name }) => name === 'subject').map(({ value }) => value);
  const covered = opened.passages.filter((passage) => passage.covered).map((passage) => passage.text);
  return idsIn([...subject, ...covered].join('\n'), prefix);
}
