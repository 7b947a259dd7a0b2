// Carried parts: what a stranger sent along must not change how the letter around it is read.
import { expect, it } from 'vitest';
import { composeClear } from '#mail/compose.ts';
import { read } from '#test/mail/foreign.ts';

it('carries pages, and what announces ciphertext, as bytes: neither is shown beside sealed words, nor changes how the letter is read', async () => {
  const attachments = [
    { filename: 'a', contentType: 'application/pgp-encrypted', content: Buffer.from('Version: 1') },
    { filename: 'b', contentType: 'Application/PGP-Encrypted', content: Buffer.from('Version: 1') },
    { filename: 'page.html', contentType: 'text/html', content: Buffer.from('<img src="http://example.net/') },
    { filename: 'picture.svg', contentType: 'image/svg+xml', content: Buffer.from('<svg/>') },
    { filename: 'encrypted.asc', contentType: 'application/octet-stream', content: Buffer.from('-----BEGIN PGP MESSAGE-----') },
  ];
  const message = await read(
    await composeClear({
      from: { address: 'security@example.org', name: '' },
      to: [{ address: 'lead@example.org', name: '' }],
      subject: 'New report',
      date: new Date('2026-03-03T10:00:00Z'),
      messageId: 'letter-1@example.org',
      text: 'Hello\n',
      attachments,
    }),
  );
  const types = message.root.children.map(({ contentType }) => contentType);
  expect(types).toEqual(['text/plain', ...attachments.map(() => 'application/octet-stream')]);
  expect(message.root.children.slice(1).map(({ filename }) => filename)).toContain('page.html');
});
