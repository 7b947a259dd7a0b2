// The files that `init` writes for a new service: keys at rest and the team's OpenPGP key. Everything here is fresh and secret.
import { randomBytes } from 'node:crypto';
import { placeholder } from '#config/secret.ts';
import { makeKey } from '#pgp/make-key.ts';

/** A file to be written: its path relative to the config folder, its text, and whether only the owner may read it. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly secret?: true;
}

/** The keys that mail is sealed with at rest and that make address tokens, in base64. */
export function restKeys(): NewFile[] {
  return ['seal-1', 'mac'].map((name) => ({ path: `secrets/${name}.key`, text: `${randomBytes(32).toString('base64')}\n`, secret: true }));
}

/** The team's key pair with its revocation certificate, and a place for the mailbox's password. */
export async function teamSecrets(
  team: { name: string; title: string; address: string },
  now: Date,
): Promise<{ files: NewFile[]; fingerprint: string }> {
  const made = await makeKey({ name: team.title, email: team.address, now });
  const files: NewFile[] = [
    { path: `secrets/${team.name}.private.asc`, text: made.private, secret: true },
    { path: `secrets/${team.name}.rev`, text: made.revocation, secret: true },
    { path: `secrets/${team.name}.mailbox`, text: `${placeholder}\n`, secret: true },
    { path: `teams/${team.name}/team.asc`, text: made.public },
  ];
  return { files, fingerprint: made.fingerprint };
}
