// Bounces: standard reports, and the prose of servers that never learnt the standard.
import { mailboxes } from '#mail/address.ts';
import { decoded, decodedText, plainText } from '#mail/decode.ts';
import { enhanced, entities, type Failed, failures } from '#mail/delivery-status.ts';
import type { Entity } from '#mail/entity.ts';
import { fieldValue, readFields } from '#mail/header.ts';
import type { Message } from '#mail/message.ts';
import { messageIds } from '#mail/parse.ts';

/** A bounce's recipients, and the Message-IDs of the returned mail, nearest first. */
export interface Bounce {
  readonly recipients: readonly Failed[];
  readonly returned: readonly string[];
}

/** Whether the envelope sender was null (RFC 5321 §4.5.5), as the topmost Return-Path says. */
export function nullSender(message: Pick<Message, 'fields'>): boolean {
  return /^<\s{0,5}>$/.test(fieldValue(message.fields, 'return-path') ?? '');
}

const daemon =
  /^(?:mailer-?_?daemon|mail-?daemon|mdaemon|postmaster|mail[._-]?delivery(?:[._-]?(?:system|subsystem))?|mail[._-]?subsystem|microsoftexchange[0-9a-f]{8,40}|bounces?|dsn|nondelivery)(?:[+-].{0,100})?@/;
const daemonName =
  /^(?:mail delivery (?:system|subsystem|service)|mailer.?daemon|mail administrator|system administrator|microsoft outlook|postmaster|systemadministrator|administrateur système|mail router|internet mail delivery)\b/i;

const subjects =
  /undeliver(?:ed|able)|delivery (?:status notification|failure|failed|report|has failed|incomplete|delayed|problem|unsuccessful|notification)|returned (?:mail|to sender)|mail (?:delivery|could not be|system error|status report)|failure notice|non.?delivery|could not (?:be delivered|send message)|message (?:delivery|status|undeliverable|delayed|you sent blocked)|unable to deliver|not delivered|rejected:|(?:^|\s)warning: |nicht zustellbar|unzustellbar|zustellung (?:fehlgeschlagen|nicht)|zustellungsfehler|nachricht nicht zugestellt|non remis|échec de (?:la )?(?:remise|livraison|distribution)|retourné|no se (?:pudo|puede) entregar|no entregado|error de entrega|devuelto|non recapitabile|mancato recapito|não (?:é possível entregar|entregue|foi possível)|falha na entrega|onbestelbaar|niet (?:afgeleverd|bezorgd)|kan niet worden bezorgd|niedostarczalne|nie (?:dostarczono|można dostarczyć)|olevererbart|gick inte att leverera|kunne ikke leveres|ulevererbar|ei voitu toimittaa|не доставлено|недоставленное|не удалось доставить|не може бути доставлено|nedoručiteln|kézbesíthetetlen|iletilemedi|teslim edilemedi|无法(?:传递|投递|送达)|退信|無法傳遞|投递失败|配信(?:不能|できません)|配信されませんでした|送信できません|배달(?:되지|할 수 없음)|전송 실패/i;

const bodies =
  /hi\. this is the |this is the (?:mail system at host|qmail|mail delivery|postfix)|delivery to the following recipients? (?:failed|has been delayed)|could not be delivered|couldn.t be delivered|wasn.t delivered to|was not delivered to|undelivered|unable to deliver|permanent fatal errors|permanent error|mail delivery software|following address(?:es)? failed|following addresses had|has not yet been delivered|delivery has been delayed|address couldn.t be found|an error occurred while trying to deliver|your message (?:to|wasn)|rejected your message|konnte nicht zugestellt|n.a pas pu être|no se (?:pudo|ha podido) entregar|не (?:было|удалось|может быть) доставлен|could not deliver|delivery failed|sorry, we were unable|message from .{1,100} to .{1,100} (?:failed|rejected)/i;

/** Reads a bounce, or undefined. A report of success is a bounce without recipients. A person's mail about a bounce is none: its sender is no mail system. */
export async function bounce(message: Message): Promise<Bounce | undefined> {
  const all = entities(message.root);
  const statuses = all.filter((part) => /^message\/(?:global-)?delivery-status$/.test(part.contentType));
  const reported =
    message.root.contentType === 'multipart/report' && /^"?delivery-status/i.test(message.root.parameters['report-type'] ?? '');
  if (statuses.length > 0 && (reported || fromSystem(message))) {
    const found = (await Promise.all(statuses.slice(0, 10).map(failures))).flat();
    return { recipients: unique(found), returned: await returned(message, all) };
  }
  if (!fromSystem(message)) return undefined;
  const prose = await proseOf(message, all);
  const failedField = fieldValue(message.fields, 'x-failed-recipients');
  if (failedField === undefined && !subjects.test(message.subject.slice(0, 300)) && !bodies.test(prose.slice(0, 4000))) return undefined;
  const named = failedField === undefined ? [] : mailboxes(failedField.slice(0, 10_000)).addresses.map(({ address }) => address);
  return { recipients: fromProse(message, prose, named), returned: await returned(message, all) };
}

function fromSystem(message: Message): boolean {
  if (nullSender(message) || fieldValue(message.fields, 'x-failed-recipients') !== undefined) return true;
  const raw = fieldValue(message.fields, 'from') ?? '';
  const { address = '', name = '' } = message.from ?? {};
  return (
    daemon.test(address) || daemonName.test(name) || (message.from === undefined && /mailer-daemon|postmaster/i.test(raw.slice(0, 300)))
  );
}

function unique(found: readonly Failed[]): Failed[] {
  return [...new Map(found.map((one) => [one.address, one])).values()];
}

async function proseOf(message: Message, all: readonly Entity[]): Promise<string> {
  const part =
    all.find((one) => one.contentType === 'text/plain' && one.disposition !== 'attachment') ??
    all.find((one) => one.contentType === 'text/html');
  const text = part ? await decodedText(part) : plainText(message.root.body.subarray(0, 200_000));
  return text.slice(0, 60_000);
}

// Below such a line stands the returned mail, whose addresses are not recipients that failed.
const copyBelow =
  /^(?:[-_=\s]{0,80}(?:below this line is a copy|this is a copy of|original message|returned message|the (?:header|body) of the original|message (?:header|text) follows|unsent message|included (?:message|is a copy)|undelivered message|the following is a copy|start of returned|forwarded message|transcript of session follows|diagnostic information for administrators|original message headers|ursprüngliche nachricht|message original|копия|header of the message|a copy of your message|received: )|return-path:|received: from|mime-version:|(?:dkim-)?signature:)/im;

const addressInText = /(?<![\w.+-])<?([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,200}[a-z0-9])>?/gi;
const leads =
  /^[\s<*"'•-]{0,12}(?:(?:to|recipient|address|failed recipient|final-recipient: rfc822;):?\s{0,3})?<?[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,200}[a-z0-9]/i;
const postponed =
  /delayed|not yet been delivered|will (?:be retried|continue to (?:be )?(?:try|tried)|keep trying|retry)|still trying|still being retried|warning message only|do not need to resend|no action is required|temporar(?:y|ily)|verzögert|retardé|retrasad|в течение|will be repeated/i;
const givenUp = /permanent|giving up|given up|failed|could not be delivered|couldn.t be delivered|wasn.t delivered|5\d\d[ -]|5\.\d\.\d/i;

function fromProse(message: Message, prose: string, named: readonly string[]): Failed[] {
  const cut = copyBelow.exec(prose);
  // Some write "This is a copy of" above the failed addresses' details: an empty upper part is no part.
  const upper = cut && cut.index > 40 ? prose.slice(0, cut.index) : prose;
  const ours = new Set([...message.recipients, message.from?.address ?? '']);
  const lines = upper.split('\n').slice(0, 400);
  const found = new Map<string, string>();
  // Servers put the failed address first on its line; other addresses in the prose ("contact help@…") count only when none stands so.
  const leading = lines.some((line) => leads.test(line));
  for (const address of named) found.set(address, '');
  for (const [index, line] of lines.entries()) {
    for (const match of line.slice(0, 1000).matchAll(addressInText)) {
      const address = (match[1] ?? '').toLowerCase();
      if (named.length > 0 && !named.includes(address)) continue;
      if (named.length === 0 && leading && !leads.test(line)) continue;
      if (ours.has(address) || daemon.test(address) || found.get(address) || found.size >= 50) continue;
      found.set(
        address,
        lines
          .slice(index, index + 8)
          .join(' ')
          .replace(/\s{1,200}/g, ' ')
          .trim(),
      );
    }
  }
  const said = `${message.subject}\n${upper}`;
  const delayed = postponed.test(said) && !(givenUp.test(message.subject) || /permanent|giving up|5\.\d\.\d|\b55\d\b/i.test(upper));
  return [...found].map(([address, near]) => proseFailure(address, near, upper, delayed, found.size === 1));
}

function proseFailure(address: string, near: string, whole: string, delayed: boolean, only: boolean): Failed {
  const status = enhanced(near) ?? (only ? enhanced(whole) : undefined);
  const after = near.slice(near.toLowerCase().indexOf(address) + address.length).replace(/^[>\s:.)]{1,20}/, '');
  const diagnostic = after.slice(0, 300).trim();
  return { address, permanent: !delayed, ...(status !== undefined && { status }), ...(diagnostic !== '' && { diagnostic }) };
}

// The returned mail names itself: in a part of its own, or in clear below the prose.
async function returned(message: Message, all: readonly Entity[]): Promise<string[]> {
  const parts = all.filter((part) =>
    /^(?:message\/(?:rfc822|global|global-headers|rfc822-headers)|text\/rfc822-headers)$/.test(part.contentType),
  );
  const ids: string[] = [];
  for (const part of parts.slice(0, 5)) {
    const bytes = (await decoded(part)).subarray(0, 256_000);
    const end = /\r?\n\r?\n/.exec(bytes.toString('latin1'))?.index ?? bytes.length;
    const fields = readFields(bytes.subarray(0, end), 2000) ?? [];
    ids.push(...messageIds(fieldValue(fields, 'message-id') ?? ''), ...messageIds(fieldValue(fields, 'in-reply-to') ?? ''));
  }
  ids.push(...message.cites);
  for (const name of ['original-message-id', 'x-original-message-id', 'x-ms-exchange-parent-message-id'])
    ids.push(...messageIds(fieldValue(message.fields, name) ?? ''));
  for (const part of all
    .filter((one) => one.contentType.startsWith('text/') || one.contentType === 'message/delivery-status')
    .slice(0, 5)) {
    const text = part.contentType.startsWith('text/') ? await decodedText(part) : plainText(part.body.subarray(0, 60_000));
    for (const match of text.slice(0, 200_000).matchAll(/message-id:\s{0,20}<([^<>\s]{1,400})>/gi)) ids.push(match[1] ?? '');
  }
  return [...new Set(ids)].slice(0, 50);
}
