// Our own word for a From domain, where no mail server of ours gives one: DKIM verified from the raw bytes, DMARC alignment on it alone.
import { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import { Unavailable } from '#fault.ts';
import { type DkimSignature, dkimSignature, isTimely, leavesOpen } from '#mail/dkim.ts';
import type { Message } from '#mail/message.ts';
import type { Origin, Result } from '#mail/origin.ts';
import { signedBytes } from '#mail/signed-bytes.ts';
import { dkimKey } from '#post/dkim-key.ts';
import { type DmarcRecord, dmarcRecord, isAligned } from '#post/dmarc.ts';
import { type DnsSettings, openTxt, type Txt } from '#post/dns.ts';

/** Says what our own verification makes of a mail at `now`, in the same words as a mail server would. Never throws for what is in a mail. */
export type Vouch = (message: Message, now: Date) => Promise<Origin>;

/** More fields are not looked at, and more keys are not asked for. */
const most = { fields: 20, keys: 3 };

/**
 * A verifier of DKIM (RFC 6376, 8301, 8463) with DMARC (RFC 7489). `aligned` takes a signature that verifies, is aligned with the one From,
 * and fixes what we read (#mail/dkim.ts). SPF cannot be known here, since another server spoke with the sender; ARC is not believed. A DNS that
 * gives no answer is `temperror`, which proves nothing.
 */
export function openVouch(settings: DnsSettings = {}): Vouch {
  const txt = openTxt(settings);
  return async (message, now) => {
    const from = domainToASCII(message.from?.address.split('@').at(-1) ?? '');
    if (from === '') return verdict({ dkim: 'none', dmarc: 'none', why: 'no single author' });
    const looked = look(message, from, now);
    const chosen = looked.filter((one) => 'domain' in one).slice(0, most.keys);
    // Nothing is asked for a mail that cannot prove anything.
    if (chosen.length === 0) return verdict({ from, dmarc: 'none', ...worstOf(looked) });
    const record = await dmarcRecord(from, txt).catch(away);
    if (typeof record === 'string') return verdict({ from, dkim: 'none', dmarc: record, why: 'not asked without a DMARC policy' });
    const results = await verify(message, chosen, record, from, txt, now);
    const passed = results.find(({ result }) => result === 'pass');
    if (passed) return verdict({ from, dkim: 'pass', dmarc: 'pass', by: passed.signature });
    const failed = results.find(({ result }) => result === 'temperror') ?? results[0];
    return verdict({
      from,
      dkim: failed?.result ?? 'none',
      dmarc: failed?.result === 'temperror' ? 'temperror' : 'fail',
      ...(failed && { by: failed.signature, why: failed.why }),
    });
  };
}

interface Refusal {
  readonly dkim: Result;
  readonly why: string;
}

function look(message: Message, from: string, now: Date): (DkimSignature | Refusal)[] {
  const fields = message.fields.filter(({ name }) => name === 'dkim-signature').slice(0, most.fields);
  return fields.map((field) => {
    const signature = dkimSignature(field);
    if ('refused' in signature) return { dkim: 'policy', why: signature.refused };
    if (!isAligned(signature.domain, from, false)) return { dkim: 'policy', why: 'another domain' };
    if (!isTimely(signature, now)) return { dkim: 'policy', why: 'expired or from the future' };
    const open = leavesOpen(signature, message);
    return open === undefined ? signature : { dkim: 'policy', why: open };
  });
}

function worstOf(looked: readonly (DkimSignature | Refusal)[]): Refusal {
  const refusals = looked.filter((one) => 'why' in one);
  // The reason that helps is about the author's own domain.
  return refusals.find(({ why }) => why !== 'another domain') ?? refusals[0] ?? { dkim: 'none', why: 'not signed' };
}

function away(error: unknown): 'temperror' {
  if (error instanceof Unavailable) return 'temperror';
  throw error;
}

interface Verified {
  readonly signature: DkimSignature;
  readonly result: Result;
  readonly why: string;
}

async function verify(
  message: Message,
  chosen: readonly DkimSignature[],
  record: Exclude<DmarcRecord, string>,
  from: string,
  txt: Txt,
  now: Date,
): Promise<Verified[]> {
  const looked = await Promise.all(chosen.map((signature) => withKey(signature, record, from, txt)));
  const good = looked.filter((one) => 'key' in one);
  const bad = looked.filter((one) => 'why' in one);
  if (good.length === 0) return bad;
  const signatures = good.map(({ signature }) => signature);
  const bytes = signedBytes(message, signatures);
  if (!bytes)
    return [...bad, ...signatures.map((signature) => ({ signature, result: 'permerror' as const, why: 'header cannot be read' }))];
  const keys = new Map(good.map(({ signature, key }) => [nameOf(signature), key]));
  const results = await asked(bytes, keys, now);
  // The library leaves out what it cannot read: then no result is known to belong to its signature.
  const complete = results.length === signatures.length;
  const verified = signatures.map((signature, index) => {
    const found = results[index];
    const same = complete && found?.domain === signature.domain && found.selector === signature.selector;
    return same && found ? { signature, ...found } : { signature, result: 'permerror' as const, why: 'cannot be read' };
  });
  return [...verified, ...bad];
}

async function withKey(
  signature: DkimSignature,
  record: Exclude<DmarcRecord, string>,
  from: string,
  txt: Txt,
): Promise<Verified | { signature: DkimSignature; key: string }> {
  if (!isAligned(signature.domain, from, record.strict)) return { signature, result: 'policy', why: 'not aligned, which is to be strict' };
  const records = await txt(nameOf(signature)).catch(away);
  if (records === 'temperror') return { signature, result: 'temperror', why: 'no answer for the key' };
  const key = dkimKey(records, signature);
  return 'refused' in key ? { signature, result: 'permerror', why: key.refused } : { signature, key: key.record };
}

function nameOf({ selector, domain }: DkimSignature): string {
  return `${selector}._domainkey.${domain}`;
}

interface Found {
  readonly domain: string;
  readonly selector: string;
  readonly result: Result;
  readonly why: string;
}

// RFC 8301 §3.2: below 1024 bits nothing is verified.
const minBitLength = 1024;

async function asked(bytes: Buffer, keys: ReadonlyMap<string, string>, now: Date): Promise<Found[]> {
  // Loaded by the first mail that needs it: most teams never do.
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
  const resolver = async (name: string) => {
    const key = keys.get(name.toLowerCase());
    if (key === undefined) throw Object.assign(new Error('not asked for'), { code: 'ENODATA' });
    return [[key]];
  };
  // In one piece: a body handed over in many is put together anew for each piece of a long line.
  const { results } = await dkimVerify(Readable.from([bytes]), { resolver, minBitLength, curTime: now });
  return results.map(({ signingDomain, selector, status }) => ({
    domain: signingDomain?.toLowerCase() ?? '',
    selector: selector?.toLowerCase() ?? '',
    result: status.result === 'pass' ? 'pass' : status.result === 'policy' ? 'policy' : 'fail',
    why: status.result === 'policy' ? 'weak key' : 'does not verify',
  }));
}

interface Parts {
  readonly from?: string;
  readonly dkim: Result;
  readonly dmarc: Result;
  readonly by?: DkimSignature;
  readonly why?: string;
}

function verdict({ from, dkim, dmarc, by, why }: Parts): Origin {
  const signer = by ? ` header.d=${by.domain} header.s=${by.selector}` : '';
  const reason = why ? ` reason="${why}"` : '';
  return {
    dkim,
    spf: 'none',
    dmarc,
    ...(from !== undefined && { domain: from }),
    aligned: dkim === 'pass' && dmarc === 'pass',
    raw: `verified by ourselves; dkim=${dkim}${reason}${signer}; dmarc=${dmarc}${from === undefined ? '' : ` header.from=${from}`}`,
  };
}
