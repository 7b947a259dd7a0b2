// The header under protection (RFC 9788): which fields count, who the author is, and where the outer header says something else.
import { mailboxes } from '#mail/address.ts';
import { mailDate } from '#mail/date.ts';
import type { Entity } from '#mail/entity.ts';
import { shownValue } from '#mail/header.ts';
import type { Field } from '#mail/message.ts';
import { messageIds } from '#mail/parse.ts';

/** A protected header. */
export interface ProtectedHeader {
  readonly fields: readonly Field[];
  /** It speaks for the whole header of its author: an outer field that it does not have was added by somebody else (RFC 9788 §4.2). */
  readonly whole: boolean;
  /** What the author let be seen outside (RFC 9788 §2.2), names in lower case; undefined where the author says nothing of it. */
  readonly outside: readonly Field[] | undefined;
  /** It lay inside encryption. */
  readonly secret: boolean;
}

const nothing: ProtectedHeader = { fields: [], whole: false, outside: undefined, secret: false };

/**
 * The protected header of a payload: announced by `hp` (RFC 9788 §2.1), or by the older `protected-headers="v1"`, which need not name every
 * field. Fields about the part itself are left out. HP-Outer counts inside encryption with `hp="cipher"` only, as nowhere else can it say anything.
 */
export function protectedHeader(payload: Entity | undefined, secret: boolean): ProtectedHeader {
  const { hp, 'protected-headers': older } = payload?.parameters ?? {};
  const whole = hp === 'clear' || hp === 'cipher';
  if (!payload || !(whole || older === 'v1')) return nothing;
  const fields = payload.fields.filter(({ name }) => !name.startsWith('content-') && name !== 'mime-version' && name !== 'hp-outer');
  const outside = hp === 'cipher' && secret ? outsideOf(payload.fields) : undefined;
  return { fields, whole, outside, secret };
}

function outsideOf(fields: readonly Field[]): Field[] {
  return fields.flatMap(({ name, value }) => {
    const colon = value.indexOf(':');
    if (name !== 'hp-outer' || colon < 1) return [];
    return { name: value.slice(0, colon).trim().toLowerCase(), value: value.slice(colon + 1).trim() };
  });
}

/** The payload's word that its parts may begin with a copy of the hidden fields (RFC 9788 §2.1.2): inside encryption with `hp="cipher"` only. */
export function hidesFields(payload: Entity): boolean {
  return payload.parameters.hp === 'cipher';
}

/** Fields that are compared, as they are written in letters to the team. `added`: to have it outside only is a contradiction too. */
const compared: readonly { readonly name: string; readonly added?: true; readonly same: (value: string) => string }[] = [
  { name: 'From', added: true, same: addresses },
  { name: 'Sender', same: addresses },
  { name: 'Reply-To', added: true, same: addresses },
  { name: 'To', same: addresses },
  { name: 'Cc', same: addresses },
  { name: 'Subject', same: untagged },
  { name: 'Date', same: (value) => String(mailDate(value)?.getTime() ?? value) },
  { name: 'Message-ID', same: (value) => messageIds(value).join(' ') },
  { name: 'In-Reply-To', added: true, same: (value) => messageIds(value).sort().join(' ') },
];

/**
 * Names of the outer fields that contradict the protected header. What the author hid, and named in HP-Outer, is no contradiction; a From that
 * names another address is one whatever HP-Outer says. The older form hides a subject without a word about it.
 */
export function differing(header: ProtectedHeader, outer: readonly Field[]): string[] {
  if (header.fields.length === 0) return [];
  return compared.filter((one) => contradicts(one, header, outer)).map(({ name }) => name);
}

function contradicts(
  { name, added, same }: (typeof compared)[number],
  { fields, whole, outside, secret }: ProtectedHeader,
  outer: readonly Field[],
): boolean {
  const of = (list: readonly Field[]) => list.filter((field) => field.name === name.toLowerCase()).map(({ value }) => same(value));
  const [shown, inside] = [of(outer), of(fields)];
  if (shown.length === 0) return false;
  if (inside.length === 0) return added === true && whole && !alike(shown, outside && of(outside));
  if (alike(shown, inside)) return false;
  if (name === 'From') return true;
  if (outside) return !alike(shown, of(outside));
  return !(secret && name === 'Subject');
}

function alike(one: readonly string[], other: readonly string[] | undefined): boolean {
  return other !== undefined && one.length === other.length && one.every((value, index) => value === other[index]);
}

/** The addresses of a value; the names beside them prove nothing and are often left out outside. */
function addresses(value: string): string {
  const read = mailboxes(value);
  return read.doubt ? value : read.addresses.map(({ address }) => address).join(' ');
}

/** A subject without the tag that a list puts before it. */
function untagged(value: string): string {
  const shown = shownValue(value.slice(0, 20_000));
  return shown.replace(/^\[[^[\]]{1,60}\]\s{1,5}(?=\S)/, '');
}
