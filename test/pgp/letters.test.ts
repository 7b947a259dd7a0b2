// The bytes of every kind of letter as it leaves: what the outside tells, and that no relay has a reason to change a byte.
import { hostname } from 'node:os';
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { letters } from '#letter/list.ts';
import { specimen } from '#letter/specimen.ts';
import type { Outgoing } from '#mail/compose.ts';
import { dearmor } from '#pgp/armor.ts';
import { keyring } from '#pgp/keyring.ts';
import { attachOwnKey, autocryptField, seal } from '#pgp/seal.ts';
import { compiled } from '#test/letter/rendered.ts';
import { type Cast, cast, now, opened } from '#test/pgp/people.ts';

const templates = await compiled();
let people: Cast;
beforeAll(async () => {
  people = await cast();
});

const allowed = ['from', 'to', 'reply-to', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'auto-submitted', 'autocrypt'];

function outgoing(kind: string, withHtml: boolean): Outgoing {
  const text = specimen(kind, templates);
  const definition = letters.find((letter) => letter.kind === kind);
  if (!text || !definition) throw new Error(`no letter ${kind}`);
  return {
    from: { address: 'security@example.org', name: 'Example security team' },
    to: [{ address: 'lead@example.org', name: 'Lead' }],
    replyTo: { address: 'security+src-4f7k2m.t.0123456789abcdef@example.org', name: 'Example security team' },
    subject: text.subject,
    date: now,
    messageId: '0123456789abcdefghjkmnpqrs.embargod@example.org',
    inReplyTo: 'src-4f7k2m.team.thread@example.org',
    references: ['src-4f7k2m.team.thread@example.org'],
    ...(definition.autoSubmitted !== 'no' && { autoSubmitted: definition.autoSubmitted }),
    extra: [autocryptField(people.team.own, 'security@example.org')],
    text: text.text,
    ...(withHtml && text.html !== undefined && { html: text.html }),
    attachments: definition.attachTeamKey ? [attachOwnKey(people.team.own)] : [],
  };
}

async function leaving(kind: string, how: 'must' | 'never'): Promise<Buffer> {
  const mail = outgoing(kind, how === 'never');
  const sealed = await seal(mail, {
    key: people.team.own,
    certificate: people.lead.certificate,
    seal: how,
    outerSubject: '[SRC-4F7K2M] ...',
    now,
  });
  if ('refused' in sealed) throw new Error(sealed.refused);
  return sealed.bytes;
}

const read = (bytes: Buffer) => opened(bytes, keyring([people.lead.own], [people.team.certificate]));
const kinds = letters.map(({ kind }) => kind);

describe.each(['must', 'never'] as const)('sealed: %s', (how) => {
  it.each(kinds)('%s tells no more outside than it must, and survives every relay', async (kind) => {
    const bytes = await leaving(kind, how);
    const text = bytes.toString('latin1');
    const answer = await read(bytes);
    const { message } = answer;
    const names = message.fields.map(({ name }) => name);
    expect(names.filter((name) => !allowed.includes(name) && !/^(?:mime-version|content-type)$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(message.to.map(({ address }) => address)).toEqual(['lead@example.org']);
    expect(text).not.toMatch(/^(?:bcc|cc|received|sender|return-path|user-agent|x-mailer|x-originating-ip|organization):/im);
    expect(text.includes(hostname()) && hostname().length > 3).toBe(false);
    const lines = text.split('\r\n');
    expect(text.replaceAll('\r\n', '')).toMatch(/^[\t -~]*$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.filter((line) => /[ \t]$|^From |^\.$/.test(line))).toEqual([]);
    expect(answer.signature).toMatchObject({ status: 'good', covers: 'all', by: people.team.certificate.fingerprint });
    expect(answer.differs).toEqual([]);
    expect(answer.subject).toBe(outgoing(kind, false).subject);
    expect(answer.passages.map((passage) => passage.text.trimEnd()).join('\n')).toBe(outgoing(kind, false).text.trimEnd());
  });
});

it.each(kinds)('%s says its real digest in micalg, and its parts are of the types of RFC 3156', async (kind) => {
  const { message } = await read(await leaving(kind, 'never'));
  const { contentType, parameters, children } = message.root;
  expect([contentType, parameters.protocol, children.map((child) => child.contentType)[1]]).toEqual([
    'multipart/signed',
    'application/pgp-signature',
    'application/pgp-signature',
  ]);
  const bytes = dearmor(children[1]?.body.toString('latin1') ?? '')?.bytes ?? Buffer.alloc(0);
  const { packets } = await openpgp.readSignature({ binarySignature: new Uint8Array(bytes) });
  const hash = packets[0]?.hashAlgorithm;
  expect(parameters.micalg).toBe(hash && `pgp-${openpgp.enums.read(openpgp.enums.hash, hash)}`);
  const sealed = (await read(await leaving(kind, 'must'))).message.root;
  expect([sealed.contentType, sealed.parameters.protocol, sealed.children.map((child) => child.contentType)]).toEqual([
    'multipart/encrypted',
    'application/pgp-encrypted',
    ['application/pgp-encrypted', 'application/octet-stream'],
  ]);
  expect(sealed.children[0]?.body.toString().trim()).toBe('Version: 1');
});

it.each(kinds)('%s sealed shows nothing of its words outside the encryption', async (kind) => {
  const text = (await leaving(kind, 'must')).toString('latin1');
  const { subject, text: body } = outgoing(kind, false);
  expect(text).not.toContain(subject);
  for (const line of body.split('\n').filter((one) => one.trim().length > 12 && one.trim() !== 'security@example.org'))
    expect(text).not.toContain(line.trim());
});
