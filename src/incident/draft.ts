// A draft: a letter-to-be as people saw it, who approved it, and for which public date it was written.
import type { DraftKind, DraftText } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Who } from '#incident/who.ts';
import { inUtc } from '#time.ts';

/** A draft as it stands: who may have approved it, and whether people wrote its text themselves. */
export interface Draft extends DraftText {
  readonly mark: string;
  readonly by: Who;
  readonly own: boolean;
  readonly approvedBy: readonly Who[];
  /** The public date it was written for: its text may name it. */
  readonly publicAt?: Date;
  /** When it becomes public as far as its text knows: that date, or when it was written where that had passed. */
  readonly says: Date;
  /** Row ids of the mails whose attachments go along. */
  readonly carries: readonly string[];
}

/** The draft that an event brings, not approved by anybody yet. */
export function draftOf(
  event: DraftText & { mark: string; by: Who; own: boolean; carries?: readonly string[] },
  publicAt: Date | undefined,
  at: Date,
): Draft {
  const { subject, text, html, mark, by, own, carries = [] } = event;
  const says = publicAt && publicAt > at ? publicAt : at;
  return {
    subject,
    text,
    ...(html !== undefined && { html }),
    mark,
    by,
    own,
    approvedBy: [],
    carries,
    ...(publicAt && { publicAt }),
    says,
  };
}

/** The text of an announcement that becomes public at `at`: as it was approved, but for the moment after "Published", which is the true one. */
export function asPublished({ subject, text, html, says }: Draft, at: Date): DraftText {
  const [planned, became] = [inUtc(says), inUtc(at)];
  return { subject, text: mended(text, planned, became), ...(html !== undefined && { html: mended(html, planned, became) }) };
}

// Only the moment that stands right behind the word: what people wrote of other moments is theirs.
function mended(text: string, planned: string, became: string): string {
  const moment = text.indexOf(planned);
  const before = text.slice(Math.max(0, moment - 80), Math.max(0, moment));
  return before.includes('Published') ? `${text.slice(0, moment)}${became}${text.slice(moment + planned.length)}` : text;
}

/** The drafts once somebody approved exactly this text; approving another changes nothing. */
export function approve(drafts: Incident['drafts'], kind: DraftKind, mark: string, by: Who): Incident['drafts'] {
  const draft = drafts[kind];
  if (draft?.mark !== mark || draft.approvedBy.includes(by)) return drafts;
  return { ...drafts, [kind]: { ...draft, approvedBy: [...draft.approvedBy, by] } };
}

/** The mails whose attachments a draft of this kind takes along: the patches, to distributors and to nobody else. */
export function carriedBy(kind: DraftKind, { patches }: Pick<Incident, 'patches'>): string[] {
  return kind === 'notice' ? [...new Set(patches.map(({ message }) => message))] : [];
}

/** The names of those attachments. */
export function filesOf({ carries }: Pick<Draft, 'carries'>, { patches }: Pick<Incident, 'patches'>): string[] {
  return patches.flatMap(({ message, names }) => (carries.includes(message) ? names : []));
}
