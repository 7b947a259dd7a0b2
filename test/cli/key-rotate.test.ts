// embargod key new and rotate: nothing is written over, nothing is lost, and the new key has the trust of the old one.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as openpgp from 'openpgp';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canSign, readCertificates, readOwnKey } from '#pgp/keyring.ts';
import { armored, makeKey } from '#pgp/make-key.ts';
import { type KeyPlace, keyPlace, later, now } from '#test/cli/key.ts';
import { gnupg, hasGpg } from '#test/pgp/gpg.ts';

let place: KeyPlace;
beforeEach(async () => {
  place = await keyPlace();
});
afterEach(() => place.end());
const yaml = 'teams/security/team.yaml';

async function fingerprints(): Promise<{ key: string; former: string[] }> {
  const team = await place.team();
  const of = async (key: { private: string; passphrase?: string }) => (await readOwnKey(key.private, key.passphrase)).fingerprint;
  return { key: await of(team.key), former: await Promise.all(team.formerKeys.map(of)) };
}

describe('key rotate', () => {
  test('lets a new key take over: the service signs with it, and the old one goes on opening mail', async () => {
    const before = await fingerprints();
    const { code, said } = await place.key('rotate --expires 2y');
    expect(code, said).toBe(0);
    const after = await fingerprints();
    expect(after.former).toEqual([before.key]);
    expect(after.key).not.toBe(before.key);
    const [renewed] = await readCertificates(place.read('teams/security/team.asc'));
    expect(renewed?.fingerprint).toBe(after.key);
    expect(await readCertificates(place.read(`teams/security/certificates/${before.key}.asc`))).toHaveLength(1);
    const own = await readOwnKey((await place.team()).key.private);
    expect(await canSign(own.certificate, now)).toEqual({ usable: true, until: new Date('2028-03-02T12:00:00Z') });
    expect(own.certificate.userIds).toEqual(['Example Security Response Committee <security@example.org>']);
    expect(said).toMatch(/Restart the service/);
  });

  test('keeps secrets to their owner and prints none of them', async () => {
    const { said } = await place.key('rotate');
    for (const name of place.names('secrets')) expect(statSync(join(place.directory, 'secrets', name)).mode & 0o777, name).toBe(0o600);
    expect(said).not.toContain('PRIVATE KEY');
  });

  test('changes nothing in team.yaml but the keys: comments and order stay', async () => {
    const text = place.read(yaml).replace('  private: {', '  # made in 2026\n  private: {').replace('prefix: SRC', 'prefix: SRC # ours');
    place.write(yaml, text);
    expect((await place.key('rotate')).code).toBe(0);
    const changed = place.read(yaml);
    const comments = (of: string) => of.match(/#.*/g) ?? [];
    expect(comments(changed).sort()).toEqual(comments(text).sort());
    const rest = (of: string) => of.replace(/^key:[\s\S]*?\n\n/m, '').replace(/\n+/g, '\n');
    expect(rest(changed)).toBe(rest(text));
  });

  test('run again at once loses nothing: every key of before is still there, the last one first', async () => {
    const first = await fingerprints();
    await place.key('rotate');
    const second = await fingerprints();
    await place.key('rotate --v6');
    expect((await fingerprints()).former).toEqual([second.key, first.key]);
    await place.key('rotate');
    expect((await fingerprints()).former).toHaveLength(3);
  });

  test('two runs at the same time: one is told to wait, and no key is lost', async () => {
    const ran = await Promise.all([place.key('rotate'), place.key('rotate')]);
    expect(ran.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(ran.map(({ said }) => said).join()).toContain('Another change of keys is under way');
    expect((await fingerprints()).former).toHaveLength(1);
    expect(existsSync(join(place.directory, 'teams/security/.key-change'))).toBe(false);
  });

  test('--show says what would be written and writes nothing', async () => {
    const before = [place.read(yaml), place.names('secrets'), place.names('teams/security')];
    const { code, said } = await place.key('rotate --show');
    expect(code).toBe(0);
    expect([place.read(yaml), place.names('secrets'), place.names('teams/security')]).toEqual(before);
    expect(said).toContain('would write secrets/security-<key id>.private.asc');
    expect(said).toContain('formerKeys:\n  - private: { file: secrets/security.private.asc }');
  });

  test('a key under a passphrase is followed by one under the same, named in the same way', async () => {
    const locked = await makeKey({ name: 'Team', email: 'security@example.org', now, passphrase: 'correct horse' });
    place.write('secrets/security.private.asc', locked.private);
    place.write('secrets/passphrase', 'correct horse\n');
    place.write(yaml, place.read(yaml).replace('  private: {', '  passphrase: { file: secrets/passphrase }\n  private: {'));
    expect((await place.key('rotate')).code).toBe(0);
    const team = await place.team();
    expect(team.key.passphrase).toBe('correct horse');
    await expect(readOwnKey(team.key.private)).rejects.toThrow('is locked');
    expect((await fingerprints()).former).toEqual([locked.fingerprint]);
  });

  test('a key that the system hands over is followed by a file, and that is said', async () => {
    const outside = join(place.directory, 'elsewhere.asc');
    place.write('elsewhere.asc', place.read('secrets/security.private.asc'));
    place.write(yaml, place.read(yaml).replace('secrets/security.private.asc', outside));
    const { code, said } = await place.key('rotate');
    expect([code, said]).toEqual([0, expect.stringContaining('The service took the old key from elsewhere')]);
    expect((await fingerprints()).former).toHaveLength(1);
  });

  test('a key that has ended vouches for nothing: the new one stands alone, and that is said', async () => {
    const ended = await makeKey({ name: 'Team', email: 'security@example.org', now: later(-30), expires: later(-1) });
    place.write('secrets/security.private.asc', ended.private);
    const { code, said } = await place.key('rotate');
    expect(code).toBe(0);
    expect(said).toContain('It could not certify the new one');
    const { key } = await fingerprints();
    const statement = place.read(`teams/security/certificates/${key}.transition.txt`);
    expect(statement).toContain('signed by the new key\nalone');
    const { key: own } = await readOwnKey((await place.team()).key.private);
    expect(own.users[0]?.otherCertifications).toEqual([]);
  });

  test('aliases in team.yaml are not unravelled: nothing is written, and it says so', async () => {
    place.write(yaml, place.read(yaml).replace('key:\n', 'key: &ours\n').concat('formerKeys: [*ours]\n'));
    const before = [place.read(yaml), place.names('secrets')];
    const { code, said } = await place.key('rotate');
    expect(code).toBe(1);
    expect(said).toContain('name the new key in it by hand');
    expect([place.read(yaml), place.names('secrets')]).toEqual(before);
  });

  test('ten former keys are enough', async () => {
    const list = `formerKeys:\n${'  - private: { file: secrets/security.private.asc }\n'.repeat(10)}`;
    place.write(yaml, place.read(yaml) + list);
    const { code, said } = await place.key('rotate');
    expect([code, said]).toEqual([1, expect.stringContaining('10 is the most')]);
  });

  test.each(['yesterday', '0d', '2020-01-01', '-1y'])('an end that is none (%s) is refused', async (when) => {
    const { code } = await place.key(`rotate --expires=${when}`);
    expect(code).toBe(1);
    expect((await fingerprints()).former).toEqual([]);
  });
});

describe('key new', () => {
  test('writes a key beside the one in use and leaves team.yaml alone', async () => {
    const before = [place.read(yaml), await fingerprints()];
    const { code, said } = await place.key('new');
    expect(code).toBe(0);
    expect([place.read(yaml), await fingerprints()]).toEqual(before);
    expect(place.names('secrets').filter((name) => name.startsWith('security-'))).toHaveLength(2);
    expect(said).toMatch(/private: \{ file: secrets\/security-[0-9A-F]{16}\.private\.asc \}/);
  });

  test.each([
    ['names none', (text: string) => text.replace(/^key:\n.*\n/m, '')],
    ['names one that is not there', (text: string) => text.replace('security.private.asc', 'gone.private.asc')],
  ])('takes the place of the key where team.yaml %s', async (_, change) => {
    place.write(yaml, change(place.read(yaml)));
    const { code, said } = await place.key('new --v6');
    expect(code, said).toBe(0);
    const { key } = await fingerprints();
    expect(key).toHaveLength(64);
    expect((await readCertificates(place.read('teams/security/team.asc')))[0]?.fingerprint).toBe(key);
  });

  test('does not take the place of a key that only does not open', async () => {
    place.write('secrets/security.private.asc', 'rubbish');
    const before = place.read(yaml);
    expect((await place.key('new')).code).toBe(0);
    expect(place.read(yaml)).toBe(before);
  });

  test('--out writes elsewhere and changes nothing here', async () => {
    const before = [place.names('secrets'), place.names('teams/security')];
    const { code } = await place.key(`new --out ${place.directory}/elsewhere`);
    expect(code).toBe(0);
    expect([place.names('secrets'), place.names('teams/security')]).toEqual(before);
    expect(place.names('elsewhere')).toHaveLength(3);
  });

  test('a team that is not there, or not said among several, is a sentence', async () => {
    expect(await place.key('new --team nobody')).toEqual({ code: 1, said: 'There is no team nobody; there is security.' });
    expect((await place.key('new --frobnicate')).code).toBe(2);
  });
});

describe.skipIf(!hasGpg)('GnuPG', () => {
  const gpg = hasGpg ? gnupg() : undefined;
  afterAll(() => gpg?.end());

  test('shows the chain from the old key to the new one, and both signatures of the statement', async () => {
    const { key: old } = await fingerprints();
    await place.key('rotate');
    const { key } = await fingerprints();
    gpg?.run(
      ['--import'],
      `${place.read(`teams/security/certificates/${old}.asc`)}\n${place.read('teams/security/team.asc')}`,
      '20260303T120000',
    );
    const listed = gpg?.run(['--with-colons', '--check-sigs', key], '', '20260303T120000').out.toString();
    expect(listed).toMatch(new RegExp(`^sig:!::22:${old.slice(-16)}:`, 'm'));
    const said = gpg?.run(['--verify'], place.read(`teams/security/certificates/${key}.transition.txt`), '20260303T120000').said;
    expect(said?.match(/VALIDSIG/g)).toHaveLength(2);
    for (const one of [old, key]) expect(said).toContain(`VALIDSIG ${one}`);
  });

  test('the private key that is written is one it can use', async () => {
    await place.key('rotate');
    const said = gpg?.run(['--import'], (await place.team()).key.private, '20260303T120000').said ?? '';
    expect(said).toContain('IMPORT_OK 17');
    expect(said).not.toMatch(/preference/);
    const { key } = await readOwnKey((await place.team()).key.private);
    expect(armored(key.toPublic())).not.toContain('PRIVATE');
    expect(key).toBeInstanceOf(openpgp.PrivateKey);
  });
});
