// Mail as people's programs and lists make it, opened: what is read, who stands behind it, what came along.
import { beforeAll, describe, expect, it } from 'vitest';
import { ownWords } from '#mail/own-words.ts';
import { dearmor } from '#pgp/armor.ts';
import { open } from '#pgp/open.ts';
import {
  type Cast,
  cast,
  ciphertext,
  encryptedPart,
  mail,
  multipart,
  now,
  opened,
  parsed,
  part,
  refusal,
  signedPart,
} from '#test/pgp/people.ts';

let people: Cast;
beforeAll(async () => {
  people = await cast();
});

const words = part('text/plain; charset=utf-8', 'Hello\n/take');
const read = (entity: string, from?: string, ...fields: string[]) => opened(mail(entity, from, ...fields), people.ring);
const lead = () => people.lead.certificate.fingerprint;

describe('plain mail', () => {
  it('has no signature, and its text is read as it is', async () => {
    const answer = await read(words);
    expect(answer).toMatchObject({
      decrypted: false,
      signature: { status: 'none', covers: 'none' },
      inner: undefined,
      protectedFields: [],
    });
    expect(answer.passages).toEqual([{ text: 'Hello\n/take', from: 'plain', covered: false }]);
  });

  it('keeps the choice between text and HTML, and attachments', async () => {
    const both = multipart('alternative', [part('text/plain', 'words'), part('text/html', '<p>words</p>')], 'a');
    const answer = await read(multipart('mixed', [both, part('application/pdf; name=a.pdf', '%PDF')]));
    expect(answer.passages.map((passage) => passage.text)).toEqual(['words']);
    expect(answer.attachments).toMatchObject([{ filename: 'a.pdf' }]);
  });
});

describe('signed', () => {
  it('by somebody on the roster', async () => {
    const answer = await read(await signedPart(words, [people.lead]));
    expect(answer.signature).toMatchObject({ status: 'good', by: lead(), at: now, covers: 'all' });
    expect(answer.passages).toEqual([{ text: 'Hello\n/take', from: 'plain', covered: true }]);
    expect(answer.attachments).toEqual([]);
  });

  it('by a stranger is a signature of an unknown key', async () => {
    const answer = await read(await signedPart(words, [people.stranger]));
    expect(answer.signature).toMatchObject({ status: 'unknown-key', covers: 'none' });
    expect(answer.signature.by).toBeUndefined();
    expect(answer.passages[0]?.covered).toBe(false);
  });

  it('through a mailing list that adds its footer covers a part', async () => {
    const listed = multipart('mixed', [await signedPart(words, [people.lead]), part('text/plain', '____\nlist mailing list')], 'list');
    const answer = await read(listed);
    expect(answer.signature).toMatchObject({ status: 'good', by: lead(), covers: 'part' });
    expect(answer.passages.map((passage) => passage.covered)).toEqual([true, false]);
  });

  it('with an attachment inside the signed part covers all', async () => {
    const inner = multipart('mixed', [words, part('text/x-patch; name=fix.patch', '+fix', 'Content-Disposition: attachment')], 'in');
    const answer = await read(await signedPart(inner.trimEnd(), [people.lead]));
    expect(answer.signature).toMatchObject({ status: 'good', covers: 'all' });
    expect(answer.attachments).toMatchObject([{ filename: 'fix.patch' }]);
  });
});

describe('encrypted', () => {
  it('and signed in one', async () => {
    const answer = await read(encryptedPart(await ciphertext(words, [people.team], [people.lead])));
    expect(answer).toMatchObject({ decrypted: true, signature: { status: 'good', by: lead(), covers: 'all' } });
    expect(answer.inner?.toString()).toBe(words);
  });

  it('around a signed part', async () => {
    const answer = await read(encryptedPart(await ciphertext(await signedPart(words, [people.lead]), [people.team])));
    expect(answer).toMatchObject({ decrypted: true, signature: { status: 'good', by: lead(), covers: 'all' } });
  });

  it('by a list that signs what an author signed: the author is named', async () => {
    const inner = await signedPart(words, [people.lead]);
    const answer = await read(encryptedPart(await ciphertext(inner, [people.team], [people.member])));
    expect(answer.signature).toMatchObject({ status: 'good', by: lead(), covers: 'all' });
  });

  it('as Exchange mangles it', async () => {
    const armored = await ciphertext(words, [people.team], [people.lead]);
    const cipher = Buffer.from(armored).toString('base64').replace(/.{76}/g, '$&\r\n');
    const octets = part('application/octet-stream; name="encrypted.asc"', cipher, 'Content-Transfer-Encoding: base64');
    const mangled = multipart('mixed', [
      part('text/plain', ''),
      part('application/pgp-encrypted; name="PGPMIME Versions Identification"', 'Version: 1'),
      octets,
    ]);
    const answer = await read(mangled);
    expect(answer).toMatchObject({ decrypted: true, signature: { status: 'good', by: lead(), covers: 'all' } });
  });

  it('with a clear footer of a list beside it keeps the footer outside', async () => {
    const cipher = encryptedPart(await ciphertext(words, [people.team], [people.lead]));
    const answer = await read(multipart('mixed', [cipher, part('text/plain', 'footer')]));
    expect(answer.signature.covers).toBe('part');
    expect(answer.passages.map(({ text, covered }) => [text, covered])).toEqual([
      ['Hello\n/take', true],
      ['footer', false],
    ]);
  });

  it('to somebody else is not readable, and the sentence tells nothing of the mail', async () => {
    const sentence = await refusal(mail(encryptedPart(await ciphertext(words, [people.lead]))), people.ring);
    expect(sentence).toBe('This mail is encrypted, but not to a key we hold.');
  });

  it('does not matter that our own key has ended since: old mail stays readable', async () => {
    const answer = await open(
      await parsed(mail(encryptedPart(await ciphertext(words, [people.team])))),
      people.ring,
      new Date('2036-01-01'),
    );
    expect(answer).toMatchObject({ decrypted: true });
  });
});

describe('protected headers', () => {
  const inner = (parameters: string, subject = 'The real subject') =>
    part(
      `text/plain; charset=utf-8${parameters}`,
      'words',
      `Subject: ${subject}`,
      'From: lead@example.org',
      'In-Reply-To: <two@example.org>',
    );

  it('count for a good signature over all (RFC 9788)', async () => {
    const answer = await read(await signedPart(inner('; hp="clear"'), [people.lead]));
    expect(answer.subject).toBe('The real subject');
    expect(answer.protectedFields).toContainEqual({ name: 'in-reply-to', value: '<two@example.org>' });
    expect(answer.protectedFields.map((field) => field.name)).not.toContain('content-type');
  });

  it('count for encryption without a signature, also in the older form and with encoded words', async () => {
    const answer = await read(
      encryptedPart(await ciphertext(inner('; protected-headers="v1"', '=?utf-8?q?Gr=C3=BC=C3=9Fe?='), [people.team])),
    );
    expect(answer.subject).toBe('Grüße');
  });

  it('do not count without the parameter, nor under a bad or a stranger’s signature', async () => {
    expect((await read(await signedPart(inner(''), [people.lead]))).subject).toBe('[...]');
    const stranger = await read(await signedPart(inner('; hp="clear"'), [people.stranger]));
    expect(stranger).toMatchObject({ subject: '[...]', protectedFields: [] });
    const broken = (await signedPart(inner('; hp="clear"'), [people.lead])).replace('words', 'swords');
    expect(await read(broken)).toMatchObject({ subject: '[...]', protectedFields: [], signature: { status: 'bad' } });
  });

  it('of a signed part beside others say what the signature is meant for, and not what the mail is called or who wrote it', async () => {
    const mixed = multipart('mixed', [await signedPart(inner('; hp="clear"'), [people.lead]), part('text/plain', 'other words')]);
    const answer = await read(mixed);
    expect(answer).toMatchObject({ subject: '[...]', signature: { covers: 'part' } });
    expect(answer.protectedFields).toContainEqual(expect.objectContaining({ name: 'subject', value: 'The real subject' }));
  });

  it('come from the signed part inside the encrypted one', async () => {
    const answer = await read(encryptedPart(await ciphertext(await signedPart(inner('; hp="cipher"'), [people.lead]), [people.team])));
    expect(answer).toMatchObject({ subject: 'The real subject', signature: { covers: 'all' } });
  });
});

describe('inline', () => {
  it('opens an encrypted block with its charset named in the armor', async () => {
    const armored = (await ciphertext('Gr\xfc\xdfe', [people.team], [people.lead])).replace(/\r?\n\r?\n/, '\nCharset: ISO-8859-1\n\n');
    const answer = await read(part('text/plain', armored));
    expect(answer.passages).toEqual([{ text: 'Grüße', from: 'plain', covered: true }]);
    expect(answer.signature).toMatchObject({ status: 'good', by: lead(), covers: 'all' });
    expect(answer.decrypted).toBe(true);
  });

  it('takes the block from the text when an HTML copy lies beside it', async () => {
    const armored = await ciphertext('words', [people.team], [people.lead]);
    const answer = await read(multipart('alternative', [part('text/plain', armored), part('text/html', `<pre>${armored}</pre>`)]));
    expect(answer.passages).toEqual([{ text: 'words', from: 'plain', covered: true }]);
  });

  it('gives a decrypted block as an entity that reads the same again', async () => {
    const answer = await read(part('text/plain', await ciphertext('Grüße'.normalize('NFC'), [people.team])));
    const again = await opened(mail(answer.inner?.toString('latin1') ?? ''), people.ring);
    expect(again.passages[0]?.text).toBe(answer.passages[0]?.text);
  });

  it('opens a block in mail that is a page alone: to be read, never as a command', async () => {
    const armored = (await ciphertext('the secret\n/take', [people.team], [people.lead])).trim();
    for (const lines of [armored.replace(/\r?\n/g, '<br>'), armored.replace(/^.*$/gm, (line) => `<div>${line.trim() || '<br>'}</div>`)]) {
      const page = part('text/html; charset=utf-8', `<html><body><p>See <img src="http://example.net/</p>${lines}<p>Bye</p></body></html>`);
      const plainPage = part('text/html; charset=utf-8', `<html><body><p>See this</p>${lines}<p>Bye</p></body></html>`);
      for (const entity of [plainPage, multipart('alternative', [part('text/plain', ' '), plainPage]), multipart('mixed', [plainPage])]) {
        const answer = await read(entity);
        expect(answer.passages.map(({ text, from, covered }) => [text.trim(), from, covered])).toEqual([
          ['See this', 'html', false],
          ['the secret\n/take', 'html', true],
          ['Bye', 'html', false],
        ]);
        expect(answer).toMatchObject({ decrypted: true, signature: { status: 'good', covers: 'part' } });
        expect(ownWords(answer.passages, { coveredOnly: true }).lines.some(({ text, code }) => text.startsWith('/') && !code)).toBe(false);
      }
      const beside = await read(multipart('alternative', [part('text/plain', 'my words'), page]));
      expect(beside).toMatchObject({ decrypted: false, passages: [{ text: 'my words' }] });
    }
  });

  it('claims no signature for a clearsigned block in a page', async () => {
    const answer = await read(part('text/html', '<p>-----BEGIN PGP SIGNED MESSAGE-----<br>Hash: SHA512<br><br>/take</p>'));
    expect(answer.signature).toEqual({ status: 'none', covers: 'none' });
  });

  it('refuses a block for somebody else and a damaged one', async () => {
    const armored = await ciphertext('words', [people.lead]);
    expect(await refusal(mail(part('text/plain', armored)), people.ring)).toMatch(/not to a key we hold/);
    const ours = await ciphertext('words', [people.team]);
    expect(await refusal(mail(part('text/plain', ours.replace(/(\r?\n\r?\n)\w{4}/, '$1****'))), people.ring)).toMatch(/damaged/);
  });
});

describe('attachments', () => {
  const file = (name: string, content: Buffer | string) =>
    part(
      `application/octet-stream; name="${name}"`,
      Buffer.from(content).toString('base64'),
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment',
    );

  it('are decrypted when they are to us and kept when not', async () => {
    const ours = await ciphertext('int main;', [people.team]);
    const theirs = await ciphertext('other', [people.lead]);
    const answer = await read(
      multipart('mixed', [words, file('poc.c.asc', ours), file('other.gpg', dearmor(theirs)?.bytes ?? ''), file('note.asc', 'no pgp')]),
    );
    expect(answer.attachments.map(({ filename, content }) => [filename, content.length])).toEqual([
      ['poc.c', 9],
      ['other.gpg', dearmor(theirs)?.bytes.length],
      ['note.asc', 6],
    ]);
    expect(answer.attachments[0]?.content.toString()).toBe('int main;');
    expect(answer.decrypted).toBe(true);
  });
});
