// Mails of people in the ground, signed, and what they signed in them.
import { type Case, type Ground, linesOf, type Said } from '#test/fuzz/ground.ts';
import type { Received, Writing } from '#test/town.ts';

export const handles = ['lead', 'second', 'third'] as const;
type Handle = (typeof handles)[number] | 'tester' | 'engineer';

/** The last letter somebody has about an incident. Answers to sealed ones go to the plain address or, from programs that kept an older letter, to the one with the token. */
export function letterTo(handle: string, { id, got, address }: Case): Received {
  const found = got.findLast(
    ({ to, kind, sealed, replyTo }) => to.startsWith(`${handle}@`) && kind !== 'desk' && (sealed || replyTo.includes('+')),
  );
  if (!found) throw new Error(`${handle} has no letter about ${id}`);
  return handle === 'second' ? found : { ...found, replyTo: address };
}

/** What somebody signed, for an incident: all its lines are meant as commands. */
export const saying = (by: string, text: string, incident: string | undefined): Said => ({
  by,
  lines: linesOf(text),
  text,
  incident,
  exact: true,
});

/** A signed mail of a member about an incident, as mail programs make it. */
export async function signs(ground: Ground, by: Handle, about: Case, text: string, more: Partial<Writing> = {}) {
  const writing = { text, answers: letterTo(by, about), signed: { at: ground.now() }, ...more };
  const bytes = await ground.town.bytesOf(by, writing);
  return { text: bytes.toString('latin1'), said: [saying(by, text, about.id)] };
}
