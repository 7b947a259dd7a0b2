// The page of a play shows every mail, hides nothing of what was refused, and lets nothing of a mail become part of the page.
import { expect, test } from 'vitest';
import type { Shown } from '#demo/archive.ts';
import { firstMonday, momentOf, openClock } from '#demo/clock.ts';
import { pageOf } from '#demo/page.ts';
import type { Play } from '#demo/record.ts';
import { outcomesIn } from '#demo/stage.ts';

const monday = new Date('2026-03-02T00:00:00Z');
const at = momentOf(monday, 1, '02:47');

const mail = (of: Partial<Shown>): Shown => ({
  at,
  id: 'one@example.org',
  from: 'Lead',
  fromAddress: 'lead@example.org',
  to: 'the team’s address',
  box: 'security@example.org',
  subject: 'hello',
  outside: undefined,
  text: 'Hello.',
  sealed: false,
  signedBy: undefined,
  html: undefined,
  attachments: [],
  eml: 'mails/security@example.org/001-hello.eml',
  readable: 'mails/security@example.org/001-hello.txt',
  ...of,
});

function page(mails: readonly Shown[], remarks: Play['remarks'] = new Map()): string {
  const entries: Play['entries'] = [
    { is: 'scene', at, title: 'A scene', about: 'What happens.' },
    ...mails.map((_, delivery) => ({ is: 'mail', at, delivery }) as const),
    { is: 'check', at, claim: 'it holds' },
  ];
  return pageOf({ entries, remarks, incident: 'SRC-4F7K2M' }, mails, monday);
}

test('every mail is on the page, with both of its files', () => {
  const mails = [1, 2, 3].map((number) =>
    mail({ id: `${number}@example.org`, eml: `mails/${number}.eml`, readable: `mails/${number}.txt` }),
  );
  const shown = page(mails);
  for (const { eml, readable } of mails) {
    expect(shown).toContain(`href="${eml}"`);
    expect(shown).toContain(`href="${readable}"`);
  }
  expect(shown).toContain('it holds');
});

test('letters that say the same to several people stand in one card, and no other ones do', () => {
  const letter = { from: 'the team’s address', fromAddress: 'security@example.org', sealed: true, subject: 'New report' };
  const shown = page([
    mail({ ...letter, to: 'Lead', box: 'lead@example.org', eml: 'a.eml' }),
    mail({ ...letter, to: 'Second', box: 'second@example.org', eml: 'b.eml' }),
    mail({ ...letter, to: 'Third', box: 'third@example.org', text: 'Something else.', eml: 'c.eml' }),
  ]);
  expect(shown.match(/<article/g)).toHaveLength(2);
  expect(shown).toContain('sealed, 2 mails');
});

test('threat: a mail brings markup or a script into the page', () => {
  const evil = '</pre><script>alert(1)</script><img src=x onerror="alert(1)">';
  const shown = page([
    mail({ subject: evil, text: evil, from: evil, to: evil, html: '<p title="x">"</p><script>alert(1)</script>', attachments: [evil] }),
  ]);
  expect(shown).not.toContain('<script');
  expect(shown).not.toContain('<img');
  expect(shown).toMatch(/<iframe sandbox="" title="[^"]*" srcdoc="[^"]*">/);
});

test('threat: the page fetches something', () => {
  const shown = page([mail({ text: 'https://example.org/ and <img src="https://example.org/x.png">' })]);
  expect(shown).toContain("default-src 'none'");
  expect(shown).not.toMatch(/<(?:link|script|img|base)\b/);
  expect(shown).not.toMatch(/@import|url\(/);
});

test('a refused command is marked as refused, a done one as done', () => {
  const outcomes = new Map([
    ['/take', 'done'],
    ['/confirm ABCDEF', 'refused'],
  ] as const);
  const shown = page([mail({ text: '/take\n/confirm ABCDEF' })], new Map([['one@example.org', { outcomes }]]));
  expect(shown).toMatch(/class="command done">\/take<\/span>/);
  expect(shown).toMatch(/class="command refused">\/confirm ABCDEF<\/span>.*refused/);
});

test('the outcomes of commands are read off an answer, the quoted ones left out', () => {
  const text =
    '  /take\n      Done.\n      It is yours.\n\n  /close\n      Refused.\n      Not yet.\n\n  /take\n      Ignored.\n      Not obeyed: it stands in a quote.\n';
  expect([...outcomesIn(text)]).toEqual([
    ['/take', 'done'],
    ['/close', 'refused'],
  ]);
});

test('a play of three weeks begins on a Monday and ends before the present, and its clock never goes back', () => {
  for (const day of ['2026-11-21', '2026-11-22', '2026-11-23', '2028-02-29']) {
    const now = new Date(`${day}T10:00:00Z`);
    const begins = firstMonday(now);
    expect(begins.getUTCDay()).toBe(1);
    expect(momentOf(begins, 20, '23:59:59').getTime()).toBeLessThan(now.getTime());
  }
  const clock = openClock(at);
  expect(() => clock.set(monday)).toThrow(/cannot go back/);
});
