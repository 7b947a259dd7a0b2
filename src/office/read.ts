// Reads one mail up to the point where a decision can be made: parsed, recognised, opened, its sender known. Nothing is written.
import type { Limits } from '#mail/entity.ts';
import { type Reporter, realReporter } from '#mail/forwarded.ts';
import { type Machine, machine } from '#mail/machine.ts';
import type { Message, Opened } from '#mail/message.ts';
import { type Origin, origin } from '#mail/origin.ts';
import { type OwnWords, ownWords } from '#mail/own-words.ts';
import { parse } from '#mail/parse.ts';
import { domainOf, type Office } from '#office/office.ts';
import { defaults } from '#pgp/keyring.ts';
import { open } from '#pgp/open.ts';
import type { Vouch } from '#post/vouch.ts';
import { identify, isOnRoster, type Sender } from '#team/sender.ts';

/** A mail from somebody, opened. */
export interface Mail {
  readonly is: 'mail';
  readonly message: Message;
  readonly opened: Opened;
  readonly origin: Origin | undefined;
  readonly sender: Sender;
  readonly own: OwnWords;
  readonly reporter: Reporter;
}

export type Read =
  | { readonly is: 'unusable'; readonly why: string; readonly message?: Message }
  | { readonly is: 'machine'; readonly message: Message; readonly machine: Machine }
  | Mail;

/**
 * Reads a mail's bytes for a team at `now`. Whatever is wrong with the mail is a value with a sentence; only bugs throw. With `vouch` the From
 * domain is judged by it alone, without by what the team's own mail servers wrote: a team believes one of the two, never either.
 */
export async function read(bytes: Buffer, office: Office, now: Date, limits: Limits, vouch?: Vouch): Promise<Read> {
  const message = await parse(bytes, limits);
  if ('unreadable' in message) return { is: 'unusable', why: message.unreadable };
  const recognised = await machine(message, { addresses: [office.address], isOurMessageId: (id) => isOurMessageId(id, office) });
  if (recognised) return { is: 'machine', message, machine: recognised };
  const opened = await open(message, office.keyring, now, { ...defaults, minRsaBits: office.policy.signatures.rsaBits });
  if ('unreadable' in opened) return { is: 'unusable', why: opened.unreadable, message };
  const vouched = vouch ? await vouchedFor(opened, office, now, vouch) : origin(message, office.authserv);
  const sender = identify(opened, vouched, office.roster, office.owner);
  return {
    is: 'mail',
    message,
    opened,
    origin: vouched,
    sender,
    own: ownWords(opened.passages, { coveredOnly: opened.signature.covers !== 'none' && opened.signature.status === 'good' }),
    reporter: await realReporter(sender.proof === 'signed' ? authored(opened, sender) : opened),
  };
}

// Lists and platforms name authors in fields that no signature covers: who signed is the author, whatever is written around it.
function authored(opened: Opened, { address, name }: Sender): Opened {
  return { ...opened, message: { ...opened.message, from: { address, name }, replyTo: [], fields: [] } };
}

/**
 * Our own verification, for a From of the roster that nothing else proves. It asks the DNS of that From's domain, and whoever is not on the
 * roster could make it a slow one, or watch who asks.
 */
async function vouchedFor(opened: Opened, { roster, owner }: Office, now: Date, vouch: Vouch): Promise<Origin | undefined> {
  const { from, message } = opened;
  const sender = identify(opened, undefined, roster, owner);
  const matters = isOnRoster(sender) && sender.proof === 'none' && from?.address === message.from?.address;
  return matters ? vouch(message, now) : undefined;
}

const ourMark = '.embargod@';

/** A fresh Message-ID of a team's letter; the mark tells our own mail from a stranger's. */
export function newMessageId(random: string, office: Office): string {
  return `${random}${ourMark}${domainOf(office)}`;
}

function isOurMessageId(id: string, office: Office): boolean {
  return id.endsWith(`${ourMark}${domainOf(office)}`);
}
