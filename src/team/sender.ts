// Who wrote a mail, and how well we know it: none < domain < signed. From, Sender and Reply-To alone prove nothing.
import type { Opened, Signature } from '#mail/message.ts';
import type { Origin } from '#mail/origin.ts';
import { atLeast, type Proof, type Role } from '#team/policy.ts';
import { addressOnFile, distributorOf, memberOf, type Roster } from '#team/roster.ts';

/** The person behind a mail. Made only by `identify`, so nobody can be obeyed without having been looked at. */
export interface Sender {
  /** A roster handle, a distributor's id, `cna`, `administrator`, or `outsider`. */
  readonly who: string;
  readonly name: string;
  /** Where answers go: the address on file for people of the roster, else the From address. */
  readonly address: string;
  readonly roles: readonly Role[];
  readonly proof: Proof;
  /** Why the proof is less than the mail seems to promise: a phrase for the team. */
  readonly doubt?: string;
}

/** Finds the roster's owner of a certificate by the fingerprint of its primary key. */
export type Owner = (fingerprint: string) => string | undefined;

/**
 * Who wrote this mail. `signed` takes a good signature over text, by a certificate that the roster gives to one person; a From, protected or
 * outer, that belongs to somebody else of the roster spoils it. `domain` takes a From of the roster that our own mail server vouches for (RFC 8601,
 * DMARC); it saw the outer one, so it vouches for no other. Sender and Reply-To are never asked.
 */
export function identify(opened: Opened, origin: Origin | undefined, roster: Roster, owner: Owner): Sender {
  const { from } = opened;
  const outer = opened.message.from;
  const claimed = from && known(roster, from.address);
  const shown = outer && known(roster, outer.address);
  const aligned = origin?.aligned === true && from !== undefined && from.address === outer?.address;
  const { signature } = opened;
  const signer = signature.by === undefined ? undefined : owner(signature.by);
  const signs = signer === undefined ? undefined : known(roster, signer);

  if (signature.status === 'good' && signature.covers !== 'none' && signs) {
    const other = [claimed, shown].find((one) => one !== undefined && one.who !== signs.who);
    if (!other) return { ...signs, proof: 'signed' };
    return { ...other, proof: 'none', doubt: `signed by ${signs.who}, but sent in the name of ${other.who}` };
  }
  if (claimed) {
    const proof: Proof = aligned ? 'domain' : 'none';
    const doubt = doubtOf(signature);
    return { ...claimed, proof, ...(doubt && { doubt }) };
  }
  return {
    who: 'outsider',
    name: from?.name || from?.address || 'somebody without an address',
    address: from?.address ?? '',
    roles: [],
    proof: aligned ? 'domain' : 'none',
  };
}

/** Whether a sender has at least this proof. */
export function proves(sender: Sender, wanted: Proof): boolean {
  return atLeast(sender.proof, wanted);
}

/** Whether the sender is somebody of the roster, whatever the proof. */
export function isOnRoster(sender: Sender): boolean {
  return sender.who !== 'outsider';
}

type Known = Omit<Sender, 'proof'>;

function known(roster: Roster, handleOrAddress: string): Known | undefined {
  const member = memberOf(roster, handleOrAddress);
  if (member) return { who: member.handle, name: member.name, address: addressOnFile(member), roles: member.roles };
  const distributor = distributorOf(roster, handleOrAddress);
  if (distributor) return { who: distributor.id, name: distributor.name, address: addressOnFile(distributor), roles: ['distributor'] };
  const { cna, administrator } = roster;
  if (cna && (handleOrAddress === 'cna' || cna.address === handleOrAddress)) {
    return { who: 'cna', name: cna.name, address: cna.address, roles: [] };
  }
  if (administrator && (handleOrAddress === 'administrator' || administrator.address === handleOrAddress)) {
    return { who: 'administrator', name: administrator.name, address: administrator.address, roles: ['administrator'] };
  }
  return undefined;
}

function doubtOf({ status, covers }: Signature): string | undefined {
  switch (status) {
    case 'none':
      return undefined;
    case 'good':
      return covers === 'none' ? 'the signature covers none of the text' : 'signed with a key that is not on the roster';
    case 'bad':
      return 'the signature does not fit the text';
    case 'unknown-key':
      return 'signed with a key that is not on the roster';
    case 'expired':
      return 'signed with an expired key';
    case 'revoked':
      return 'signed with a revoked key';
    case 'weak':
      return 'signed with a key or digest that is too weak';
    default:
      return status satisfies never;
  }
}
