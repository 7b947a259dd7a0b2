// What the team is told beside a mail: whose it is, and where its outside says something else than its protected header.
import { expect, test } from 'vitest';
import type { Carried } from '#command/carry-out.ts';
import type { Opened } from '#mail/message.ts';
import { arrivalOf } from '#office/arriving.ts';
import type { Mail } from '#office/read.ts';
import type { Sender } from '#team/sender.ts';

const lead: Sender = { who: 'lead', name: 'Lead', address: 'lead@example.org', roles: ['member'], proof: 'signed' };

function told(by: Sender, changes: Partial<Opened> = {}, outcome: 'done' | 'refused' = 'done', words: readonly string[] = []) {
  const opened = {
    from: { address: 'lead@example.org', name: 'Lead' },
    subject: 'words',
    differs: [],
    signature: { status: 'good', covers: 'all' },
    passages: [],
    attachments: [],
    ...changes,
  };
  const mail = {
    opened,
    message: { from: { address: 'list@lists.example.net', name: '' } },
    own: { lines: words.map((text) => ({ text })), ignored: [] },
    reporter: { kind: 'direct' },
  };
  const carried = { transcript: words.length > 0 ? [] : [{ line: '/take', outcome, text: 'Taken.' }] };
  return arrivalOf(mail as unknown as Mail, by, undefined, carried as unknown as Carried);
}

test('a mail whose header agrees is shown without a warning, by the author it protects', () => {
  expect(told(lead)).not.toHaveProperty('warning');
  expect(told(lead).from).toEqual({ address: 'lead@example.org', name: 'Lead' });
});

test('threat: outer fields that differ from the protected ones are named to the team', () => {
  expect(told(lead, { differs: ['From', 'Subject'] }).warning).toBe(
    'The outside of this mail says something else than its protected header: From, Subject.',
  );
});

test('the doubt about a sender and a contradicting outside are both told', () => {
  const doubted: Sender = { ...lead, proof: 'none', doubt: 'signed by second, but sent in the name of lead' };
  expect(told(doubted, { differs: ['Reply-To'] }).warning).toBe(
    'Not known to be from Lead: signed by second, but sent in the name of lead. The outside of this mail says something else than its protected header: Reply-To.',
  );
  expect(told({ ...lead, proof: 'none' }, {}, 'refused').warning).toMatch(/its commands were not obeyed/);
});

test.each([
  ['Hello,|we reserved CVE-1900-0001 for you.', 'we reserved CVE-1900-0001 for you.'],
  ['|Liebe Kolleginnen und Kollegen,||es geht auch ohne Link.', 'es geht auch ohne Link.'],
  ['Hello,', 'Hello,'],
  ['It loops, and it crashes,|but only once.', 'It loops, and it crashes,'],
  ['', 'words'],
])('the subject tells the first words of "%s" that say something', (text, gist) => {
  expect(told({ ...lead, who: 'outsider' }, {}, 'done', text.split('|')).gist).toBe(gist);
});
