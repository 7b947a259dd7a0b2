// Which incident a mail belongs to: by the address token of a letter of ours or by cited Message-IDs, never by the subject alone.
import { type IncidentId, readId } from '#incident/id.ts';
import type { Audience } from '#team/policy.ts';

/** A keyed digest in hex; who does not know the key cannot make a token. */
export type Mac = (text: string) => string;

/** The team's own address and how it may be extended. */
export interface Mailbox {
  readonly address: string;
  readonly prefix: string;
  readonly subaddressing: boolean;
}

const letterOf: Readonly<Record<Audience, string>> = {
  reporter: 'r',
  team: 't',
  'fix-team': 'f',
  steering: 's',
  distributors: 'd',
  cna: 'c',
  administrator: 'a',
  'release-managers': 'm',
  public: 'p',
  operator: 'o',
};

/** Where replies to a letter go: `security+SRC-4F7K2M.t.<mac>@…`, or the plain address where the server has no sub-addressing. */
export function replyAddress(mailbox: Mailbox, id: string, audience: Audience, mac: Mac): string {
  if (!mailbox.subaddressing) return mailbox.address;
  const [local, domain] = split(mailbox.address);
  return `${local}+${id.toLowerCase()}.${letterOf[audience]}.${token(id, audience, mac)}@${domain}`;
}

/** Where answers about the team's own matters go: `security+team@…`, or the plain address. */
export function deskAddress({ address, subaddressing }: Pick<Mailbox, 'address' | 'subaddressing'>): string {
  if (!subaddressing) return address;
  const [local, domain] = split(address);
  return `${local}+team@${domain}`;
}

/** What the addresses of a mail say about where it belongs. */
export type Addressed = { readonly incident: IncidentId } | { readonly desk: 'team' | 'list' } | undefined;

/** Reads the first address of ours that carries a token with the right digest, or `+team`, `+list`. */
export function addressed(recipients: readonly string[], mailbox: Mailbox, mac: Mac): Addressed {
  const [local, domain] = split(mailbox.address);
  for (const recipient of recipients) {
    const match = /^(.{1,100})\+([a-z0-9.-]{1,60})@(.{1,255})$/.exec(recipient.toLowerCase());
    if (!match || match[1] !== local || match[3] !== domain) continue;
    const [name = '', letter = '', digest = ''] = (match[2] ?? '').split('.');
    if (name === 'team' || name === 'list') return { desk: name };
    const id = readId(name, mailbox.prefix);
    const audience = (Object.keys(letterOf) as Audience[]).find((known) => letterOf[known] === letter);
    if (id && audience && digest === token(id, audience, mac)) return { incident: id };
  }
  return undefined;
}

/** Every address that mail for this team may come by, sub-addresses excluded. */
export function isOurs(address: string, mailbox: Mailbox): boolean {
  const [local, domain] = split(mailbox.address);
  const [theirs, at] = split(address.toLowerCase());
  return at === domain && (theirs === local || (mailbox.subaddressing && theirs.startsWith(`${local}+`)));
}

function token(id: string, audience: Audience, mac: Mac): string {
  return mac(`${id.toUpperCase()} ${audience}`).slice(0, 10);
}

function split(address: string): [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()];
}
