// Own words: threats first. What somebody else wrote must never be obeyed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownWords, text } from '#mail/own-words.ts';
import { growth, linear } from '#test/cost.ts';
import { opened } from '#test/mail/foreign.ts';

const plain = (body: string, covered = true) => ({ text: body, from: 'plain' as const, covered });
const own = (body: string) => ownWords([plain(body)], { coveredOnly: false });
const obeyed = (body: string) =>
  own(body)
    .lines.filter((line) => !line.code && /^\/[a-z]/.test(line.text))
    .map((line) => line.text);

const replies = [
  ...['apple-mail-reply-es', 'apple-mail-reply-pl', 'gmail-reply-de', 'gmail-reply-en', 'gmail-reply-en-wrapped', 'gmail-reply-fr'],
  ...[
    'gmail-reply-he-direction-marks',
    'gmail-reply-ja-unmarked',
    'gmail-reply-ru-unmarked',
    'lotus-notes-header',
    'mutt-attribution',
    'mutt-on-date-wrote',
  ],
  ...[
    'outlook-bold-labels',
    'outlook-de-unmarked-quote',
    'outlook-fr-unmarked-quote',
    'outlook-ja-unmarked-quote',
    'outlook-mac-date-label',
  ],
  ...[
    'outlook-original-message',
    'outlook-unmarked-quote',
    'outlook-web-rule',
    'outlook-zh-unmarked-quote',
    'proton-original-message',
    'qq-mail-original',
  ],
  ...['thunderbird-bottom-post-de', 'thunderbird-interleaved', 'unclosed-fence-quote', 'yahoo-unmarked-quote'],
];

describe('a reply', () => {
  it.each(replies)('%s keeps its own words and never the quoted command', async (name) => {
    const { passages } = await opened(`${name}.eml`);
    const words = ownWords(passages, { coveredOnly: false });
    expect(text(words).replace(/\n+/g, '\n')).toBe('/accept\nOwn line.');
    expect(words.lines.every((line) => !line.code)).toBe(true);
    expect(words.ignored[0]).toEqual({ line: '/approve', why: 'in a quote' });
  });

  it('flowed keeps wrapped quotes marked', async () => {
    expect(text(ownWords((await opened('flowed-quote.eml')).passages, { coveredOnly: false }))).toBe('/accept\nOwn line.');
  });

  it.each([
    ['W dniu 02.03.2026 o 09:15, Team pisze:'],
    ['Op ma 2 mrt 2026 om 09:15 schreef Team <t@example.org>:'],
    ['Il giorno lun 2 mar 2026 alle ore 09:15 Team <t@example.org> ha scritto:'],
    ['Em seg., 2 de mar. de 2026 às 09:15, Team <t@example.org> escreveu:'],
    ['El lun, 2 mar 2026 a las 9:15, Team (<t@example.org>) escribió:'],
    ['Den mån 2 mars 2026 kl 09:15 skrev Team <t@example.org>:'],
    ['ma 2. maalisk. 2026 klo 9.15 Team (t@example.org) kirjoitti:'],
    ['2 марта 2026 г., 9:15, Team <t@example.org> написал(а):'],
    ['пн, 2 бер. 2026 р. о 09:15 Team <t@example.org> пише:'],
    ['po 2. 3. 2026 v 9:15 odesílatel Team <t@example.org> napsal:'],
    ['Team <t@example.org> ezt írta (időpont: 2026. márc. 2., H, 9:15):'],
    ['Team <t@example.org>, 2 Mar 2026 Pzt, 09:15 tarihinde şunu yazdı:'],
    ['Team <t@example.org> 于2026年3月2日周一 09:15写道：'],
    ['2026년 3월 2일 (월) 오전 9:15, Team <t@example.org>님이 작성:'],
    ['Στις Δευ 2 Μαρ 2026 στις 9:15 π.μ., ο Team <t@example.org> έγραψε:'],
    ['În lun., 2 mar. 2026 la 09:15, Team <t@example.org> a scris:'],
    ['Vào Th 2, 2 thg 3, 2026 vào lúc 09:15 Team <t@example.org> đã viết:'],
    ['pon., 2 mar 2026 o 09:15 Team <t@example.org> napisał(a):'],
    ['man. 2. mar. 2026 kl. 09:15 skrev Team <t@example.org>:'],
  ])('is cut at %s', (line) => {
    const marked = own(`/accept\n\n${line}\n> /approve\n\nbelow`);
    expect(text(marked).replace(/\n+/g, '\n')).toBe('/accept\nbelow');
    if (line.includes('@')) expect(text(own(`/accept\n\n${line}\n\n/approve`))).toBe('/accept');
    expect(obeyed(`/accept\n\n${line}\n\n/approve`)).toEqual(['/accept']);
  });

  it.each([
    '---- Forwarded message ----',
    'Begin forwarded message:',
    '-------- Weitergeleitete Nachricht --------',
    '---------- Message transféré ---------',
    '-------- Пересылаемое сообщение --------',
  ])('obeys nothing below %s', (line) => {
    expect(own(`/accept\n\n${line}\n/approve\n----- End forwarded message -----\n/announce`)).toMatchObject({
      lines: [{ text: '/accept', code: false }],
      ignored: [
        { line: '/approve', why: 'in a forwarded part' },
        { line: '/announce', why: 'in a forwarded part' },
      ],
    });
  });
});

describe('a command is not obeyed', () => {
  it.each<[string, string, string]>([
    ['in a quote', '> /approve', 'in a quote'],
    ['in a deep quote', '>> > /approve', 'in a quote'],
    ['below a signature', 'x\n-- \n/approve', 'below the signature delimiter'],
    ['in a fence', '```\n/approve\n```', 'in a code block'],
    ['in a fence of tildes that holds backticks', '~~~\n```\n/approve\n~~~', 'in a code block'],
    ['in a fence never closed', '```\n/approve', 'in a code block'],
    ['indented', '    /approve', 'in a code block'],
    ['indented by a tab', '\t/approve', 'in a code block'],
    ['where a program wrapped a quoted line', `> ${'long '.repeat(14)}\n/approve\n> more`, 'in a quote'],
    [
      'below a header in a language we have no words for',
      'Mutumaji: T <t@example.org>\nIlitumwa: 2 Machi 2026 09:15\nKwa: x\nMada: y\n\n/approve',
      'in a quote',
    ],
    ['where a quote may begin', 'From: a@example.net\nTo: b@example.net\nSubject: x\n\n/approve', 'in a quote'],
    ['below a fence that a quoted mail closed', '```\nx\n-----Original Message-----\n```\n/approve', 'in a quote'],
  ])('%s', (_, body, why) => {
    expect(obeyed(body)).toEqual([]);
    expect(own(body).ignored).toEqual([{ line: '/approve', why }]);
  });

  it('in the HTML part', async () => {
    const words = ownWords((await opened('html-only-reply.eml')).passages, { coveredOnly: false });
    expect(words.lines).toEqual([{ text: 'Own line.', code: true }]);
    expect(new Set(words.ignored.map((one) => one.why))).toEqual(new Set(['in the HTML part']));
  });

  it('outside the signed part', () => {
    const words = ownWords([plain('/approve', false), plain('/accept', true)], { coveredOnly: true });
    expect(words).toEqual({ lines: [{ text: '/accept', code: false }], ignored: [{ line: '/approve', why: 'outside the signed part' }] });
  });

  it('in a later passage of an unmarked quote', () => {
    const quote = 'ok\n\nFrom: T <t@example.org>\nSent: Monday, March 2, 2026 9:15 AM\nTo: x\nSubject: y\n\nbefore a picture';
    expect(ownWords([plain(quote), plain('/approve')], { coveredOnly: false })).toMatchObject({
      lines: [{ text: 'ok' }],
      ignored: [{ line: '/approve', why: 'in a quote' }],
    });
  });
});

describe('an interleaved answer', () => {
  it('right between long quoted lines is kept', () => {
    expect(text(own(`> ${'long '.repeat(14)}\nYes.\n> more`))).toBe('Yes.');
  });
});

describe('a report', () => {
  it('is not eaten because of pasted headers and sentences', async () => {
    const { passages } = await opened('report-with-http-request.eml');
    const words = ownWords(passages, { coveredOnly: false });
    expect(text(words)).toBe(passages[0]?.text.slice(0, passages[0].text.indexOf('\n\n-- ')));
    expect(words.lines.filter((line) => line.code).map((line) => line.text)).toContain('    indented code');
  });

  it.each([
    'The code writes 10 bytes past:\n\nhere',
    'On line 2026 the parser writes:\n\nfoo',
    'Note: a\nImpact: b\nTo: reproduce\n\nx',
    'Subject: my finding\n\nText',
    '2026-03-02 09:15:00 login of admin@example.org failed:\n\nmore',
    '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\nafter',
    '==========\nHeading\n==========\ntext',
  ])('keeps %j whole', (body) => {
    expect(text(own(body))).toBe(body);
  });
});

describe('for any mail', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '/accept',
      '',
      'text',
      '```',
      '~~~',
      '-- ',
      '    x',
      'On Monday 2 March 2026 9:15 A <a@example.org> wrote:',
      'From: a',
      '>',
      '> ```',
      'Begin forwarded message:',
    ),
    fc.string({ maxLength: 30 }).filter((s) => !/\n/.test(s)),
  );

  it('a quoted command is never own words', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 20 }),
        fc.array(line, { maxLength: 20 }),
        fc.constantFrom('> ', '>', '>> ', ' > '),
        (before, after, mark) => {
          expect(obeyed([...before, `${mark}/approve`, ...after].join('\n'))).not.toContain('/approve');
        },
      ),
    );
  });

  it('a command below an unmarked quote is never own words', () => {
    const header = ['From: T <t@example.org>', 'Sent: Monday, March 2, 2026 9:15 AM', 'To: x', 'Subject: y'];
    fc.assert(
      fc.property(fc.array(line, { maxLength: 15 }), fc.array(line, { maxLength: 15 }), (before, after) => {
        expect(obeyed([...before, '', ...header, '', ...after, '/approve'].join('\n'))).not.toContain('/approve');
      }),
    );
  });

  it.each([
    'On On On ',
    'On ',
    'From: a\n',
    '> ',
    '```\n',
    '~~~\n`````\n',
    'On a 2026 a@b\n',
    `${'_'.repeat(20)}\n`,
    'a:\n',
    'From: a\nTo: b\n',
    ' ',
    '- ',
  ])('half a megabyte of %j takes linear time', async (piece) => {
    expect(await growth(120_000, (size) => own(piece.repeat(size / piece.length)))).toBeLessThan(linear);
  });
});
