// Keys of a kind that we cannot use, as GnuPG makes them of Brainpool curves: whoever has one is told which kinds serve, and loses nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gpg, gnupg, hasGpg } from '#test/pgp/gpg.ts';
import { encryptedPart, mail, multipart, part } from '#test/pgp/people.ts';
import { keyOf, openTown, people, type Town, team } from '#test/town.ts';

const clock = '20260302T090000';
const kinds = 'keys of Curve25519, Curve448, a NIST curve, or RSA of 2048 bits and more are';

describe.skipIf(!hasGpg)('a Brainpool key', () => {
  let gpg: Gpg;
  let town: Town;
  beforeAll(async () => {
    gpg = gnupg();
    gpg.run(['--import'], (await keyOf(team)).certificate.armored);
    town = await openTown();
  });
  afterAll(async () => {
    gpg.end();
    await town.close();
  });

  /** A certificate with a signing and an encryption key on brainpoolP256r1, a month old. */
  function brainpool(address: string): string {
    const asked = [
      '%no-protection',
      'Key-Type: ECDSA',
      'Key-Curve: brainpoolP256r1',
      'Subkey-Type: ECDH',
      'Subkey-Curve: brainpoolP256r1',
      `Name-Email: ${address}`,
      '%commit',
    ];
    const made = gpg.run(['--generate-key'], `${asked.join('\n')}\n`, '20260201T120000');
    if (made.code !== 0) throw new Error(made.said);
    return gpg.run(['--armor', '--export', address]).out.toString();
  }

  test('sent by a member is answered with why it does not serve, and which kinds do', async () => {
    const content = Buffer.from(brainpool(people.second));
    const attachments = [{ filename: 'key.asc', contentType: 'application/pgp-keys', content }];
    await town.writes('second', { to: 'security+team@example.org', text: 'My new key.', signed: true, attachments });
    const [received] = (await town.post()).filter(({ kind }) => kind === 'key-received');
    expect(received?.to).toBe(people.second);
    expect(received?.text.replace(/\s+/g, ' ')).toContain(`We cannot use it (this kind of key is not supported; ${kinds})`);
  });

  test('of a reporter who encrypts and signs with it: the report is read, and an answer that must be sealed asks for a key of another kind', async () => {
    const armored = brainpool(people.reporter);
    const inner = multipart('mixed', [
      part('text/plain; charset=utf-8', 'The parser loops at CANARY.'),
      part('application/pgp-keys; name="key.asc"', armored, 'Content-Disposition: attachment; filename="key.asc"'),
    ]);
    const sealed = gpg.run(['--armor', '--sign', '--encrypt', '-u', people.reporter, '-r', team], inner, clock);
    expect(sealed.code, sealed.said).toBe(0);
    const taken = await town.arrives(mail(encryptedPart(sealed.out.toString()), people.reporter));
    expect(taken).toMatchObject({ kind: 'report' });
    const letters = await town.post();
    const report = letters.find(({ kind, to }) => kind === 'report' && to === people.lead);
    expect(report?.text).toContain('CANARY');
    await town.writes('lead', {
      ...(report && { answers: report }),
      text: '/take\n/reply\nThank you for CANARY.\n/end',
      signed: true,
      encrypted: true,
    });
    const after = await town.post();
    const toReporter = after.filter(({ to }) => to === people.reporter);
    expect(toReporter.map(({ kind }) => kind)).toContain('key-wanted');
    const wanted = toReporter.find(({ kind }) => kind === 'key-wanted');
    expect(wanted?.text.replace(/\s+/g, ' ')).toContain(`your kind of key is not supported; ${kinds}`);
    for (const { bytes } of toReporter) expect(bytes.toString()).not.toContain('CANARY');
  });
});
