// Everything that can happen to an incident: the journal's vocabulary. Moments inside events are ISO 8601 text in UTC.
import type { CourseEvent } from '#incident/course.ts';
import type { DisclosureEvent } from '#incident/disclosure.ts';
import type { FixEvent } from '#incident/fix.ts';
import type { PartEvent } from '#incident/part.ts';
import type { Level } from '#incident/severity.ts';
import type { Instant, Outsider, Who } from '#incident/who.ts';
import type { Proof } from '#team/policy.ts';
import type { Span } from '#time.ts';

export type { Instant, Outsider, Who } from '#incident/who.ts';

/** How soon an accepted report is dealt with, where a team says so. */
export const priorities = ['low', 'medium', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

export type DraftKind = 'notice' | 'heads-up' | 'announcement' | 'retrospective';

/** A letter-to-be as people saw and approved it; `html` only where the letter has an HTML part. */
export interface DraftText {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

export type Event =
  | CourseEvent
  | FixEvent
  | PartEvent
  | DisclosureEvent
  | {
      readonly type: 'reported';
      readonly reporter?: Outsider;
      readonly certificate?: string;
      readonly title: string;
      readonly message: string;
      /** The report's Message-ID, so that letters to the reporter stand in their thread. */
      readonly messageId?: string;
      readonly proof: Proof;
      /** It came encrypted to us. */
      readonly encrypted?: true;
      readonly via?: string;
      /** Who of the roster handed somebody else's report on. */
      readonly by?: Who;
      readonly commander?: Who;
      /** When somebody else is on call. */
      readonly turnEnds?: Instant;
    }
  | { readonly type: 'reporter-named'; readonly by: Who; readonly reporter: Outsider }
  | {
      readonly type: 'mail-joined';
      readonly by: Who;
      readonly from?: Outsider;
      readonly message: string;
      readonly proof: Proof;
      readonly encrypted?: true;
    }
  | { readonly type: 'taken'; readonly by: Who }
  | { readonly type: 'handoff-offered'; readonly by: Who; readonly to: Who; readonly because?: string }
  | { readonly type: 'handoff-accepted'; readonly by: Who }
  | { readonly type: 'handoff-declined'; readonly by: Who; readonly because?: string }
  | {
      readonly type: 'lead-chosen';
      readonly by: Who;
      readonly lead: Who;
      readonly how: 'volunteered' | 'named' | 'in-turn';
      readonly because?: string;
    }
  | { readonly type: 'accepted'; readonly by: Who; readonly text?: string; readonly priority?: Priority; readonly again?: true }
  | { readonly type: 'declined'; readonly by: Who; readonly class: string; readonly text?: string }
  | { readonly type: 'spam-marked'; readonly by: Who }
  | { readonly type: 'noted'; readonly by: Who; readonly text: string }
  | { readonly type: 'replied'; readonly by: Who; readonly text: string; readonly asks: boolean }
  | {
      readonly type: 'severity-set';
      readonly by: Who;
      readonly level: Level;
      readonly vector?: string;
      readonly score?: number;
      readonly because?: string;
      readonly provisional?: true;
    }
  | { readonly type: 'cve-requested'; readonly by: Who; readonly because?: string }
  | { readonly type: 'cve-assigned'; readonly by: Who; readonly cve: string; readonly because?: string }
  | { readonly type: 'cve-rejected'; readonly by: Who; readonly cve?: string; readonly because?: string }
  | { readonly type: 'field-set'; readonly by: Who; readonly field: string; readonly text: string }
  | { readonly type: 'scheduled'; readonly by: Who; readonly publicAt: Instant; readonly because?: string }
  | ({
      readonly type: 'drafted';
      readonly by: Who;
      readonly kind: DraftKind;
      readonly mark: string;
      readonly own: boolean;
      /** Why it is drafted although something it should say is missing. */
      readonly because?: string;
      /** Row ids of the mails whose attachments go along. */
      readonly carries?: readonly string[];
    } & DraftText)
  | { readonly type: 'approved'; readonly by: Who; readonly kind: DraftKind; readonly mark: string }
  /** `codes` has everybody who may confirm; journals from before codes were personal have one `code` for the whole team. */
  | ({
      readonly type: 'confirmation-asked';
      readonly by: Who;
      readonly action: Action;
      readonly expires: Instant;
      readonly because?: string;
      /** The advice that the reason goes against. */
      readonly against?: string;
    } & ({ readonly codes: readonly PersonalCode[] } | { readonly code: string }))
  /** Somebody sent a wrong code; with none `left` the confirmation is void. */
  | { readonly type: 'confirmation-missed'; readonly by: Who; readonly left: number }
  | { readonly type: 'confirmed'; readonly by: Who; readonly action: Action }
  | { readonly type: 'cancelled'; readonly by: Who; readonly what: 'confirmation' | 'announcement' | 'schedule'; readonly because?: string }
  | {
      readonly type: 'notice-released';
      readonly by: Who;
      readonly mark: string;
      readonly distributors: readonly string[];
      readonly unreachable: readonly string[];
      /** Lists that keep an embargo no longer than this before the public date: theirs leaves then. */
      readonly later?: readonly { readonly who: Who; readonly longest: Span }[];
    }
  /** `despite` are the steps that are open and do not hold it, for a reason. */
  | {
      readonly type: 'announcement-set';
      readonly by: Who;
      readonly mark: string;
      readonly at: Instant;
      readonly despite?: readonly string[];
    }
  | { readonly type: 'announced'; readonly mark: string; readonly channels: readonly string[] }
  | { readonly type: 'critique-given'; readonly by: Who; readonly text: string }
  | { readonly type: 'retrospective-released'; readonly by: Who; readonly mark: string }
  | { readonly type: 'closed'; readonly by: Who; readonly because?: string; readonly against?: string }
  | { readonly type: 'reopened'; readonly by: Who; readonly because?: string }
  /** `daily`: said in the mail of the day, which has no letter of its own for it. */
  | { readonly type: 'reminded'; readonly deadline: string; readonly level: number; readonly to: readonly Who[]; readonly daily?: true }
  /** The reporter brought another certificate; it counts once the code, which only its owner can read, comes back. */
  | {
      readonly type: 'reporter-key-offered';
      readonly fingerprint: string;
      readonly certificate: string;
      readonly code: string;
      readonly expires: Instant;
    }
  | { readonly type: 'reporter-key-proved'; readonly fingerprint: string; readonly certificate: string }
  /** Letters that waited for a usable key of somebody leave now. */
  | { readonly type: 'letters-released'; readonly to: Who; readonly letters: number }
  | { readonly type: 'command-refused'; readonly claimed: Who; readonly line: string; readonly why: string; readonly proof: Proof }
  | {
      readonly type: 'letter-failed';
      readonly letter: string;
      readonly kind: string;
      readonly to: Who;
      readonly how: 'refused' | 'bounced' | 'unsealable' | 'given-up' | 'withheld';
      readonly status?: string;
    };

/** What needs a confirmation before it happens (house rule 6). */
export type Action =
  | { readonly act: 'notify'; readonly mark: string }
  | { readonly act: 'heads-up'; readonly mark: string }
  | { readonly act: 'announce'; readonly mark: string; readonly at: Instant; readonly despite?: readonly string[] }
  | { readonly act: 'update'; readonly mark: string }
  | { readonly act: 'retrospective'; readonly mark: string };

/** The code of one person for one confirmation: mailed to their address on file and to nobody else. */
export interface PersonalCode {
  readonly to: Who;
  readonly code: string;
}

/** An event as it stands in the journal. `number` counts from 1 without gaps within its subject. */
export interface Recorded<What = Event> {
  readonly number: number;
  readonly at: Date;
  readonly event: What;
}
