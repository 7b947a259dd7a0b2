// Shares a body among readers who are all known, for tests of what each of them gets.
import type { Outgoing } from '#mail/compose.ts';
import type { OwnKey } from '#pgp/keyring.ts';
import { type Reader, share } from '#pgp/many.ts';
import type { Sealed } from '#pgp/seal.ts';

/** An answer for each in their order, so that one without a usable certificate never holds the others. */
export async function sealForMany(
  body: Outgoing,
  readers: readonly Reader[],
  how: { key: OwnKey; outerSubject: string; now: Date },
): Promise<Sealed[]> {
  const copy = await share(body, how);
  const answers: Sealed[] = [];
  for (const reader of readers) answers.push(await copy(reader, how.now));
  return answers;
}
