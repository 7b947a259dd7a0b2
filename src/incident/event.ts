// Everything that can happen to an incident: the journal's vocabulary. Moments inside events are ISO 8601 text in UTC.
import type { Level } from '#incident/severity.ts';
import type { Proof } from '#team/policy.ts';

/** A moment as it stands in the journal: ISO 8601, UTC. */
export type Instant = string;

/** Who did it: a roster handle, `reporter`, a distributor's id, or `embargod` itself. */
export type Who = string;

export type DraftKind = 'notice' | 'announcement' | 'retrospective';

/** A person outside the roster, as their mail claims. */
export interface Outsider {
  readonly address: string;
  readonly name: string;
}

/** A letter-to-be as people saw and approved it; `html` only where the letter has an HTML part. */
export interface DraftText {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

export type Event =
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
      readonly commander?: Who;
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
  | { readonly type: 'handoff-offered'; readonly by: Who; readonly to: Who }
  | { readonly type: 'handoff-accepted'; readonly by: Who }
  | { readonly type: 'handoff-declined'; readonly by: Who; readonly because?: string }
  | { readonly type: 'lead-chosen'; readonly by: Who; readonly lead: Who; readonly how: 'volunteered' | 'named' | 'in-turn' }
  | { readonly type: 'accepted'; readonly by: Who; readonly text?: string }
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
    }
  | { readonly type: 'cve-requested'; readonly by: Who }
  | { readonly type: 'cve-assigned'; readonly by: Who; readonly cve: string }
  | { readonly type: 'cve-rejected'; readonly by: Who; readonly cve?: string; readonly because?: string }
  | { readonly type: 'field-set'; readonly by: Who; readonly field: string; readonly text: string }
  | { readonly type: 'scheduled'; readonly by: Who; readonly publicAt: Instant; readonly because?: string }
  | ({ readonly type: 'drafted'; readonly by: Who; readonly kind: DraftKind; readonly mark: string; readonly own: boolean } & DraftText)
  | { readonly type: 'approved'; readonly by: Who; readonly kind: DraftKind; readonly mark: string }
  /** `codes` has everybody who may confirm; journals from before codes were personal have one `code` for the whole team. */
  | ({
      readonly type: 'confirmation-asked';
      readonly by: Who;
      readonly action: Action;
      readonly expires: Instant;
      readonly because?: string;
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
    }
  | { readonly type: 'announcement-set'; readonly by: Who; readonly mark: string; readonly at: Instant }
  | { readonly type: 'announced'; readonly mark: string; readonly channels: readonly string[] }
  | { readonly type: 'critique-given'; readonly by: Who; readonly text: string }
  | { readonly type: 'retrospective-released'; readonly by: Who; readonly mark: string }
  | { readonly type: 'closed'; readonly by: Who; readonly because?: string }
  | { readonly type: 'reopened'; readonly by: Who; readonly because?: string }
  | { readonly type: 'reminded'; readonly deadline: string; readonly level: number; readonly to: readonly Who[] }
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

/** What needs a confirmation before it happens (DESIGN rule 6). */
export type Action =
  | { readonly act: 'notify'; readonly mark: string }
  | { readonly act: 'announce'; readonly mark: string; readonly at: Instant }
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
