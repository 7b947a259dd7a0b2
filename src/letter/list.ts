// Every letter we write. On purpose a list and not a discovery: what may leave is decided here.
import { accessRequest } from '#letter/access-request.ts';
import { acknowledgement } from '#letter/acknowledgement.ts';
import { alarm } from '#letter/alarm.ts';
import { announcement } from '#letter/announcement.ts';
import { askPrivate } from '#letter/ask-private.ts';
import { breach } from '#letter/breach.ts';
import { critiqueWanted } from '#letter/critique-wanted.ts';
import { cveAssigned } from '#letter/cve-assigned.ts';
import { cveRejected } from '#letter/cve-rejected.ts';
import { cveRequest } from '#letter/cve-request.ts';
import { dateMoved } from '#letter/date-moved.ts';
import { decision } from '#letter/decision.ts';
import type { AnyLetter, FactsOf } from '#letter/define.ts';
import { desk } from '#letter/desk.ts';
import { digest } from '#letter/digest.ts';
import { duplicate } from '#letter/duplicate.ts';
import { embargoHolds } from '#letter/embargo-holds.ts';
import { finalNotice } from '#letter/final-notice.ts';
import { fixReady } from '#letter/fix-ready.ts';
import { handoff } from '#letter/handoff.ts';
import { headsUp } from '#letter/heads-up.ts';
import { invitation } from '#letter/invitation.ts';
import { invitationEnded } from '#letter/invitation-ended.ts';
import { keyChallenge } from '#letter/key-challenge.ts';
import { keyChanged } from '#letter/key-changed.ts';
import { keyEnding } from '#letter/key-ending.ts';
import { keyOffered } from '#letter/key-offered.ts';
import { keyReceived } from '#letter/key-received.ts';
import { keyWanted } from '#letter/key-wanted.ts';
import { message } from '#letter/message.ts';
import { notice } from '#letter/notice.ts';
import { part } from '#letter/part.ts';
import { paste } from '#letter/paste.ts';
import { preview } from '#letter/preview.ts';
import { publicDate } from '#letter/public-date.ts';
import { publicPath } from '#letter/public-path.ts';
import { relay } from '#letter/relay.ts';
import { releaseDate } from '#letter/release-date.ts';
import { reminder } from '#letter/reminder.ts';
import { reply } from '#letter/reply.ts';
import { report } from '#letter/report.ts';
import { resolution } from '#letter/resolution.ts';
import { retrospective } from '#letter/retrospective.ts';
import { review } from '#letter/review.ts';
import { step } from '#letter/step.ts';
import { teamKeyChanged } from '#letter/team-key-changed.ts';
import { transcript } from '#letter/transcript.ts';
import { unread } from '#letter/unread.ts';
import { verdictNegative } from '#letter/verdict-negative.ts';
import { verdictPositive } from '#letter/verdict-positive.ts';
import { weekly } from '#letter/weekly.ts';

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
  part,
  verdictPositive,
  verdictNegative,
  duplicate,
  publicPath,
  askPrivate,
  decision,
  breach,
  invitation,
  invitationEnded,
  message,
  fixReady,
  accessRequest,
  preview,
  review,
  paste,
  reminder,
  digest,
  publicDate,
  releaseDate,
  critiqueWanted,
  cveRequest,
  cveAssigned,
  cveRejected,
  resolution,
  notice,
  dateMoved,
  headsUp,
  finalNotice,
  step,
  embargoHolds,
  announcement,
  retrospective,
  keyReceived,
  keyChallenge,
  keyOffered,
  keyChanged,
  keyEnding,
  teamKeyChanged,
  weekly,
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
