// The key record of a DKIM signature (RFC 6376 §3.6.1): one record, for this use, not revoked, not on trial.
import { type DkimSignature, type Refused, tagList } from '#mail/dkim.ts';

/** The record as it may be handed on, or why it does not count. The strength of the key is judged by whoever reads it. */
export function dkimKey(
  records: readonly string[],
  signature: Pick<DkimSignature, 'algorithm' | 'identity' | 'domain'>,
): { record: string } | Refused {
  const [record, ...others] = records;
  if (record === undefined) return { refused: 'no key' };
  if (others.length > 0) return { refused: 'several keys' };
  const tags = tagList(record);
  if (!tags || (tags.has('v') && (tags.get('v') !== 'DKIM1' || [...tags.keys()][0] !== 'v'))) return { refused: 'key cannot be read' };
  const list = (name: string) =>
    tags
      .get(name)
      ?.split(':')
      .map((item) => item.trim().toLowerCase());
  if ((tags.get('k') ?? 'rsa') !== signature.algorithm) return { refused: 'key of another kind' };
  if (!(list('h') ?? ['sha256']).includes('sha256')) return { refused: 'key not for this digest' };
  if (!(list('s') ?? ['*']).some((use) => use === '*' || use === 'email')) return { refused: 'key not for mail' };
  const flags = list('t') ?? [];
  // "Testing": to be treated like an unsigned mail.
  if (flags.includes('y')) return { refused: 'key on trial' };
  if (flags.includes('s') && signature.identity !== signature.domain) return { refused: 'key not for subdomains' };
  const key = tags.get('p')?.replace(/[ \t]{1,1000}/g, '');
  if (key === '') return { refused: 'key revoked' };
  if (!key || !/^[A-Za-z0-9+/]{40,6000}={0,2}$/.test(key)) return { refused: 'key cannot be read' };
  return { record: `v=DKIM1; k=${signature.algorithm}; p=${key}` };
}
