// The files of a web server by which people find a team's key: Web Key Directory, security.txt, the key in armor, and what goes where.
import type { KeyFile } from '#cli/key-files.ts';
import { grouped } from '#cli/key-team.ts';
import { securityTxt } from '#cli/security-txt.ts';
import type { TeamFile } from '#config/schema.ts';
import { clearsign } from '#pgp/clearsign.ts';
import type { Certificate, OwnKey } from '#pgp/keyring.ts';
import { minimal } from '#pgp/minimal.ts';
import { wkdName, wkdPaths } from '#pgp/wkd.ts';
import { day } from '#time.ts';

/** What is published of a team. `key` is absent when the key in use is revoked: then there is only that to be told. */
export interface Published extends Pick<TeamFile, 'title' | 'address' | 'website' | 'publication'> {
  readonly key?: OwnKey;
  /** With their revocations. */
  readonly revoked: readonly Certificate[];
  /** The signed statement with which the key took over. */
  readonly transition?: string;
  /** The last moment of security.txt. */
  readonly expires: Date;
  readonly now: Date;
}

/**
 * Every file, relative to the root of the web server. The directory's file has the current certificate first and revoked ones behind it, as
 * the draft allows (draft-koch-openpgp-webkey-service §3.1), so that whoever asks again learns of the revocation. Throws KeyRefused for
 * an address that cannot be in a directory and for a current key that does not name it.
 */
export async function webTree(of: Published): Promise<KeyFile[]> {
  const { domain, hash } = wkdName(of.address);
  const current = of.key ? [minimal(of.key.certificate.key, of.address, of.now)] : [];
  const ended = of.revoked.filter(({ emails }) => emails.includes(of.address)).map(({ key }) => minimal(key, of.address, of.now));
  const keys = Buffer.concat([...current, ...ended]);
  const base = '.well-known/openpgpkey';
  const files: KeyFile[] = [
    { path: `${base}/${domain}/hu/${hash}`, content: keys },
    { path: `${base}/${domain}/policy`, content: policy },
    { path: `${base}/hu/${hash}`, content: keys },
    { path: `${base}/policy`, content: policy },
  ];
  if (of.revoked.length > 0) files.push({ path: 'pgp-key-revoked.txt', content: of.revoked.map(({ armored }) => armored).join('\n') });
  if (of.key) {
    files.push({ path: 'pgp-key.txt', content: of.key.certificate.armored });
    files.push({ path: '.well-known/security.txt', content: await signedSecurityTxt(of, of.key) });
  }
  if (of.transition !== undefined) files.push({ path: 'pgp-key-transition.txt', content: of.transition });
  return [...files, { path: 'README.txt', content: readme(of, files, domain) }];
}

// The file must be there; what could stand in it is for domains that take keys by mail (§4.5).
const policy = '# Keys are put here by the owners of the addresses.\n';

async function signedSecurityTxt(of: Published, key: OwnKey): Promise<string> {
  const { canonical = [], languages = ['en'], acknowledgments, csaf } = of.publication ?? {};
  const said = of.publication?.policy ?? (/^https:\/\/\S{1,2000}$/.test(of.website ?? '') ? of.website : undefined);
  const hosts = [...new Set(canonical.map((url) => new URL(url).origin))];
  const text = securityTxt({
    address: of.address,
    expires: of.expires,
    encryption: [
      ...(hosts.length > 0 ? hosts.map((origin) => `${origin}/pgp-key.txt`) : [wkdPaths(of.address).direct]),
      // Version 4 alone: the scheme is a fingerprint of 40 digits.
      ...(key.fingerprint.length === 40 ? [`openpgp4fpr:${key.fingerprint.toLowerCase()}`] : []),
    ],
    languages,
    canonical,
    ...(said !== undefined && { policy: said }),
    ...(acknowledgments !== undefined && { acknowledgments }),
    ...(csaf !== undefined && { csaf }),
  });
  return clearsign(text, [key.key], of.now);
}

function readme(of: Published, files: readonly KeyFile[], domain: string): string {
  const { advanced, direct } = wkdPaths(of.address);
  const written = files.map(({ path }) => `    ${path}`).join('\n');
  const key = of.key ? `The key in use: ${grouped(of.key.fingerprint)}` : 'There is no key in use: the last one is revoked.';
  const renew = of.key ? `\nsecurity.txt ends on ${day(of.expires)}: write these files again before.\n` : '';
  return `The OpenPGP key of ${of.title} <${of.address}>, for web servers, ${day(of.now)}

${key}

Copy these files, folders and all, to the root of the web servers named below:

${written}

https://${domain}
    security.txt, pgp-key.txt, and the Web Key Directory (direct method):
    ${direct}
https://openpgpkey.${domain}
    The Web Key Directory (advanced method), needed only if this host exists; but
    if it does, programs ask nowhere else:
    ${advanced}

Serve .well-known/openpgpkey as application/octet-stream without an index, and
let programs in browsers read it (Access-Control-Allow-Origin: *). Serve
security.txt as text/plain; charset=utf-8, and only by https.
${renew}
To try it out:

    gpg --auto-key-locate clear,nodefault,wkd --locate-external-keys ${of.address}
    curl -s https://${domain}/.well-known/security.txt | gpg --verify
`;
}
