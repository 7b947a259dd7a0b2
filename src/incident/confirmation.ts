// An awaited confirmation: who may give it, each with a code of their own, and how often a wrong one came.
import type { Action, Event, PersonalCode, Who } from '#incident/event.ts';

export interface Pending {
  readonly action: Action;
  /** Whoever may confirm, each with the code that was mailed to nobody else. */
  readonly codes: readonly PersonalCode[];
  /** The one code of the whole team, in journals from before codes were personal. */
  readonly shared?: string;
  readonly by: Who;
  readonly expires: Date;
  /** Who sent a wrong code, once for each time. */
  readonly missed: readonly Who[];
}

/** How many wrong codes of one person make an awaited confirmation void: fewer would punish slips, more would invite guessing. */
export const mostMisses = 5;

/** What awaits a confirmation after this event; an event with one code for everybody is read as such. */
export function pendingOf(event: Extract<Event, { type: 'confirmation-asked' }>): Pending {
  const { action, by, expires } = event;
  const codes = 'codes' in event ? { codes: event.codes } : { codes: [], shared: event.code };
  return { action, ...codes, by, expires: new Date(expires), missed: [] };
}

/** The code that was mailed to this person; undefined for somebody who may not confirm. */
export function codeFor({ codes, shared }: Pick<Pending, 'codes' | 'shared'>, who: Who): string | undefined {
  return codes.find(({ to }) => to === who)?.code ?? shared;
}

/** Whether what a person wrote is this code: in any case, and with the letters that codes do not have read as the digits they look like. */
export function isCode(written: string, code: string): boolean {
  return written.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1') === code;
}

/** How many wrong codes of this person are left, with the one that just came, before the confirmation is void. */
export function triesLeft({ missed }: Pending, who: Who): number {
  return Math.max(0, mostMisses - 1 - missed.filter((one) => one === who).length);
}

/** A text that others will read, without the codes that are still good. */
export function withoutCodes(text: string, pending: Pending | undefined): string {
  if (!pending) return text;
  const good = [...pending.codes.map(({ code }) => code), ...(pending.shared ? [pending.shared] : [])];
  return good.reduce((masked, code) => masked.replace(spellings(code), '*'.repeat(code.length)), text);
}

// Every way to write a code that `isCode` takes. Codes are ours: letters and digits, nothing that means something in a pattern.
function spellings(code: string): RegExp {
  return new RegExp(code.replaceAll('0', '[0O]').replaceAll('1', '[1IL]'), 'gi');
}

/** What awaits a confirmation once somebody sent another wrong code; nothing where nothing awaits one. */
export function missedBy(who: Who, { pending }: { readonly pending?: Pending }): { readonly pending?: Pending } {
  return pending ? { pending: { ...pending, missed: [...pending.missed, who] } } : {};
}
