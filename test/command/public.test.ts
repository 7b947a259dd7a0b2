// /public: it is public already, and what that means by the policy.
import { expect, test } from 'vitest';
import { deadlinesOf } from '#incident/deadline.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, anonymous, closed, cve, incident, policy, reportedAt } from '#test/situation.ts';

guards('/public');

const waives = 'the 7 days of the distributors that they would have, since it is public already.';
const exposed = { type: 'exposed', by: 'lead' } as const;
const at = (score: number) => ({ type: 'severity-set', by: 'lead', level: 'high', score }) as const;

rows(
  {
    it: 'makes everything due at once and offers to ask the reporter (S1-42, S1-43, S2-47, S3-14, S4-05)',
    order: '/public because it is in an issue',
    answers:
      'Public already: everything is due at once (ASAP). To ask whoever published it to go on in private: /privacy ask (the reporter), or /privacy ask <address>',
    happens: [{ ...exposed, because: 'it is in an issue', waives }],
  },
  {
    it: 'offers an address alone where no reporter is known',
    after: [anonymous],
    order: '/public',
    answers: 'Public already: everything is due at once (ASAP). To ask whoever published it to go on in private: /privacy ask <address>',
    happens: [{ ...exposed, waives }],
  },
  {
    it: 'keeps the waived window of the distributors with its reason where a CVE had made it a duty (S1-44)',
    after: [accepted, cve],
    order: '/public',
    answers:
      'Public already: everything is due at once (ASAP). To ask whoever published it to go on in private: /privacy ask (the reporter), or /privacy ask <address>',
    happens: [{ ...exposed, waives: 'the 7 days of the distributors that they were owed, since it is public already.' }],
  },
  {
    it: 'keeps the usual dates under the score of the policy (S4-14)',
    policy: { exposure: { from: 7, ask: false } },
    after: [accepted, at(6.9)],
    order: '/public',
    answers: 'Public already: the usual dates hold, since the score 6.9 is under 7.0.',
    happens: [exposed],
  },
  {
    it: 'makes everything due at once from that score on (S4-14)',
    policy: { exposure: { from: 7, ask: false } },
    after: [accepted, at(7)],
    order: '/public',
    answers: 'Public already: everything is due at once (ASAP).',
    happens: [{ ...exposed, waives }],
  },
  {
    it: 'says it once',
    after: [exposed],
    order: '/public',
    refuses:
      'It is marked as public already. /privacy says what whoever published it answered; /private because <reason> takes the mark back.',
  },
  {
    it: 'is too late after the announcement',
    after: [accepted, announced],
    order: '/public',
    refuses: 'This incident is announced already: everybody may know of it.',
  },
  { it: 'does nothing to a closed incident', after: [closed], order: '/public', refuses: 'This incident is closed. /reopen comes first.' },
);

test('every open step that has a span is due at the moment we know (S1-51, S1-44)', () => {
  const hurried = incident(accepted, exposed);
  const since = hurried.exposure?.at.getTime() ?? 0;
  const due = Object.fromEntries(deadlinesOf(hurried, policy()).map(({ key, dueAt }) => [key, dueAt.getTime()]));
  for (const key of ['lead', 'fix', 'plan', 'assessment']) expect(due[key], key).toBe(since);
  expect(since).toBeGreaterThan(reportedAt.getTime());
});
