// Every letter we write. On purpose a list and not a discovery: what may leave is decided here.
import { acknowledgement } from '#letter/acknowledgement.ts';
import { alarm } from '#letter/alarm.ts';
import { announcement } from '#letter/announcement.ts';
import { critiqueWanted } from '#letter/critique-wanted.ts';
import { cveRequest } from '#letter/cve-request.ts';
import { dateMoved } from '#letter/date-moved.ts';
import type { AnyLetter, FactsOf } from '#letter/define.ts';
import { desk } from '#letter/desk.ts';
import { handoff } from '#letter/handoff.ts';
import { keyChallenge } from '#letter/key-challenge.ts';
import { keyChanged } from '#letter/key-changed.ts';
import { keyEnding } from '#letter/key-ending.ts';
import { keyOffered } from '#letter/key-offered.ts';
import { keyReceived } from '#letter/key-received.ts';
import { keyWanted } from '#letter/key-wanted.ts';
import { notice } from '#letter/notice.ts';
import { paste } from '#letter/paste.ts';
import { preview } from '#letter/preview.ts';
import { relay } from '#letter/relay.ts';
import { reminder } from '#letter/reminder.ts';
import { reply } from '#letter/reply.ts';
import { report } from '#letter/report.ts';
import { resolution } from '#letter/resolution.ts';
import { retrospective } from '#letter/retrospective.ts';
import { review } from '#letter/review.ts';
import { teamKeyChanged } from '#letter/team-key-changed.ts';
import { transcript } from '#letter/transcript.ts';
import { unread } from '#letter/unread.ts';
import { verdictNegative } from '#letter/verdict-negative.ts';
import { verdictPositive } from '#letter/verdict-positive.ts';

const list = [
  acknowledgement,
  report,
  relay,
  reply,
  transcript,
  alarm,
  unread,
  keyWanted,
  handoff,
  verdictPositive,
  verdictNegative,
  preview,
  review,
  paste,
  reminder,
  critiqueWanted,
  cveRequest,
  resolution,
  notice,
  dateMoved,
  announcement,
  retrospective,
  keyReceived,
  keyChallenge,
  keyOffered,
  keyChanged,
  keyEnding,
  teamKeyChanged,
  desk,
] as const;

/** The kinds of letters by name. */
export type Kind = (typeof list)[number]['kind'];

/** The facts each kind is made from: what `follow-up.ts` must gather. */
export type FactsByKind = { [Each in (typeof list)[number] as Each['kind']]: FactsOf<Each> };

/** Every letter, in the order in which an incident brings them about. */
export const letters: readonly AnyLetter[] = list;

/** The letter of this kind. */
export function letterOfKind(kind: string): AnyLetter | undefined {
  return letters.find((letter) => letter.kind === kind);
}
