// What became of one mail, as a value: for the log, for stories and for `embargod rehearse`.
import type { Carried, TranscriptLine } from '#command/carry-out.ts';
import type { Letter } from '#letter/letter.ts';
import type { Machine } from '#mail/machine.ts';
import type { Message } from '#mail/message.ts';
import type { Mail } from '#office/read.ts';
import type { Sender } from '#team/sender.ts';

export type TakenKind = 'report' | 'follow-up' | 'team' | 'distributor' | 'machine' | 'unusable' | 'seen';

export interface Taken {
  readonly kind: TakenKind;
  /** Why an unusable mail is unusable. */
  readonly why?: string;
  readonly message?: Message;
  readonly mail?: Mail;
  readonly machine?: Machine;
  /** The sender with the proof that counted. */
  readonly by?: Sender;
  readonly incident?: string;
  readonly transcript: readonly TranscriptLine[];
  readonly letters: readonly Letter[];
}

interface Parts {
  readonly kind: TakenKind;
  readonly why?: string;
  readonly message?: Message;
  readonly mail?: Mail;
  readonly machine?: Machine;
  readonly by?: Sender;
  readonly incident?: string | undefined;
  readonly carried?: Carried;
  readonly letters?: readonly Letter[];
}

/** Puts the value together. */
export function takenOf({ kind, why, message, mail, machine, by, incident, carried, letters = [] }: Parts): Taken {
  const whole = message ?? mail?.message;
  const sender = by ?? mail?.sender;
  return {
    kind,
    ...(why !== undefined && { why }),
    ...(whole && { message: whole }),
    ...(mail && { mail }),
    ...(machine && { machine }),
    ...(sender && { by: sender }),
    ...(incident !== undefined && { incident }),
    transcript: carried?.transcript ?? [],
    letters,
  };
}
