// The moment that the words of a command name: a day, an hour in UTC, or an hour with a zone. All commands that take one read it here.
import { hourOn } from '#incident/slot.ts';
import type { Policy } from '#team/policy.ts';
import { readMomentIn } from '#time.ts';

/**
 * Reads the words behind a command as one moment; a day alone gets the recommended hour of the policy (UTC). `wrong` is the sentence of a refusal:
 * no date (30 February), a zone nobody knows, an hour that the clocks there skip or show twice (C9).
 */
export function momentNamed(words: readonly (string | undefined)[], { slot }: Pick<Policy, 'slot'>): { at: Date } | { wrong: string } {
  const written = words.filter((word) => word !== undefined).join(' ');
  const read = readMomentIn(written);
  if (!read)
    return {
      wrong: `"${written}" is no date. Write one like 2026-03-03, 2026-03-03 16:00 (UTC), or 2026-03-03 09:00 America/Los_Angeles.`,
    };
  return 'wrong' in read ? read : { at: read.hour ? read.at : hourOn(read.at, slot) };
}
