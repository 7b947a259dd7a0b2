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

test('without a mail nothing is claimed about one', () => {
  expect(relayFacts({ incident: incident(), policy: policy() })).toMatchObject({ who: '', proof: 'none', text: '' });
});
