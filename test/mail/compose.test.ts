// Letters as bytes: the same twice, safe on the way, closed to injection.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeClear, composeEncrypted, composeEntity, composeSigned, type Outgoing } from '#mail/compose.ts';
import { content } from '#mail/content.ts';
import { read } from '#test/mail/foreign.ts';

const letter: Outgoing = {
  from: { address: 'security@example.org', name: 'Security Team' },
  to: [{ address: 'reporter@example.net', name: 'Jörg "R"' }],
  replyTo: { address: 'security+src-4f7k2m.r.aa@example.org', name: '' },
  subject: '[SRC-4F7K2M] Grüße',
  date: new Date('2026-03-03T10:00:00Z'),
  messageId: 'letter-1@example.org',
  inReplyTo: 'r1@example.net',
  references: ['r0@example.net', 'r1@example.net'],
  autoSubmitted: 'auto-replied',
  extra: [{ name: 'x-embargod', value: 'yes' }],
  text: 'Hello\n\nFrom here\n.\ntrailing  \n-- \nTeam\n',
};
const patch = Buffer.from('From 0123 Mon Sep 17 00:00:00 2001\r\n--- a\r\n+++ b\n-- \n2.39\u0000', 'latin1');

describe('composeClear', () => {
  it('gives the same bytes for the same letter', async () => {
    const full = { ...letter, html: '<p>x</p>', attachments: [{ filename: 'a.patch', contentType: 'text/x-patch', content: patch }] };
    expect((await composeClear(full)).equals(await composeClear(structuredClone({ ...full, attachments: undefined }) && full))).toBe(true);
    expect((await composeClear(full)).equals(await composeClear({ ...full, messageId: 'letter-2@example.org' }))).toBe(false);
  });

  it('is read back as it was meant', async () => {
    const bytes = await composeClear({
      ...letter,
      attachments: [{ filename: 'fix ä.patch', contentType: 'text/x-patch', content: patch }],
    });
    const message = await read(bytes);
    const { passages, attachments } = await content(message.root, false);
    expect(message).toMatchObject({
      from: letter.from,
      to: letter.to,
      subject: letter.subject,
      date: letter.date,
      messageId: letter.messageId,
      cites: ['r1@example.net', 'r0@example.net'],
    });
    expect(passages[0]?.text).toBe(letter.text.trimEnd());
    expect(attachments).toEqual([{ filename: 'fix ä.patch', contentType: 'text/x-patch', content: patch }]);
  });

  it('shows no more than it must', async () => {
    const { fields } = await read(await composeClear(letter));
    expect(fields.map((field) => field.name)).toEqual([
      'from',
      'to',
      'reply-to',
      'subject',
      'date',
      'message-id',
      'in-reply-to',
      'references',
      'auto-submitted',
      'x-embargod',
      'mime-version',
      'content-type',
      'content-transfer-encoding',
    ]);
  });

  it.each<[string, Partial<Outgoing>]>([
    ['an address with a line break', { to: [{ address: 'a@example.net\r\nBcc: b@example.net', name: '' }] }],
    ['two addresses in one', { to: [{ address: 'a@example.net, b@example.net', name: '' }] }],
    ['a Message-ID with a line break', { messageId: 'a@example.org>\r\nBcc: <x' }],
    ['a Bcc field', { extra: [{ name: 'bcc', value: 'x@example.net' }] }],
    ['a second From', { extra: [{ name: 'From', value: 'x@example.net' }] }],
    ['a field name with a colon', { extra: [{ name: 'x: y\r\nbcc', value: 'x' }] }],
    ['no date', { date: new Date(Number.NaN) }],
  ])('refuses %s', async (_, wrong) => {
    await expect(composeClear({ ...letter, ...wrong })).rejects.toThrow();
  });

  it('cannot be injected with a header', async () => {
    const evil = fc
      .array(
        fc.constantFrom(
          '\r\n',
          '\n',
          '\r',
          'Bcc: evil@example.net',
          ' ',
          '\u2028',
          '\u0085',
          '=?utf-8?q?=0D=0ABcc:_x?=',
          'ä',
          '"',
          '<x@y>',
          '\u0000',
          'x'.repeat(90),
        ),
        { maxLength: 12 },
      )
      .map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(evil, evil, evil, evil, async (subject, name, value, body) => {
        const bytes = await composeClear({
          ...letter,
          subject,
          to: [{ address: 'reporter@example.net', name }],
          extra: [{ name: 'x-embargod', value }],
          text: body,
        });
        const head = bytes.toString('latin1').split('\r\n\r\n')[0] ?? '';
        expect(head).not.toMatch(/^bcc/im);
        expect(head.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        expect(
          bytes
            .toString('latin1')
            .split('\r\n')
            .every((line) => line.length <= 998),
        ).toBe(true);
        const message = await read(bytes);
        expect(message.to.map(({ address }) => address)).toEqual(['reporter@example.net']);
      }),
      { numRuns: 300 },
    );
  });

  it('carries any text and any bytes there and back', async () => {
    const body = fc
      .array(fc.oneof(fc.string({ maxLength: 100, unit: 'grapheme' }), fc.constantFrom('From x', '.', ' ', '--=_x', 'y'.repeat(300))), {
        maxLength: 8,
      })
      .map((lines) => lines.join('\n').replace(/\p{Cc}/gu, (char) => (char === '\n' ? char : '')));
    await fc.assert(
      fc.asyncProperty(body, fc.uint8Array({ maxLength: 300 }), async (written, bytes) => {
        const { root } = await read(
          await composeClear({
            ...letter,
            text: `x${written}x`,
            attachments: [{ filename: 'b.bin', contentType: 'application/octet-stream', content: Buffer.from(bytes) }],
          }),
        );
        const { passages, attachments } = await content(root, false);
        expect(passages[0]?.text).toBe(`x${written}x`.normalize('NFC'));
        expect(attachments[0]?.content.equals(bytes)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('under OpenPGP', () => {
  it('signs exactly the bytes of the entity (RFC 3156 §5)', async () => {
    const entity = await composeEntity(letter, 'clear');
    const message = await read(
      composeSigned(letter, entity, '-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n', 'pgp-sha512'),
    );
    expect(message.root.contentType).toBe('multipart/signed');
    expect(message.root.children[0]?.bytes.equals(entity)).toBe(true);
    const text = entity.toString('latin1');
    expect(text).not.toMatch(/[ \t]\r\n|^From |(?<!\r)\n|[^ -~\r\n]/m);
    expect(text.replaceAll('\r\n ', ' ')).toMatch(/^Content-Type: text\/plain; charset="utf-8"; protected-headers="v1"; hp="clear"\r$/m);
    expect(text).not.toMatch(/^MIME-Version|^HP-Outer/m);
  });

  it('protects the header and says what the outside shows (RFC 9788)', async () => {
    const entity = (await composeEntity(letter, 'cipher', 'A notice')).toString('latin1');
    expect(entity).toMatch(/^HP-Outer: Subject: A notice\r$/m);
    expect(entity).toMatch(/^HP-Outer: Message-ID: <letter-1@example.org>\r$/m);
    const outer = await read(composeEncrypted(letter, '-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n', 'A notice'));
    expect(outer.subject).toBe('A notice');
    expect(outer.bytes.toString()).not.toContain('Gr');
    expect(outer.root.children.map((child) => child.contentType)).toEqual(['application/pgp-encrypted', 'application/octet-stream']);
    expect(outer.root.children[0]?.body.toString()).toBe('Version: 1');
  });
});
