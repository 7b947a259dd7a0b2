// Whether a proof may command here and now: fresh and unseen, a signature also bound to its incident by the signed bytes (house rule 5).
import { type IncidentId, idsIn } from '#incident/id.ts';
import type { Opened } from '#mail/message.ts';
import { type OwnWords, text } from '#mail/own-words.ts';
import type { Policy } from '#team/policy.ts';
import { isOnRoster, type Sender } from '#team/sender.ts';
import { after, before, spanInWords } from '#time.ts';

/** What intake found out about a signature beside its validity. */
export interface Circumstances {
  readonly incident: IncidentId | undefined;
  readonly prefix: string;
  /** What the sender wrote now. Where a signature counts nothing outside it is among them. */
  readonly own: Pick<OwnWords, 'lines'>;
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

function objection(opened: Opened, circumstances: Circumstances): string | undefined {
  const { incident, replayed, policy, now } = circumstances;
  const { fresh } = policy.signatures;
  if (replayed) return 'this signature came before; a signed command counts once';
  const at = opened.signature.at;
  if (!at) return 'the signature has no time';
  if (at < before(now, fresh)) return `it was signed more than ${spanInWords(fresh)} ago`;
  if (at > after(now, '1d')) return 'it was signed in the future';
  if (!incident) return answersElsewhere(circumstances);
  const { ids, by } = meant(opened, circumstances);
  if (ids.includes(incident)) return undefined;
  if (by === 'header') return `its signed header belongs to ${ids.join(' and ')}, not to ${incident}`;
  return by === 'words'
    ? `the signed words name ${ids.join(' and ')} first, not ${incident}; write ${incident} on a line of its own above the command`
    : `the signed text does not name ${incident}, so it could belong to another incident; write that id on a line of its own`;
}

// Whoever holds a mail back can send it in an envelope that points to another incident too, so that it opens a new one of their own.
function answersElsewhere({ protectedCites }: Circumstances): string | undefined {
  if (protectedCites.length === 0) return undefined;
  return `its signed header answers letters of ${protectedCites.join(' and ')}, and the mail came to no incident or to a new one`;
}

// DMARC by SPF alone proves no Date; then the server that sent the mail is the sender's own, and it was sent now.
function staleness({ message: { date } }: Opened, { replayed, policy, now }: Circumstances): string | undefined {
  const { fresh } = policy.signatures;
  if (replayed) return 'this mail came before; a command counts once';
  if (!date) return 'the mail has no date';
  if (date < before(now, fresh)) return `the mail is dated more than ${spanInWords(fresh)} ago`;
  return date > after(now, '1d') ? 'the mail is dated in the future' : undefined;
}

/** The incidents that a signature may be meant for, and what in the signed bytes says so. */
export interface Meant {
  readonly ids: readonly IncidentId[];
  readonly by: 'header' | 'words' | 'quote';
}

/**
 * Which incidents the signed bytes are meant for, by the first of these that names any: protected header fields (its subject, letters that it
 * cites); the writer's own words, of which the first id counts, for the others are only spoken of and whoever carries the mail could choose;
 * text that is quoted or no sure words of the writer, when it names exactly one. A quote is chosen by whoever wrote it, never against the writer.
 */
export function meant(opened: Opened, { own, protectedCites, prefix }: Pick<Circumstances, 'own' | 'protectedCites' | 'prefix'>): Meant {
  const subject = opened.protectedFields.filter(({ name }) => name === 'subject').map(({ value }) => value);
  const header = [...new Set([...protectedCites, ...idsIn(subject.join('\n'), prefix)])];
  if (header.length > 0) return { ids: header, by: 'header' };
  const [first] = idsIn(text({ lines: own.lines.filter(({ code }) => !code) }), prefix);
  if (first) return { ids: [first], by: 'words' };
  const covered = opened.passages.filter((passage) => passage.covered).map((passage) => passage.text);
  const ids = idsIn(covered.join('\n'), prefix);
  return { ids: ids.length === 1 ? ids : [], by: 'quote' };
}
