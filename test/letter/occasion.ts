// A plain occasion for letters: what happened last on a plain Tuesday, and the letters that follow.
import type { Event } from '#incident/event.ts';
import { followUp, type Occasion } from '#letter/follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { type Bent, incident, now, policy, roster } from '#test/situation.ts';

/** The letters that follow from the last of these events. */
export function lettersOf(
  events: readonly Event[],
  bent: Bent & Partial<Pick<Occasion, 'mayAcknowledge' | 'arrival'>> = {},
): readonly Letter[] {
  const known = incident(...events);
  const last = events.at(-1);
  if (!last) throw new Error('nothing happened');
  const found = followUp([{ number: 7, at: now, event: last }], {
    incident: known,
    policy: policy(bent.policy),
    roster: roster(bent.roster),
    now: bent.now ?? now,
    fingerprint: 'AAAA 1111',
    mayAcknowledge: bent.mayAcknowledge ?? true,
    ...(bent.arrival && { arrival: bent.arrival }),
    reach: ({ id }) => (id === 'gamma' ? { why: 'no certificate on the roster' } : { sealed: 'encrypted' }),
  });
  for (const { event } of found) if (event !== 7) throw new Error(`a letter of event ${event}`);
  return found.flatMap(({ letters }) => letters);
}

/** Who gets what: "kind to who". */
export function whoGets(letters: readonly Letter[]): string[] {
  return letters.map(({ kind, to }) => `${kind} to ${to.who}`);
}
