// The copy of hidden header fields in the text of a letter (RFC 9788): written for older readers, left out where we read, and nowhere else.
import { beforeAll, describe, expect, it } from 'vitest';
import { text as ownText, ownWords } from '#mail/own-words.ts';
import { keyring } from '#pgp/keyring.ts';
import { seal } from '#pgp/seal.ts';
import {
  type Cast,
  cast,
  ciphertext,
  encryptedPart,
  letter,
  mail,
  multipart,
  now,
  opened,
  parsed,
  part,
  signedPart,
} from '#test/pgp/people.ts';

let people: Cast;
beforeAll(async () => {
  people = await cast();
});

const read = (bytes: Buffer) => opened(bytes, people.ring);
const payload = (hp: string, body: string, ...fields: string[]) => part(`text/plain; charset=utf-8; ${hp}`, body, ...fields);
const signedBy = async (inner: string) => read(mail(await signedPart(inner, [people.lead])));
const sealedBy = async (inner: string, by: Cast['lead'][]) => read(mail(encryptedPart(await ciphertext(inner, [people.team], by))));

describe('the copy of hidden fields in the text', () => {
  const body = 'Subject: words\r\n\r\nHello\r\n/take';
  const marked = (hp: string, text = body) => part(`text/plain; charset=utf-8; hp-legacy-display="1"; ${hp}`, text, 'Subject: words');
  const textsOf = async (answer: Promise<Awaited<ReturnType<typeof read>>>) => (await answer).passages.map(({ text }) => text);

  it('is left out inside encryption with hp="cipher", where the part says so', async () => {
    expect(await textsOf(sealedBy(marked('hp="cipher"'), [people.lead]))).toEqual(['Hello\n/take']);
    const signed = await signedPart(marked('hp="cipher"'), [people.lead]);
    expect(await textsOf(sealedBy(signed, []))).toEqual(['Hello\n/take']);
    const mixed = multipart(
      'mixed',
      [part('text/plain; hp-legacy-display="1"', body), part('application/pdf; name=a.pdf', '%PDF')],
      'm',
      '; hp="cipher"',
    );
    expect(await textsOf(sealedBy(mixed, [people.lead]))).toEqual(['Hello\n/take']);
  });

  it('threat: nothing is left out anywhere else, so that a mark can hide no words', async () => {
    const whole = 'Subject: words\n\nHello\n/take';
    expect(await textsOf(read(mail(marked('hp="cipher"'))))).toEqual([whole]);
    expect(await textsOf(signedBy(marked('hp="cipher"')))).toEqual([whole]);
    expect(await textsOf(sealedBy(marked('hp="clear"'), [people.lead]))).toEqual([whole]);
    expect(await textsOf(sealedBy(marked('protected-headers="v1"'), [people.lead]))).toEqual([whole]);
    expect(await textsOf(sealedBy(payload('hp="cipher"', body), [people.lead]))).toEqual([whole]);
    const zero = marked('hp="cipher"').replace('hp-legacy-display="1"', 'hp-legacy-display="0"');
    expect(await textsOf(sealedBy(zero, [people.lead]))).toEqual([whole]);
    expect(await textsOf(sealedBy(marked('hp="cipher"', 'no empty line\r\nat all'), [people.lead]))).toEqual(['no empty line\nat all']);
    const beside = multipart(
      'mixed',
      [encryptedPart(await ciphertext(payload('hp="cipher"', 'x'), [people.team])), part('text/plain; hp-legacy-display="1"', body)],
      'o',
    );
    expect(await textsOf(read(mail(beside)))).toEqual(['x', whole]);
  });

  it('is left out of a page, and a page without it stays as it is', async () => {
    const page = (inside: string, mark = '; hp-legacy-display="1"') =>
      part(`text/html; charset=utf-8${mark}; hp="cipher"`, `<html><body>${inside}<p>Hello</p></body></html>`);
    const copy = '<div class="header-protection-legacy-display"><pre>Subject: words</pre></div>';
    expect(await textsOf(sealedBy(page(copy), []))).toEqual(['Hello']);
    expect((await textsOf(sealedBy(page(copy, ''), []))).join()).toContain('Subject: words');
    const greedy = '<div class="header-protection-legacy-display"><div>all of it</div></div>';
    expect((await textsOf(sealedBy(page(greedy), []))).join()).toContain('all of it');
  });

  it('is written into sealed letters for older readers, and our own reading shows the letter without it', async () => {
    const wanted = letter('A notice.\n', {
      html: '<html><body><p>A notice.</p></body></html>',
      attachments: [{ filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('file') }],
    });
    const sealed = await seal(wanted, {
      key: people.team.own,
      certificate: people.lead.certificate,
      seal: 'must',
      outerSubject: '[...]',
      now,
    });
    if ('refused' in sealed) throw new Error(sealed.refused);
    const answer = await opened(sealed.bytes, keyring([people.lead.own], [people.team.certificate]));
    const inner = (answer.inner?.toString() ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(inner).toContain('\r\n\r\nSubject: A notice about CVE-1900-0001\r\n\r\nA notice.\r\n');
    expect(inner).toContain('<div class="header-protection-legacy-display"><pre>Subject: A notice about CVE-1900-0001</pre></div>');
    expect(inner.match(/hp-legacy-display="1"/g)).toHaveLength(2);
    expect(answer.passages).toEqual([{ text: 'A notice.', from: 'plain', covered: true }]);
    expect(answer.attachments[0]?.content.toString()).toBe('file');
  });

  it('is not written where the subject stands outside, nor into letters in clear', async () => {
    for (const [how, outerSubject] of [
      ['must', 'A notice about CVE-1900-0001'],
      ['never', '[...]'],
    ] as const) {
      const sealed = await seal(letter('A notice.\n'), {
        key: people.team.own,
        certificate: people.lead.certificate,
        seal: how,
        outerSubject,
        now,
      });
      if ('refused' in sealed) throw new Error(sealed.refused);
      const answer = await opened(sealed.bytes, keyring([people.lead.own], [people.team.certificate]));
      expect(String(answer.inner ?? (await parsed(sealed.bytes)).bytes)).not.toContain('legacy-display');
    }
  });

  it.each([
    ['marked', '> Subject: /announce now\n>\n> /take\n'],
    ['marked, with an attribution', 'On 1 March 2026, Security team wrote:\n> Subject: /announce now\n> \n> /take\n'],
    ['unmarked, below a rule', '-----Original Message-----\nSubject: /announce now\n\n/take\n'],
    [
      'unmarked, as some programs do',
      '________________________________\nFrom: Security team\nSent: Sunday\nSubject: /announce now\n\nSubject: /announce now\n\n/take\n',
    ],
  ])('quoted in an answer is neither a command nor anybody’s own words: %s', async (_, quote) => {
    const answer = await sealedBy(payload('hp="cipher"', `Thanks.\n\n${quote}`, 'From: lead@example.org'), [people.lead]);
    const own = ownWords(answer.passages, { coveredOnly: true });
    expect(ownText(own).trim()).toBe('Thanks.');
    expect(own.lines.some(({ text, code }) => text.startsWith('/') && !code)).toBe(false);
  });
});
