// Standard delivery reports (RFC 3464, 6522, 6533): which recipients a mail did not reach.
import { mailboxes } from '#mail/address.ts';
import { decoded } from '#mail/decode.ts';
import { defaultLimits, type Entity } from '#mail/entity.ts';
import { fieldValue, readFields, shownValue } from '#mail/header.ts';
import type { Field } from '#mail/message.ts';

/** What became of one recipient. `permanent`: given up; otherwise still tried. `status` is the enhanced code (RFC 3463). */
export interface Failed {
  readonly address: string;
  readonly permanent: boolean;
  readonly status?: string;
  readonly diagnostic?: string;
}

const mostRecipients = 500;

/** Every entity of a tree, in order. Depth is bounded by the limits of split(). */
export function entities(root: Entity): Entity[] {
  return [root, ...root.children.flatMap(entities)];
}

/** Failed and delayed recipients of a message/delivery-status part; successes (delivered, relayed, expanded) are none. */
export async function failures(part: Entity): Promise<Failed[]> {
  const bytes = await decoded(part);
  const groups = bytes
    .subarray(0, 1_000_000)
    .toString('latin1')
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]{0,20}\n/)
    .slice(0, mostRecipients * 2)
    .map((group) => readFields(Buffer.from(`${group.replace(/^\n{1,20}/, '')}\n`, 'latin1'), defaultLimits.fields) ?? []);
  return groups
    .map(recipient)
    .filter((found) => found !== undefined)
    .slice(0, mostRecipients);
}

function recipient(fields: readonly Field[]): Failed | undefined {
  // The original recipient is the address we wrote to; the final one may be what an alias made of it.
  const address = addressIn(fieldValue(fields, 'original-recipient')) ?? addressIn(fieldValue(fields, 'final-recipient'));
  const action = /^[a-z]{1,20}/i.exec(fieldValue(fields, 'action') ?? '')?.[0]?.toLowerCase();
  const status = enhanced(fieldValue(fields, 'status') ?? '');
  if (address === undefined || (action === undefined && status === undefined)) return undefined;
  if (action === 'delivered' || action === 'relayed' || action === 'expanded') return undefined;
  if (action === undefined && status?.startsWith('2')) return undefined;
  const diagnostic = shownValue((fieldValue(fields, 'diagnostic-code') ?? '').slice(0, 2000))
    .replace(/^smtp;\s{0,5}/i, '')
    .slice(0, 500);
  return {
    address,
    permanent: action === 'failed' || (action !== 'delayed' && status?.startsWith('4') !== true),
    ...(status !== undefined && { status }),
    ...(diagnostic !== '' && { diagnostic }),
  };
}

/** The first enhanced status code in a text: class 2, 4 or 5 (RFC 3463). */
export function enhanced(text: string): string | undefined {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]\d)/.exec(text.slice(0, 4000))?.[1];
}

// "rfc822; user@host", "utf-8; …" (RFC 6533); some systems leave the type away.
function addressIn(value: string | undefined): string | undefined {
  const text = (value ?? '')
    .slice(0, 1000)
    .replace(/^\s{0,5}[\w-]{1,20}\s{0,5};/, '')
    .trim();
  const read = mailboxes(text);
  return read.addresses.length === 1 && !read.group ? read.addresses[0]?.address : undefined;
}
