// What `key new` and `key rotate` share: reading how long a key is to last, making it, and the files it becomes.
import type { KeyFile } from '#cli/key-files.ts';
import { type KeyTeam, keyName, type TeamOwnKey } from '#cli/key-team.ts';
import type { TeamFile } from '#config/schema.ts';
import { certifiedBy } from '#pgp/certify.ts';
import { type OwnKey, readOwnKey } from '#pgp/keyring.ts';
import { armored, locked, makeKey } from '#pgp/make-key.ts';
import { after, span } from '#time.ts';

/** How a new key is wished for on the command line. `expires`: "2y", "90d", a day (UTC, its last moment), or "never". */
export interface KeyWish {
  readonly v6: boolean;
  readonly expires: string;
}

/** The end of a key in words of the command line; undefined for none. Throws a sentence for anything else and for moments that have passed. */
function endOf(expires: string, now: Date): Date | undefined {
  if (expires === 'never') return undefined;
  const end = moment(expires, now);
  if (!end || Number.isNaN(end.getTime()))
    throw new Error('--expires takes a number and y, w or d ("2y", "90d"), a day like 2028-03-01, or never');
  if (end <= now) throw new Error('--expires lies in the past');
  return end;
}

function moment(text: string, now: Date): Date | undefined {
  const years = /^([1-9]\d?)y$/.exec(text)?.[1];
  if (years !== undefined) {
    const end = new Date(now);
    end.setUTCFullYear(end.getUTCFullYear() + Number(years));
    return end;
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return new Date(`${text}T23:59:59Z`);
  const length = /^\d{1,5}[dw]$/.test(text) ? span(text) : undefined;
  return length && after(now, length);
}

/** A new key of a team, not yet written anywhere. */
export interface NewKey {
  readonly own: OwnKey;
  readonly name: string;
  /** What team.yaml says of it. */
  readonly said: TeamFile['key'];
  /** Private key and revocation certificate, relative to the config folder. */
  readonly secrets: readonly KeyFile[];
}

/**
 * Makes a key for a team. With `follows` it bears the same user id, is certified by that key where `vouched`, and is locked with its
 * passphrase; else it is named by the team's title and address, and locked where team.yaml names a passphrase that opens.
 */
export async function newKey(
  team: KeyTeam,
  wish: KeyWish,
  now: Date,
  follows?: TeamOwnKey & { readonly vouched: boolean },
): Promise<NewKey> {
  const expires = endOf(wish.expires, now);
  const made = await makeKey({
    ...(await nameFor(team, follows?.own)),
    now,
    version: wish.v6 ? 6 : 4,
    ...(expires && { expires }),
  });
  const plain = await readOwnKey(made.private);
  const key = follows?.vouched ? await certifiedBy(plain.key, follows.own.key, now) : plain.key;
  const own = await readOwnKey(armored(key));
  const name = keyName(team.name, own.fingerprint);
  const path = `secrets/${name}.private.asc`;
  const { passphrase } = follows ?? {};
  const content = armored(passphrase === undefined ? key : await locked(key, passphrase));
  return {
    own,
    name,
    said: { private: { file: path }, ...(follows?.said.passphrase && { passphrase: follows.said.passphrase }) },
    secrets: [
      { path, content, secret: true },
      { path: `secrets/${name}.rev`, content: made.revocation, secret: true },
    ],
  };
}

/** The user id of the old key where it names the team's address, so that programs see one name over two keys. */
async function nameFor(team: KeyTeam, old: OwnKey | undefined): Promise<{ name: string; email: string; comment?: string }> {
  const ids = old?.key.users.flatMap(({ userID }) => userID ?? []) ?? [];
  const same = ids.find(({ email }) => email.toLowerCase() === team.address);
  if (!same) return { name: team.title, email: team.address };
  return { name: same.name, email: same.email, ...(same.comment && { comment: same.comment }) };
}
