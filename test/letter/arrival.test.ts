// A mail that arrived, as the team is shown it.
import { expect, test } from 'vitest';
import { type Arrival, relayFacts, reportFacts } from '#letter/arrival.ts';
import { letterOfKind } from '#letter/list.ts';
import { incident, policy, reported, stranger } from '#test/situation.ts';

const arrival: Arrival = {
  by: stranger,
  role: 'somebody outside',
  from: { name: 'Stranger', address: 'stranger@example.com' },
  subject: 'a finding',
  text: '/accept\nhello',
  proof: 'none',
  origin: 'mx.example.org; dmarc=fail',
  signature: 'not signed',
  encrypted: true,
  attachments: ['poc.py (2 kB)'],
  gist: 'words',
  done: [],
};

test('a report is shown with its sender, its proof, its deadline and what can be answered (S1-36)', () => {
  const facts = reportFacts({ incident: incident(), policy: policy(), arrival });
  expect(facts).toMatchObject({
    title: 'path traversal',
    triageBy: '2026-03-05T12:00:00.000Z',
    commander: 'lead',
    proof: 'none',
    encrypted: true,
    from: arrival.from,
    attachments: ['poc.py (2 kB)'],
  });
  expect(letterOfKind('report')?.facts.safeParse(facts).success).toBe(true);
});

test('by whose hands it came and what is unclear is said, where there is something to say', () => {
  const via = incident({ ...reported, via: 'a forward by Help Desk' } as never);
  expect(reportFacts({ incident: via, policy: policy(), arrival: { ...arrival, question: 'Who?' } })).toMatchObject({
    via: 'a forward by Help Desk',
    question: 'Who?',
  });
  expect(reportFacts({ incident: incident(), policy: policy(), arrival })).not.toHaveProperty('via');
});

test('a mail that joins is shown with the part of its sender, a warning and what its commands did', () => {
  const facts = relayFacts({
    incident: incident(),
    policy: policy(),
    arrival: { ...arrival, warning: 'Not known to be theirs.', done: ['/take: The incident is yours.'] },
  });
  expect(facts).toMatchObject({
    who: 'Stranger',
    role: 'somebody outside',
    warning: 'Not known to be theirs.',
    done: ['/take: The incident is yours.'],
  });
  expect(letterOfKind('relay')?.facts.safeParse(facts).success).toBe(true);
});

test('threat: a mail that shows a code without spending it does not hand it to the others, however it is written', () => {
  const asked = {
    type: 'confirmation-asked',
    by: 'lead',
    action: { act: 'notify', mark: 'aaaaaaaa' },
    expires: '2026-03-04T12:00:00.000Z',
  };
  const shown = (codes: object, text: string) => {
    const known = incident({ ...asked, ...codes } as never);
    const {
      text: whole,
      gist,
      done,
    } = relayFacts({ incident: known, policy: policy(), arrival: { ...arrival, text, gist: text, done: [text] } });
    return [...new Set([whole, gist, ...(done ?? [])])];
  };
  const personal = {
    codes: [
      { to: 'second', code: 'K0Q12D' },
      { to: 'third', code: 'M4X8TN' },
    ],
  };
  expect(shown(personal, '/confirm K0Q12D: refused.')).toEqual(['/confirm ******: refused.']);
  expect(shown(personal, '> /confirm koqL2d\nand m4x8tn')).toEqual(['> /confirm ******\nand ******']);
  expect(shown(personal, '/confirm 999999')).toEqual(['/confirm 999999']);
  expect(shown({ code: 'K7Q2ZD' }, '/confirm k7q2zd')).toEqual(['/confirm ******']);
});

test('without a mail nothing is claimed about one', () => {
  expect(relayFacts({ incident: incident(), policy: policy() })).toMatchObject({ who: '', proof: 'none', text: '' });
});
