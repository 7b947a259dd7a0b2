// embargod key publish and revoke: what a web server shows, what GnuPG makes of it, and that an end reaches those who ask again.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as openpgp from 'openpgp';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examineKeys } from '#cli/examine-keys.ts';
import { textOf } from '#mail/message.ts';
import { canEncrypt, keyring, readCertificates, readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import { wkdPaths } from '#pgp/wkd.ts';
import { openWkd } from '#post/wkd.ts';
import { type KeyPlace, keyPlace, later, now } from '#test/cli/key.ts';
import { gnupg, hasGpg } from '#test/pgp/gpg.ts';
import { mail, opened, part } from '#test/pgp/people.ts';
import { directoryTls, here, openDirectory } from '#test/post/directory.ts';

let place: KeyPlace;
let out = '';
beforeEach(async () => {
  place = await keyPlace();
  out = join(place.directory, 'web');
});
afterEach(() => place.end());

const hash = 't5s8ztdbon8yzntexy6oz5y48etqsnbb';
const yaml = 'teams/security/team.yaml';
const published = (path: string) => readFileSync(join(out, path));
const directory = () => published(`.well-known/openpgpkey/hu/${hash}`);
const fingerprint = async () => (await readOwnKey((await place.team()).key.private)).fingerprint;
const publish = (at?: Date) => place.key(`publish --out ${out}`, at);

function fields(text = published('.well-known/security.txt').toString()): [string, string][] {
  const body = text.slice(text.indexOf('\n\n') + 2, text.indexOf('-----BEGIN PGP SIGNATURE'));
  return body
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
}

describe('key publish', () => {
  test('writes a directory for both methods, with their policies, and the key in binary', async () => {
    const { code, said } = await publish();
    expect(code, said).toBe(0);
    expect(published(`.well-known/openpgpkey/example.org/hu/${hash}`)).toEqual(directory());
    for (const path of ['.well-known/openpgpkey/policy', '.well-known/openpgpkey/example.org/policy'])
      expect(existsSync(join(out, path))).toBe(true);
    const [certificate, ...more] = await readCertificates(directory());
    expect(more).toEqual([]);
    expect(certificate?.fingerprint).toBe(await fingerprint());
    expect(certificate && (await canEncrypt(certificate, now)).usable).toBe(true);
  });

  test('nothing secret is in what it writes or says', async () => {
    await place.key('rotate');
    const { said } = await publish();
    const { files } = await everything();
    for (const text of [said, ...files]) expect(text).not.toContain('PRIVATE KEY');
    const { secret } = await everything();
    for (const text of files) expect(text.includes(secret)).toBe(false);
  });

  test('security.txt has each field once where it must, ends within a year, and points at what is written', async () => {
    await publish();
    const all = fields();
    const values = (name: string) => all.filter(([field]) => field === name).map(([, value]) => value);
    expect(values('Contact')).toEqual(['mailto:security@example.org']);
    expect(values('Expires')).toEqual(['2026-08-29T12:00:00Z']);
    expect(values('Preferred-Languages')).toEqual(['en']);
    const [https, fpr] = values('Encryption');
    expect(https).toBe(`https://example.org/.well-known/openpgpkey/hu/${hash}?l=security`);
    expect(fpr).toBe(`openpgp4fpr:${(await fingerprint()).toLowerCase()}`);
    expect(existsSync(join(out, new URL(https ?? '').pathname))).toBe(true);
  });

  test('security.txt says what team.yaml says of publication', async () => {
    place.write(
      yaml,
      `${place.read(yaml)}website: https://example.org/security
publication:
  canonical: [https://www.example.org/.well-known/security.txt]
  acknowledgments: https://example.org/thanks
  csaf: https://example.org/provider-metadata.json
  languages: [en, de]
`,
    );
    await publish();
    const said = new Map(fields());
    expect(said.get('Canonical')).toBe('https://www.example.org/.well-known/security.txt');
    expect(said.get('Policy')).toBe('https://example.org/security');
    expect(said.get('Acknowledgments')).toBe('https://example.org/thanks');
    expect(said.get('CSAF')).toBe('https://example.org/provider-metadata.json');
    expect(said.get('Preferred-Languages')).toBe('en, de');
    expect(fields().find(([name]) => name === 'Encryption')?.[1]).toBe('https://www.example.org/pgp-key.txt');
    expect(existsSync(join(out, 'pgp-key.txt'))).toBe(true);
  });

  test.each(['http://example.org/x', 'https://example.org/a b', '"https://example.org/x\\nContact: mailto:other@example.net"'])(
    'an address that is no plain https (%s) is a mistake, not a field',
    async (url) => {
      place.write(yaml, `${place.read(yaml)}publication: { policy: ${url.startsWith('"') ? url : `"${url}"`} }\n`);
      const { code, said } = await publish();
      expect([code, said]).toEqual([1, expect.stringContaining('publication.policy')]);
      expect(existsSync(out)).toBe(false);
    },
  );

  test('a key that ends soon shortens security.txt; one that has ended is not published', async () => {
    const made = await makeKey({ name: 'Team', email: 'security@example.org', now, expires: later(20) });
    place.write('secrets/security.private.asc', made.private);
    await publish();
    expect(new Map(fields()).get('Expires')).toBe('2026-03-22T12:00:00Z');
    const { code, said } = await publish(later(21));
    expect([code, said]).toEqual([1, expect.stringContaining('There is no key that can be published')]);
  });

  test('a key that does not name the address is not published under it', async () => {
    place.write('secrets/security.private.asc', (await makeKey({ name: 'Team', email: 'other@example.org', now })).private);
    const { code, said } = await publish();
    expect([code, said]).toEqual([1, expect.stringContaining('names security@example.org')]);
    expect(existsSync(out)).toBe(false);
  });

  test('the security.txt of another team is not written over', async () => {
    mkdirSync(join(out, '.well-known'), { recursive: true });
    const other = 'Contact: mailto:other@example.org\nExpires: 2026-08-29T12:00:00Z\n';
    writeFileSync(join(out, '.well-known/security.txt'), other);
    const { code } = await publish();
    expect(code).toBe(1);
    expect(published('.well-known/security.txt').toString()).toBe(other);
    expect(existsSync(join(out, 'pgp-key.txt'))).toBe(false);
  });

  test('run again it is brought up to date', async () => {
    await publish();
    await place.key('rotate');
    expect((await publish(later(1))).code).toBe(0);
    const [certificate] = await readCertificates(directory());
    expect(certificate?.fingerprint).toBe(await fingerprint());
    expect(published('pgp-key-transition.txt').toString()).toContain('OpenPGP key transition');
    expect(new Map(fields()).get('Expires')).toBe('2026-08-30T12:00:00Z');
  });
});

test('whoever asks a Web Key Directory made of it gets the key, by either method', async () => {
  await publish();
  const server = await openDirectory((request, response) => {
    const path = new URL(request.url ?? '', 'https://example.org').pathname;
    const file = join(out, path);
    response.writeHead(existsSync(file) ? 200 : 404).end(existsSync(file) ? readFileSync(file) : '');
  });
  const settings = { ca: directoryTls.cert, port: server.port, timeout: 5000 };
  for (const lookup of [here(), here(['openpgpkey.example.org'])]) {
    const bytes = await openWkd({ ...settings, lookup })(wkdPaths('Security@Example.org'));
    const [certificate] = await readCertificates(bytes ?? '');
    expect(certificate?.fingerprint).toBe(await fingerprint());
  }
  expect(new Set(server.asked.map((asked) => asked.split('/')[0])).size).toBe(2);
  await server.close();
});

async function everything(): Promise<{ files: string[]; secret: string }> {
  const names = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = names.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const { key } = await readOwnKey((await place.team()).key.private);
  return { files, secret: Buffer.from(key.write()).subarray(60, 90).toString('latin1') };
}

describe('key revoke', () => {
  test('the key in use is refused until another one has taken over', async () => {
    const first = await fingerprint();
    const refused = await place.key(`revoke --fingerprint ${first}`);
    expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('embargod key rotate lets another one take over')]);
    await place.key('rotate');
    const { code, said } = await place.key('revoke');
    expect(code, said).toBe(0);
    expect(said).toContain(`${first}.revoked.asc`);
  });

  test('is told by the directory behind the key that follows, and again a second time it is nothing new', async () => {
    const first = await fingerprint();
    await place.key('rotate');
    await place.key('revoke --reason retired --text moved_on');
    await publish();
    const certificates = await readCertificates(directory());
    expect(certificates.map((one) => one.fingerprint)).toEqual([await fingerprint(), first]);
    const [, ended] = certificates;
    expect(ended && (await canEncrypt(ended, later(1)))).toEqual({ usable: false, why: 'revoked' });
    expect(ended?.key.revocationSignatures[0]?.reasonForRevocationString).toContain('moved on');
    expect(published('pgp-key-revoked.txt').toString()).toContain('PUBLIC KEY');
    const again = await place.key(`revoke --fingerprint ${first.slice(-16)}`);
    expect([again.code, again.said]).toEqual([1, `${first} is revoked already; nothing was written.`]);
    const harsher = await place.key(`revoke --fingerprint ${first} --reason compromised`);
    expect(harsher.code).toBe(0);
  });

  test('mail to a revoked former key still opens with what the config holds', async () => {
    const team = await readOwnKey((await place.team()).key.private);
    const message = await openpgp.createMessage({ text: part('text/plain', 'Sent before the news') });
    const armored: string = await openpgp.encrypt({ message, encryptionKeys: team.certificate.key, date: now });
    await place.key('rotate');
    await place.key('revoke --reason compromised');
    const { key, formerKeys } = await place.team();
    const ring = keyring(await Promise.all([key, ...formerKeys].map((one) => readOwnKey(one.private))), []);
    const cipher = `Content-Type: multipart/encrypted; boundary=e; protocol="application/pgp-encrypted"\r\n\r\n--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--e\r\nContent-Type: application/octet-stream\r\n\r\n${armored}\r\n--e--\r\n`;
    expect(textOf(await opened(mail(cipher), ring, later(1)))).toContain('Sent before the news');
  });

  test('without the private key, the revocation that init wrote does it', async () => {
    const first = await fingerprint();
    place.write('secrets/security.private.asc', 'lost');
    const early = await place.key(`revoke --with ${place.directory}/secrets/security.rev`);
    expect([early.code, early.said]).toEqual([1, expect.stringContaining('embargod key new makes one first')]);
    const { code, said } = await place.key(`revoke --with ${place.directory}/secrets/security.rev --even-in-use`);
    expect(code, said).toBe(0);
    const [ended] = await readCertificates(place.read(`teams/security/certificates/${first}.revoked.asc`));
    expect(ended && (await canEncrypt(ended, later(1)))).toEqual({ usable: false, why: 'revoked' });
  });

  test('a lost key is followed by a new one, and ended by its revocation', async () => {
    const first = await fingerprint();
    rmSync(join(place.directory, 'secrets/security.private.asc'));
    expect((await place.key('new')).code).toBe(0);
    expect((await place.key(`revoke --with ${place.directory}/secrets/security.rev`)).code).toBe(0);
    await publish();
    expect((await readCertificates(directory())).map((one) => one.fingerprint)).toEqual([await fingerprint(), first]);
  });

  test('a revocation of another key is found out', async () => {
    const other = await makeKey({ name: 'Team', email: 'security@example.org', now });
    place.write('other.rev', other.revocation);
    const { code, said } = await place.key(`revoke --with ${place.directory}/other.rev --even-in-use`);
    expect([code, said]).toEqual([1, 'The revocation in this file fits no certificate that the team keeps.']);
  });

  test('of the key in use is told by the directory and by doctor, and security.txt is not signed by it any more', async () => {
    await publish();
    const first = await fingerprint();
    await place.key(`revoke --fingerprint ${first} --reason compromised --even-in-use`);
    const { code, said } = await publish(later(1));
    expect(code).toBe(0);
    expect(said).toContain('The key in use is revoked');
    const [ended] = await readCertificates(directory());
    expect(ended && (await canEncrypt(ended, later(1)))).toEqual({ usable: false, why: 'revoked' });
    expect(new Map(fields()).get('Expires')).toBe('2026-08-29T12:00:00Z');
    const found = await examineKeys(await place.team(), place.directory, later(1));
    expect(found).toContainEqual(expect.objectContaining({ state: 'wrong', sentence: expect.stringContaining('is revoked') }));
  });

  test.each([
    ['--reason bored', '--reason takes'],
    ['--fingerprint 1234', 'takes a whole fingerprint'],
    [`--fingerprint ${'A'.repeat(40)}`, 'The team has no private key'],
    [`--text ${'x'.repeat(201)}`, '--text takes'],
    ['', 'There is no former key to revoke'],
  ])('"%s" is answered with a sentence', async (words, sentence) => {
    const { code, said } = await place.key(`revoke ${words}`.trim());
    expect([code, said]).toEqual([1, expect.stringContaining(sentence)]);
  });
});

describe.skipIf(!hasGpg)('GnuPG', () => {
  const gpg = hasGpg ? gnupg() : undefined;
  afterAll(() => gpg?.end());
  const clock = '20260304T120000';

  test('verifies security.txt with the key from the directory, and learns of the revocation from the same file', async () => {
    const first = await fingerprint();
    await publish();
    expect(gpg?.run(['--import'], directory(), clock).said).toMatch(/IMPORT_OK 1/);
    expect(gpg?.run(['--verify'], published('.well-known/security.txt'), clock).said).toContain(`VALIDSIG ${first}`);
    await place.key('rotate');
    await place.key('revoke');
    await publish(later(1));
    gpg?.run(['--import'], directory(), clock);
    expect(gpg?.run(['--verify'], published('.well-known/security.txt'), clock).said).toContain(`VALIDSIG ${await fingerprint()}`);
    expect(gpg?.run(['--with-colons', '--list-keys', first], '', clock).out.toString()).toMatch(/^pub:r:/m);
  });
});
