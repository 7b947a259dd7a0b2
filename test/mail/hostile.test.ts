// Every foreign mail, damaged in every way: the whole room answers and never throws.
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { content } from '#mail/content.ts';
import { realReporter } from '#mail/forwarded.ts';
import { machine } from '#mail/machine.ts';
import { origin } from '#mail/origin.ts';
import { ownWords } from '#mail/own-words.ts';
import { parse } from '#mail/parse.ts';
import { cost } from '#test/cost.ts';
import { bytesOf } from '#test/mail/foreign.ts';

const mails = readdirSync(new URL('../mails', import.meta.url))
  .filter((name) => name.endsWith('.eml'))
  .map(bytesOf);
const ours = { addresses: ['security@example.org'], isOurMessageId: (id: string) => id.startsWith('letter-') };

async function way(bytes: Buffer): Promise<string> {
  const message = await parse(bytes);
  if ('unreadable' in message) return message.unreadable;
  const found = await content(message.root, false);
  const words = ownWords(found.passages, { coveredOnly: false });
  await machine(message, ours);
  await realReporter({ message, subject: message.subject, ...found });
  origin(message, ['mx.example.org']);
  return [message.subject, ...found.passages.map((passage) => passage.text), ...words.lines.map((line) => line.text)].join('\n');
}

describe('a damaged mail', () => {
  it('is read without a throw, and its text holds no control characters', async () => {
    const damage = fc.record({
      mail: fc.constantFrom(...mails),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      take: fc.integer({ min: 0, max: 40 }),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom('\r\n\r\n', '\u0000', '--', '"', '<', '=?utf-8?b?', 'Content-Type: multipart/mixed; boundary=""\n', '\n> ', '\t')
          .map((text) => Buffer.from(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ mail, at, take, put }) => {
        const index = Math.floor(at * mail.length);
        const text = await way(Buffer.concat([mail.subarray(0, index), put, mail.subarray(index + take)]));
        expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(text).toBe(text.normalize('NFC'));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['1 MB without a line break', `Subject: x\n\n${'a'.repeat(1_000_000)}`],
    ['1 MB of addresses', `Subject: x\nReturn-Path: <>\n\n${'<a@example.net>: '.repeat(60_000)}`],
    ['1 MB of colons', `Subject: Fwd: x\n\n${'a: '.repeat(300_000)}`],
    [
      '1 MB of forward titles',
      `Subject: Fwd: x\n\n${'---------- Forwarded message ----------\nFrom: a <a@example.net>\nTo: b\n'.repeat(14_000)}`,
    ],
    ['200 kB of encoded words', `Subject: ${'=?utf-8?q?a?= '.repeat(15_000)}\n\n`],
    ['200 kB of brackets in References', `References: ${'<a'.repeat(100_000)}\n\n`],
  ])('of %s is read in linear time', async (_, mail) => {
    expect(await cost(() => way(Buffer.from(mail)))).toBeLessThan(5000);
  });
});
