// /breach: the embargo was broken; from members, and from distributors who hold the notice.
import { expect, test } from 'vitest';
import { holds } from '#incident/due-disclosure.ts';
import { rows } from '#test/command/table.ts';
import {
  accepted,
  announced,
  announcementSet,
  closed,
  incident,
  member,
  noticed,
  obey,
  policy,
  scheduled,
  situation,
  stranger,
} from '#test/situation.ts';

const acme = {
  ...stranger,
  who: 'acme',
  name: 'Acme Linux',
  address: 'security@acme.example.net',
  roles: ['distributor' as const],
  proof: 'signed' as const,
};
const broken = { type: 'embargo-broken', by: 'lead', what: 'the patch is public' } as const;
const freed =
  'Every member is told at once, and nothing planned leaves until somebody decides: /decide breach publish because <reason>, or /decide breach continue because <reason>. Reminders begin in 4 hours; in doubt, publish.';

rows(
  {
    it: 'records what leaked and says what comes (S1-83, S1-85, S2-69f, S3-34)',
    after: [accepted, scheduled()],
    order: '/breach the patch is public',
    answers: freed,
    happens: [broken],
  },
  {
    it: 'takes several lines',
    order: '/breach\nThe patch is public.\nSince an hour.\n/end',
    answers: freed,
    happens: [{ ...broken, what: 'The patch is public.\nSince an hour.' }],
  },
  {
    it: 'thanks a distributor who holds the notice, and tells them nothing of the plan (S1-83)',
    by: acme,
    after: [accepted, noticed],
    order: '/breach the patch is public',
    answers: 'Thank you. Every member of the team is told at once, and you will hear how we go on.',
    happens: [{ ...broken, by: 'acme' }],
  },
  {
    it: 'says nothing of an incident to a distributor who was told nothing',
    by: acme,
    after: [accepted],
    order: '/breach the patch is public',
    refuses: '/breach answers a notice that you hold. What you wrote beside it was passed on to the team; write to us in plain words.',
  },
  {
    it: 'says no more of a closed incident to a distributor than that',
    by: acme,
    after: [accepted, noticed, closed],
    order: '/breach so',
    refuses: 'This matter is closed.',
  },
  {
    it: 'is too late once it is public',
    after: [accepted, announced],
    order: '/breach so',
    refuses: 'This incident is public already; there is no embargo to break.',
  },
  {
    it: 'does nothing to a closed incident',
    after: [closed],
    order: '/breach so',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  { it: 'wants to know what leaked', order: '/breach', refuses: 'The text is missing. Write: /breach <text, or lines up to /end>' },
);

test('/breach does nothing for a stranger, nor for anybody without the proof that the team wants (S1-01)', () => {
  const said = (by: typeof acme) => obey('/breach so', situation([accepted, noticed], { by })).transcript[0];
  expect(said({ ...acme, who: 'outsider', roles: [] as never })?.text).toBe('/breach is for: member, distributor. You are: none of these.');
  for (const proof of ['none', 'domain'] as const) {
    expect(said({ ...acme, proof: proof as never })?.text).toMatch(/^\/breach needs a mail signed with your key/);
    expect(obey('/breach so', situation([accepted], { by: member('lead', { proof }) })).events).toEqual([]);
  }
});

test('a broken embargo holds the confirmed announcement until it is decided on, each time anew (S1-83)', () => {
  const decided = { type: 'decided', by: 'lead', what: 'breach', choice: 'continue', because: 'only the title leaked' } as const;
  const plan = [accepted, scheduled(), announcementSet] as const;
  expect(holds(incident(...plan, broken), policy())?.why).toBe('the embargo was broken, and it is not decided how to go on.');
  expect(holds(incident(...plan, broken, decided), policy())).toBeUndefined();
  expect(holds(incident(...plan, broken, decided, broken), policy())).toBeDefined();
});
