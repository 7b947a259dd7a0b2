// Real GnuPG on the other side: it reads what we seal, we open what it writes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '#mail/parse.ts';
import { canEncrypt, canSign, type Keyring, keyring } from '#pgp/keyring.ts';
import { seal } from '#pgp/seal.ts';
import { type Gpg, gnupg, hasGpg } from '#test/pgp/gpg.ts';
import { sealForMany } from '#test/pgp/many.ts';
import {
  encryptedPart,
  letter,
  mail,
  multipart,
  now,
  only,
  opened,
  type Person,
  part,
  person,
  refusal,
  signedType,
} from '#test/pgp/people.ts';

const title = hasGpg ? 'with GnuPG' : 'with GnuPG: SKIPPED, there is no gpg on this machine';

describe.skipIf(!hasGpg)(title, () => {
  let gpg: Gpg;
  let team: Person;
  let ring: Keyring;
  const senders = { ed25519: 'ed@example.org', nistp256: 'nist@example.org', rsa4096: 'rsa@example.org' };

  beforeAll(async () => {
    gpg = gnupg();
    team = await person('TEST KEY security team', 'security@example.org');
    gpg.run(['--import'], team.public);
    gpg.make(senders.ed25519, 'future-default');
    gpg.make(senders.nistp256, 'nistp256', 'sign');
    gpg.make(senders.rsa4096, 'rsa4096', 'sign');
    for (const name of ['nist@example.org', 'rsa@example.org']) {
      const listed = gpg.run(['--with-colons', '--list-keys', name]).out.toString();
      const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(listed)?.[1] ?? '';
      const added = gpg.run(
        ['--quick-add-key', fingerprint, name.startsWith('rsa') ? 'rsa2048' : 'nistp256', 'encr'],
        '',
        '20260201T120000',
      );
      if (added.code !== 0) throw new Error(added.said);
    }
    const armored = gpg.run(['--armor', '--export']).out.toString();
    const { readCertificates } = await import('#pgp/keyring.ts');
    ring = keyring([team.own], await readCertificates(armored));
  });
  afterAll(() => gpg.end());

  const to = ['--recipient', 'security@example.org'];

  it.each(Object.entries(senders))('opens what it signs and encrypts with a key of kind %s', async (_, sender) => {
    const inner = part('text/plain; charset=utf-8', 'Hello\n/take');
    const made = gpg.run(['--armor', '--sign', '--encrypt', '--local-user', sender, ...to], inner);
    const read = await opened(mail(encryptedPart(made.out.toString())), ring);
    expect(read.signature).toMatchObject({ status: 'good', covers: 'all' });
    expect(read.passages).toEqual([{ text: 'Hello\n/take', from: 'plain', covered: true }]);
    expect(read.inner?.toString()).toBe(inner);
  });

  it.each(Object.entries(senders))(
    'verifies its detached signature by a key of kind %s, and not after one changed letter',
    async (_, sender) => {
      const inner = part('text/plain', 'Hello\n/take');
      const made = gpg.run(['--armor', '--detach-sign', '--local-user', sender], inner).out.toString();
      const bytes = mail(multipart('signed', [inner, part('application/pgp-signature', made)], 's', signedType));
      expect((await opened(bytes, ring)).signature).toMatchObject({ status: 'good', covers: 'all' });
      const changed = Buffer.from(bytes.toString().replace('/take', '/fake'));
      expect((await opened(changed, ring)).signature).toMatchObject({ status: 'bad', covers: 'none' });
    },
  );

  it('verifies a signature of text mode over a mail kept with bare line feeds', async () => {
    const inner = part('text/plain', 'one\ntwo');
    const made = gpg.run(['--armor', '--textmode', '--detach-sign', '--local-user', senders.ed25519], inner).out.toString();
    const bytes = mail(multipart('signed', [inner, part('application/pgp-signature', made)], 's', signedType));
    const unix = Buffer.from(bytes.toString().replaceAll('\r\n', '\n'));
    expect((await opened(unix, ring)).signature).toMatchObject({ status: 'good', covers: 'all' });
  });

  it('reads its clearsigned text with dashes, trailing blanks and letters beyond ASCII', async () => {
    const words = '/take\n- a list\n-----BEGIN something-----\nblanks   \nGrüße ☂';
    const made = gpg.run(['--clearsign', '--local-user', senders.ed25519], words).out.toString('latin1');
    const read = await opened(mail(`Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${made}`), ring);
    expect(read.signature).toMatchObject({ status: 'good', covers: 'all' });
    expect(read.passages).toEqual([{ text: words.replace('blanks   ', 'blanks'), from: 'plain', covered: true }]);
  });

  it.each([
    ['hidden recipients', ['--throw-keyids', '--recipient', 'ed@example.org']],
    ['several recipients', ['--recipient', 'ed@example.org', '--recipient', 'rsa@example.org']],
    ['no compression', ['-z', '0']],
    ['bzip2', ['--compress-algo', 'bzip2']],
    ['zlib', ['--compress-algo', 'zlib']],
    ['AES-128', ['--cipher-algo', 'AES']],
  ])('opens a message with %s', async (_, options) => {
    const made = gpg.run(['--armor', '--encrypt', ...options, ...to], part('text/plain', 'words'));
    const read = await opened(mail(encryptedPart(made.out.toString())), ring);
    expect(read.passages[0]?.text).toBe('words');
    expect(read.signature).toEqual({ status: 'none', covers: 'none' });
  });

  it('opens several inline blocks and an encrypted attachment', async () => {
    const block = (text: string) => gpg.run(['--armor', '--encrypt', ...to], text).out.toString();
    const text = part('text/plain', `before\n${block('first')}\nbetween\n${block('second')}\n`);
    const file = part(
      'application/octet-stream; name="poc.c.gpg"',
      gpg.run(['--encrypt', ...to], 'int main;').out.toString('base64'),
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment',
    );
    const read = await opened(mail(multipart('mixed', [text, file])), ring);
    expect(read.passages.map((passage) => passage.text.trim())).toEqual(['before', 'first', 'between', 'second']);
    expect(read.attachments).toMatchObject([{ filename: 'poc.c', content: Buffer.from('int main;') }]);
    expect(read.decrypted).toBe(true);
  });

  it('refuses a message to other people with a sentence that says no more', async () => {
    const made = gpg.run(['--armor', '--encrypt', '--recipient', 'ed@example.org'], 'secret words');
    expect(await refusal(mail(encryptedPart(made.out.toString())), ring)).toBe('This mail is encrypted, but not to a key we hold.');
  });

  it('refuses a message without integrity protection (EFAIL)', async () => {
    const made = gpg.run(
      ['--rfc2440', '--disable-mdc', '--cipher-algo', 'AES', '--armor', '--encrypt', ...to],
      part('text/html', '<img src="'),
    );
    expect(await refusal(mail(encryptedPart(made.out.toString())), ring)).toMatch(/damaged, unprotected or too large/);
  });

  it('refuses a decompression bomb', { timeout: 60_000 }, async () => {
    const made = gpg.run(['--armor', '--compress-algo', 'zlib', '-z', '9', '--encrypt', ...to], Buffer.alloc(60_000_000, 0x20));
    expect(made.out.length).toBeLessThan(1_000_000);
    expect(await refusal(mail(encryptedPart(made.out.toString())), ring)).toMatch(/too large/);
  });

  it('calls the signature of an expired key expired and of a revoked key revoked', async () => {
    gpg.make('old@example.org', 'ed25519', 'sign', '2026-02-20');
    gpg.make('lost@example.org', 'ed25519', 'sign');
    const inner = part('text/plain', '/take');
    const sign = (who: string) => gpg.run(['--armor', '--detach-sign', '--local-user', who], inner, '20260210T120000').out.toString();
    const [byOld, byLost] = [sign('old@example.org'), sign('lost@example.org')];
    const old = await only(gpg.run(['--armor', '--export', 'old@example.org']).out.toString());
    const lost = await only(gpg.run(['--armor', '--export', 'lost@example.org']).out.toString());
    const { readFileSync } = await import('node:fs');
    const revocation = readFileSync(`${gpg.home}/openpgp-revocs.d/${lost.fingerprint}.rev`, 'utf8').replace(/^:/m, '');
    expect(gpg.run(['--import'], revocation).code).toBe(0);
    const revoked = await only(gpg.run(['--armor', '--export', 'lost@example.org']).out.toString());
    const status = async (signature: string, certificate: typeof old) => {
      const bytes = mail(multipart('signed', [inner, part('application/pgp-signature', signature)], 's', signedType));
      return (await opened(bytes, keyring([team.own], [certificate]))).signature;
    };
    expect(await status(byOld, old)).toMatchObject({ status: 'expired', covers: 'none' });
    expect(await status(byLost, lost)).toMatchObject({ status: 'good', covers: 'all' });
    expect(await status(byLost, revoked)).toMatchObject({ status: 'revoked', covers: 'none' });
    expect(await canSign(old, now)).toEqual({ usable: false, why: 'expired' });
    expect(await canEncrypt(revoked, now)).toEqual({ usable: false, why: 'revoked' });
  });

  it('calls a signature expired whose own time has run out', async () => {
    const inner = part('text/plain', '/take');
    const sign = (span: string) =>
      gpg
        .run(['--armor', '--detach-sign', '--default-sig-expire', span, '--local-user', senders.ed25519], inner, '20260227T120000')
        .out.toString();
    const read = async (span: string) =>
      (await opened(mail(multipart('signed', [inner, part('application/pgp-signature', sign(span))], 's', signedType)), ring)).signature;
    expect(await read('1d')).toMatchObject({ status: 'expired', covers: 'none' });
    expect(await read('9d')).toMatchObject({ status: 'good', covers: 'all' });
  });

  it('calls SHA-1 and DSA weak whatever micalg says', async () => {
    const inner = part('text/plain', '/take');
    const sha1 = gpg.run(
      ['--armor', '--detach-sign', '--digest-algo', 'SHA1', '--allow-weak-digest-algos', '--local-user', senders.rsa4096],
      inner,
    );
    expect(sha1.code).toBe(0);
    const bytes = mail(multipart('signed', [inner, part('application/pgp-signature', sha1.out.toString())], 's', signedType));
    expect((await opened(bytes, ring)).signature).toMatchObject({ status: 'weak', covers: 'none' });
    const dsa = await only(gpg.make('dsa@example.org', 'dsa2048', 'sign'));
    const byDsa = gpg.run(['--armor', '--detach-sign', '--local-user', 'dsa@example.org'], inner).out.toString();
    const second = mail(multipart('signed', [inner, part('application/pgp-signature', byDsa)], 's', signedType));
    expect((await opened(second, keyring([team.own], [dsa]))).signature).toMatchObject({ status: 'weak', covers: 'none' });
  });

  it.each(Object.entries(senders))('reads and verifies what we seal for a key of kind %s', async (_, recipient) => {
    const certificate = await only(gpg.run(['--armor', '--export', recipient]).out.toString());
    const sealed = await seal(letter('A notice.\nGrüße ☂\n'), { key: team.own, certificate, seal: 'must', outerSubject: '[...]', now });
    if ('refused' in sealed) throw new Error(sealed.refused);
    const read = gpg.run(['--decrypt'], cipherOf(sealed.bytes));
    expect(read.said).toContain('[GNUPG:] GOODSIG');
    expect(read.said).toContain('[GNUPG:] DECRYPTION_OKAY');
    expect(read.code).toBe(0);
    expect(read.out.toString()).toContain('CVE-1900-0001');
    expect(sealed.bytes.toString()).not.toContain('CVE-1900-0001');
  });

  it('verifies what we sign in clear', async () => {
    const sealed = await seal(letter('Public words.\nFrom the team: trailing blank \n'), {
      key: team.own,
      certificate: undefined,
      seal: 'never',
      outerSubject: '',
      now,
    });
    if ('refused' in sealed) throw new Error(sealed.refused);
    const message = await parse(sealed.bytes);
    if ('unreadable' in message) throw new Error(message.unreadable);
    const [signed, signature] = message.root.children;
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${gpg.home}/signed`, signed?.bytes ?? '');
    const read = gpg.run(['--verify', '-', `${gpg.home}/signed`], signature?.body);
    expect(read.said).toContain('[GNUPG:] GOODSIG');
    expect(message.root.parameters.micalg).toBe('pgp-sha512');
  });

  it('reads each copy of a body sealed for many, and no copy names another key', async () => {
    const certificates = await Promise.all(
      Object.values(senders).map(async (who) => only(gpg.run(['--armor', '--export', who]).out.toString())),
    );
    for (const size of [0, 1, 47, 48, 49, 1000, 70_001]) {
      const readers = certificates.map((certificate, index) => ({ certificate, mail: letter('', { messageId: `m${index}@example.org` }) }));
      const answers = await sealForMany(letter('x'.repeat(size)), readers, { key: team.own, outerSubject: '[...]', now });
      for (const [index, answer] of answers.entries()) {
        if ('refused' in answer) throw new Error(answer.refused);
        const read = gpg.run(['--decrypt'], cipherOf(answer.bytes));
        expect(read.code).toBe(0);
        expect(read.said).toContain('[GNUPG:] GOODSIG');
        expect(read.said.match(/ENC_TO/g)).toHaveLength(1);
        expect(certificates[index]?.keyIds).toContain(/ENC_TO ([0-9A-F]{16})/.exec(read.said)?.[1]);
      }
    }
  });

  it('imports the keys we make, and their revocation', () => {
    const other = gnupg();
    expect(other.run(['--import'], team.public).said).toContain('IMPORT_OK');
    other.run(['--import'], team.revocation);
    expect(other.run(['--with-colons', '--list-keys']).out.toString()).toMatch(/^pub:r:/m);
    other.end();
  });

  function cipherOf(bytes: Buffer): string {
    const text = bytes.toString();
    return text.slice(text.indexOf('-----BEGIN PGP MESSAGE'), text.indexOf('-----END PGP MESSAGE-----') + 25);
  }
});
