// Sequoia on the other side: `sq` reads what we seal, and we read what it writes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '#mail/parse.ts';
import { type Keyring, keyring } from '#pgp/keyring.ts';
import { seal } from '#pgp/seal.ts';
import { sealForMany } from '#test/pgp/many.ts';
import { encryptedPart, letter, mail, multipart, only, opened, type Person, part, person, signedType } from '#test/pgp/people.ts';

const hasSq = spawnSync('sq', ['--version']).status === 0;
const title = hasSq ? 'with Sequoia' : 'with Sequoia: SKIPPED, there is no sq on this machine';

describe.skipIf(!hasSq)(title, () => {
  // sq has no clock of its own to set.
  const today = new Date();
  let place: string;
  let team: Person;
  let ring: Keyring;
  const suites = ['cv25519', 'rsa3k'] as const;

  const file = (name: string) => join(place, name);
  const run = (args: readonly string[], input: string | Buffer = '') => {
    const ran = spawnSync('sq', [...args], { input, maxBuffer: 100_000_000, timeout: 55_000 });
    return { code: ran.status, out: ran.stdout, said: ran.stderr.toString() };
  };
  const certificateOf = async (suite: string) => only(readFileSync(file(`${suite}.cert`), 'utf8'));

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'sq-'));
    team = await person('TEST KEY security team', 'security@example.org', undefined, new Date(today.getTime() - 86_400_000));
    writeFileSync(file('team.cert'), team.public);
    for (const suite of suites) {
      const made = run(['key', 'generate', '--userid', `<${suite}@example.org>`, '--cipher-suite', suite, '--export', file(suite)]);
      if (made.code !== 0) throw new Error(made.said);
      writeFileSync(file(`${suite}.cert`), run(['key', 'extract-cert', file(suite)]).out);
    }
    ring = keyring([team.own], await Promise.all(suites.map(certificateOf)));
  }, 60_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  const cipherOf = (bytes: Buffer) => bytes.toString().slice(bytes.indexOf('-----BEGIN PGP MESSAGE'));

  it.each(suites)('reads what we seal, and finds our signature good (%s)', async (suite) => {
    const certificate = await certificateOf(suite);
    const sealed = await seal(letter('A notice.\nGrüße ☂\n', { date: today }), {
      key: team.own,
      certificate,
      seal: 'must',
      outerSubject: '[...]',
      now: today,
    });
    if ('refused' in sealed) throw new Error(sealed.refused);
    const read = run(['decrypt', '--recipient-key', file(suite), '--signer-cert', file('team.cert'), '-n', '1'], cipherOf(sealed.bytes));
    expect(read.said).toContain('1 good signature');
    expect(read.code).toBe(0);
    expect(read.out.toString()).toContain('Subject: A notice about CVE-1900-0001');
  });

  it('reads each copy of a body sealed for many', async () => {
    const readers = await Promise.all(
      suites.map(async (suite) => ({ certificate: await certificateOf(suite), mail: letter('', { messageId: `${suite}@example.org` }) })),
    );
    const answers = await sealForMany(letter('x'.repeat(5000)), readers, { key: team.own, outerSubject: '[...]', now: today });
    for (const [index, suite] of suites.entries()) {
      const answer = answers[index];
      if (!answer || 'refused' in answer) throw new Error('no copy');
      const read = run(['decrypt', '--recipient-key', file(suite), '--signer-cert', file('team.cert'), '-n', '1'], cipherOf(answer.bytes));
      expect([read.code, read.said.includes('1 good signature')]).toEqual([0, true]);
    }
  });

  it('verifies what we sign in clear', async () => {
    const sealed = await seal(letter('Public words.\n'), {
      key: team.own,
      certificate: undefined,
      seal: 'never',
      outerSubject: '',
      now: today,
    });
    if ('refused' in sealed) throw new Error(sealed.refused);
    const message = await parse(sealed.bytes);
    if ('unreadable' in message) throw new Error(message.unreadable);
    const [signed, signature] = message.root.children;
    writeFileSync(file('signature'), signature?.body ?? '');
    const read = run(['verify', '--signer-cert', file('team.cert'), '--detached', file('signature')], signed?.bytes);
    expect(read.said).toContain('1 good signature');
    expect(read.code).toBe(0);
  });

  it.each(suites)('writes what we read and believe: encrypted and signed, detached, cleartext (%s)', async (suite) => {
    const inner = part('text/plain; charset=utf-8', 'Hello\n/take');
    const sealed = run(['encrypt', '--recipient-cert', file('team.cert'), '--signer-key', file(suite)], inner);
    const at = new Date(today.getTime() + 60_000);
    const good = { status: 'good', covers: 'all', by: (await certificateOf(suite)).fingerprint };
    const read = await opened(mail(encryptedPart(sealed.out.toString())), ring, at);
    expect(read).toMatchObject({ decrypted: true, signature: good, passages: [{ text: 'Hello\n/take', covered: true }] });
    const detached = run(['sign', '--detached', '--signer-key', file(suite)], inner).out.toString();
    const signed = mail(multipart('signed', [inner, part('application/pgp-signature', detached)], 's', signedType));
    expect((await opened(signed, ring, at)).signature).toMatchObject(good);
    const clear = run(['sign', '--cleartext-signature', '--signer-key', file(suite)], '/take\n- a dash\n').out.toString();
    expect((await opened(mail(part('text/plain', clear)), ring, at)).signature).toMatchObject(good);
  });

  it.each(['none', 'zip', 'zlib', 'bzip2', 'pad'])('writes what we read: compression %s', async (kind) => {
    const sealed = run(['encrypt', '--compression', kind, '--recipient-cert', file('team.cert')], part('text/plain', 'words'));
    expect(sealed.code).toBe(0);
    expect((await opened(mail(encryptedPart(sealed.out.toString())), ring, today)).passages[0]?.text).toBe('words');
  });
});
