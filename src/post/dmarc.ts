// DMARC as far as DKIM alone can tell (RFC 7489): whether a domain has a policy, and whether a signing domain is aligned with it.
import { getDomain } from 'tldts';
import { tagList } from '#mail/dkim.ts';
import type { Txt } from '#post/dns.ts';

/** What the record of a domain says; `none`: it has none that counts, `permerror`: it cannot be read. */
export type DmarcRecord = { readonly strict: boolean } | 'none' | 'permerror';

/**
 * The DMARC record for a From domain (A-labels), its own or that of its organisation (§6.6.3). Several records are none, as the RFC wants.
 * Throws Unavailable when the DNS gives no answer.
 */
export async function dmarcRecord(domain: string, txt: Txt): Promise<DmarcRecord> {
  const organisation = organisationOf(domain);
  for (const name of new Set([domain, organisation ?? domain])) {
    const records = (await txt(`_dmarc.${name}`)).filter((record) => /^v[ \t]{0,20}=[ \t]{0,20}DMARC1[ \t]{0,20}(?:;|$)/.test(record));
    if (records.length > 1) return 'none';
    if (records[0] !== undefined) return read(records[0]);
  }
  return 'none';
}

function read(record: string): DmarcRecord {
  const tags = tagList(record);
  if (!tags || !/^(?:none|quarantine|reject)$/i.test(tags.get('p') ?? '')) return 'permerror';
  // Whatever is not plainly "relaxed" is read as the stricter of the two.
  return { strict: !/^r$/i.test(tags.get('adkim') ?? 'r') };
}

/**
 * Whether a signature of `signing` speaks for a From of `from` (§3.1.1), both in A-labels: the same domain, or, unless `strict`, one
 * organisation. A public suffix is nobody's organisation, so "com" speaks for no domain below it.
 */
export function isAligned(signing: string, from: string, strict: boolean): boolean {
  if (signing === from) return true;
  const organisation = organisationOf(from);
  return !strict && organisation !== undefined && organisationOf(signing) === organisation;
}

// The public suffix list with its private part: two customers of one hoster are two organisations.
function organisationOf(domain: string): string | undefined {
  return getDomain(domain, { allowPrivateDomains: true, extractHostname: false }) ?? undefined;
}
