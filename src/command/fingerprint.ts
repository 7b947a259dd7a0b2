// A fingerprint as people write it: hex in groups or not, with or without 0x. A part of one names nothing: short key ids can be forged.
import { z } from 'zod';
import type { Standing } from '#team/certificate-watch.ts';
import type { Register } from '#team/register.ts';

/** The whole text after the holder's name as a fingerprint in upper-case hex, version 4 (40 digits) or 6 (64); undefined when it is none. */
export function readFingerprint(text: string): string | undefined {
  const digits = text.replace(/^0x/i, '').replace(/[\s:]/g, '').toUpperCase();
  return /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(digits) ? digits : undefined;
}

/** What the argument is called when it is missing or wrong. */
export const wholeFingerprint =
  'Write the whole fingerprint, 40 or 64 hex digits, as its owner reads it to you: a part of it can be forged.';

/** Whose certificate is meant. */
export const holder = z.string().max(254, { error: 'is longer than any name or address' });

/** What a certificate takes the place of: those of the same holder that count at this point of the mail. */
export function placeOf(who: string, fingerprint: string, standing: readonly Standing[], { out }: Register): string[] {
  return standing
    .filter((one) => one.who === who && one.fingerprint !== fingerprint && !out.has(one.fingerprint))
    .map((one) => one.fingerprint);
}
