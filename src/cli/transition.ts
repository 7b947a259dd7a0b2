// What people read when a team changes its key: which, since when, and how to know that it is true.
import { grouped } from '#cli/key-team.ts';
import { day } from '#time.ts';

/** The statement in plain text; fingerprints in upper-case hex. `vouched`: the old key signs too and has certified the new one. */
export function transition(of: { title: string; address: string; now: Date; old: string; next: string; vouched: boolean }): string {
  const proof = of.vouched
    ? `This statement is signed by both keys, and the new certificate carries a
certification by the old key.`
    : `The old key cannot sign any more: this statement is signed by the new key
alone. Compare the fingerprint with us by a way that is not mail.`;
  return `OpenPGP key transition, ${day(of.now)} (UTC)

${of.title} <${of.address}>
has a new OpenPGP key.

The old key:

    ${grouped(of.old)}

The new key:

    ${grouped(of.next)}

Please encrypt to the new key from now on, and expect our signatures by it.
Mail that was encrypted to the old key can still be read by us. The old key
signs no mail after this statement.

${proof}
`;
}
