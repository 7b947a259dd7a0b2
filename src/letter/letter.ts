// What a letter is: who it is for, how it is sealed, and the facts it will be rendered from.
import type { GoesBy } from '#incident/embargo.ts';
import type { Instant } from '#incident/event.ts';
import type { Dated } from '#letter/calendar-file.ts';
import type { Audience, Seal } from '#team/policy.ts';

export type { Audience, Seal } from '#team/policy.ts';

export interface Recipient {
  /** A roster handle, a distributor's id, a channel's name, `reporter`, `cna`, `administrator` or `operator`: asked again before the letter leaves. */
  readonly who: string;
  readonly address: string;
  readonly name: string;
}

/** Facts are plain JSON: they wait in the outbox and are rendered when the letter leaves. */
export type Facts = { readonly [name: string]: unknown };

/** A letter as it waits in the outbox, for exactly one recipient. */
export interface Letter {
  readonly kind: string;
  readonly audience: Audience;
  readonly to: Recipient;
  readonly seal: Seal;
  readonly facts: Facts;
  /** Names a frozen draft by its mark: its text leaves exactly as it was approved, the template is not asked again. */
  readonly draft?: string;
  /** Row ids of mails whose text or attachments the letter carries. */
  readonly carries?: readonly string[];
  /** The public date goes along as a file for calendars. */
  readonly calendar?: Dated;
  /** Where that is another moment by now, the letter does not leave. */
  readonly goesBy?: GoesBy;
  /** Message-IDs (without angle brackets) that the letter answers, the last one first in In-Reply-To. */
  readonly references?: readonly string[];
  /** On a public channel: it begins the thread of its incident, or answers what began it. */
  readonly publicThread?: 'begins' | 'answers';
  /** An armored certificate to seal it to, instead of the recipient's own. */
  readonly certificate?: string;
  /** Held until this moment. */
  readonly notBefore?: Instant;
}
