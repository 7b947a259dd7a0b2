// The end of a key: GnuPG believes it, the reason reaches people, and the wrong revocation ends nothing.
import { readFileSync } from 'node:fs';
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canEncrypt, canSign, readCertificates } from '#pgp/keyring.ts';
import { isRevoked, revoked, revokedWith } from '#pgp/revoke.ts';
import { type Gpg, gnupg, hasGpg } from '#test/pgp/gpg.ts';
import { later, now, type Person, person } from '#test/pgp/people.ts';

let team: Person;
let other: Person;
beforeAll(async () => {
  [team, other] = [await person('Team', 'security@example.org'), await person('Other', 'other@example.org')];
});

describe('a revoked certificate', () => {
  it('is good for nothing from then on, and its private half is as before', async () => {
    const ended = await revoked(team.own.key, 'superseded', '', now);
    expect(await canEncrypt(ended, later(1))).toEqual({ usable: false, why: 'revoked' });
    expect(await canSign(ended, later(1))).toEqual({ usable: false, why: 'revoked' });
    expect(await isRevoked(ended, later(1))).toBe(true);
    expect(await isRevoked(team.own.certificate, later(1))).toBe(false);
    expect(ended.armored).not.toContain('PRIVATE');
  });

  it('says its reason, in any script', async () => {
    for (const [reason, flag] of [
      ['superseded', openpgp.enums.reasonForRevocation.keySuperseded],
      ['compromised', openpgp.enums.reasonForRevocation.keyCompromised],
      ['retired', openpgp.enums.reasonForRevocation.keyRetired],
    ] as const) {
      const { key } = await revoked(team.own.key, reason, 'naïve – 新しい鍵', now);
      const [signature] = key.revocationSignatures;
      expect(signature?.reasonForRevocationFlag).toBe(flag);
      expect(Buffer.from(signature?.reasonForRevocationString ?? '', 'latin1').toString()).toContain('naïve');
      expect(signature?.hashAlgorithm).toBe(openpgp.enums.hash.sha512);
    }
  });

  it('comes from the file that was made with the key, with or without the colon that GnuPG puts before it', async () => {
    for (const text of [team.revocation, `Words before\n\n:${team.revocation}`])
      expect(await isRevoked(await revokedWith(team.certificate, text, now), later(1))).toBe(true);
  });

  it('does not come from the revocation of another key, from rubbish or from a certificate', async () => {
    await expect(revokedWith(team.certificate, other.revocation, now)).rejects.toThrow('is not one of the key');
    await expect(revokedWith(team.certificate, 'rubbish', now)).rejects.toThrow('no revocation certificate');
    await expect(revokedWith(team.certificate, other.public, now)).rejects.toThrow('is not one of the key');
  });
});

describe.skipIf(!hasGpg)('GnuPG', () => {
  let gpg: Gpg;
  beforeAll(() => {
    gpg = gnupg();
  });
  afterAll(() => gpg.end());

  it('takes our revocation, and we take the one that it writes itself', async () => {
    gpg.run(['--import'], team.public);
    gpg.run(['--import'], (await revoked(team.own.key, 'retired', 'naïve', now)).armored);
    expect(gpg.run(['--with-colons', '--list-keys', team.own.fingerprint]).out.toString()).toMatch(/^pub:r:/m);
    const certificate = gpg.make('Made there <made@example.org>', 'ed25519', 'sign');
    const [read] = await readCertificates(certificate);
    const text = readFileSync(`${gpg.home}/openpgp-revocs.d/${read?.fingerprint}.rev`, 'utf8');
    expect(text).toContain(':-----BEGIN');
    if (!read) throw new Error('no certificate');
    expect(await isRevoked(await revokedWith(read, text, now), later(1))).toBe(true);
  });
});
