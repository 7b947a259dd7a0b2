// Whether a signature may command here and now: fresh, unseen, and bound to its incident by the signed bytes (DESIGN rule 5).
import { type IncidentId, idsIn } from '#incident/id.ts';
import type { Opened } from '#mail/message.ts';
import type { Policy } from '#team/policy.ts';
import type { Sender } from '#team/sender.ts';
import { after, before, spanInWords } from '#time.ts';

/** What intake found out about a signature beside its validity. */
export interface Circumstances {
  readonly incident: IncidentId | undefined;
  readonly prefix: string;
  /** This very signature was in a mail before. */
  readonly replayed: boolean;
  /** Incidents whose letters the *protected* fields of the mail cite. */
  readonly protectedCites: readonly IncidentId[];
  readonly policy: Policy;
  readonly now: Date;
}

/** The sender with the proof that is left: `signed` becomes `none` when the signature may not command here, with the reason as doubt. */
export function authority(sender: Sender, opened: Opened, circumstances: Circumstances): Sender {
  if (sender.proof !== 'signed') return sender;
  const doubt = objection(opened, circumstances);
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

/** The incidents that the signed bytes name: in the covered text, or in a protected subject. */
export function named(opened: Opened, prefix: string): IncidentId[] {
  const subject = opened.protectedFields.filter(({ name }) => name === 'subject').map(({ value }) => value);
  const covered = opened.passages.filter((passage) => passage.covered).map((passage) => passage.text);
  return idsIn([...subject, ...covered].join('\n'), prefix);
}
