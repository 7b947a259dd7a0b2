// A private key in a mail: its owner and the team are told without it, and of those on the roster it is not passed on.
import type { Arrival } from '#letter/arrival.ts';
import { exposedKey } from '#letter/key-follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { alarmLetters } from '#office/aside.ts';
import { mayAnswer } from '#office/limits.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import { occasionOf } from '#office/registering.ts';
import { ownHolder } from '#office/standing.ts';
import { type PrivateKey, privateKeysIn, withoutPrivateKeys } from '#pgp/private-key.ts';
import type { Turn } from '#store/turn.ts';
import { holderOf } from '#team/holder.ts';
import { isOnRoster, type Sender } from '#team/sender.ts';

/** A private key that concerns the team, and whose it is: a holder, `team`, or `outsider` for whoever wrote the mail. */
export interface Exposed {
  readonly who: string;
  readonly fingerprint: string;
}

/**
 * The private keys in a mail that the team must hear of: those whose certificates count here, whoever shows them, and the sender's own. Others
 * are passed over: a report may well show a key that somebody lost.
 */
export async function exposedBy({ opened, sender }: Mail, office: Office): Promise<Exposed[]> {
  return (await privateKeysIn(opened)).flatMap((key) => {
    const who = ownerOf(key, sender, office);
    return who === undefined ? [] : [{ who, fingerprint: key.fingerprint }];
  });
}

function ownerOf({ fingerprint, emails }: PrivateKey, sender: Sender, { held, keyring, roster }: Office): string | undefined {
  if (keyring.own.some((own) => own.fingerprint === fingerprint)) return ownHolder;
  const counts = held.find(({ certificate }) => certificate.fingerprint === fingerprint);
  if (counts) return counts.who;
  const theirs = holderOf(roster, sender.who)?.addresses ?? [sender.address];
  const unreadable = fingerprint === '' && isOnRoster(sender);
  return unreadable || emails.some((email) => theirs.includes(email)) ? sender.who : undefined;
}

/** An alarm without contents, and an answer within the limits of such answers to somebody on the roster who sent their own. */
export async function exposedLetters(
  turn: Turn,
  exposed: readonly Exposed[],
  by: Sender,
  id: string | undefined,
  office: Office,
  now: Date,
): Promise<Letter[]> {
  const [first] = exposed;
  if (!first) return [];
  const own = exposed.find(({ who, fingerprint }) => isOnRoster(by) && who === by.who && fingerprint !== '');
  const answers = own !== undefined && (await mayAnswer(turn, 'key-received', by.address, office, now));
  const whose = first.who === ownHolder ? 'the team' : first.who === 'outsider' ? 'whoever wrote it' : first.who;
  const advice =
    first.who === ownHolder
      ? 'Whoever saw that mail on its way can use the key. The operator makes a new one with "embargod key rotate".'
      : 'Whoever saw that mail on its way can use the key. Tell its owner to revoke it and to make a new one; where it counts, /withdraw-key ends that.';
  return [
    ...alarmLetters(`A mail shows the private OpenPGP key of ${whose}.`, advice, office, id),
    ...(answers ? exposedKey(by.who, own.fingerprint, occasionOf(office)) : []),
  ];
}

/**
 * A mail as the others are shown it: without private keys and attachments when somebody on the roster sent such a key. What a stranger
 * wrote is left whole: the team must be able to judge a report.
 */
export function shownOf(arrival: Arrival, exposed: readonly Exposed[]): Arrival {
  if (exposed.length === 0 || !isOnRoster(arrival.by)) return arrival;
  const text = withoutPrivateKeys(arrival.text);
  const left = arrival.attachments.length > 0 ? '\n\n(The attachments are left out: there is a private key in this mail.)' : '';
  return { ...arrival, text: `${text}${left}`, attachments: [] };
}
