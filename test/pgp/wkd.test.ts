// Names in a Web Key Directory: the draft's own example, what GnuPG makes of the same address, and what is no address at all.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wkdName, wkdPaths } from '#pgp/wkd.ts';

const client = ['/usr/lib/gnupg/gpg-wks-client', '/usr/libexec/gpg-wks-client', '/usr/bin/gpg-wks-client'].find((path) => existsSync(path));

describe('the addresses of a certificate', () => {
  it('are those of the draft', () => {
    expect(wkdPaths('Joe.Doe@Example.ORG')).toEqual({
      advanced: 'https://openpgpkey.example.org/.well-known/openpgpkey/example.org/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
      direct: 'https://example.org/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
    });
  });

  it('lower ASCII alone, escape the local part, and name hosts as DNS does', () => {
    expect(wkdName('ÄB@example.org').hash).toBe(wkdName('Äb@example.org').hash);
    expect(wkdName('ÄB@example.org').hash).not.toBe(wkdName('äb@example.org').hash);
    expect(wkdPaths('a+b&c=d/../e@bücher.example').direct).toMatch(
      /^https:\/\/xn--bcher-kva\.example\/\.well-known\/openpgpkey\/hu\/[a-z0-9]{32}\?l=a%2Bb%26c%3Dd%2F\.\.%2Fe$/,
    );
  });

  it('are refused for what could lead elsewhere', () => {
    for (const address of [
      'nobody',
      '@example.org',
      'a@',
      'a@b@example.org',
      'a b@example.org',
      'a\n@example.org',
      'a@localhost',
      'a@127.0.0.1',
      'a@0x7f.1',
      'a@[::1]',
      'a@example.org/../x',
      'a@example.org:8443',
      'a@example.org?x',
      'a@example.org#x',
      'a@user:x@example.org',
      'a@example..org',
      'a@-x.example.org',
      'a@%31.example.org',
      `${'a'.repeat(65)}@example.org`,
      `a@${'x.'.repeat(130)}org`,
    ])
      expect(() => wkdPaths(address), address).toThrow('no mail address');
  });
});

describe.skipIf(!client)('the client of GnuPG', () => {
  it.each(['security@example.org', 'Joe.Doe@Example.ORG', 'a+tag@sub.example.net'])('names %s with the same hash', (address) => {
    const said = spawnSync(client ?? '', ['--print-wkd-hash', address]).stdout.toString();
    expect(said.split(' ')[0]).toBe(wkdName(address).hash);
  });
});
