// /fix-ready: the fix, or a mitigation, is ready; what is open before needs a reason.
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, member } from '#test/situation.ts';

const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer'] };
const done: Event = { type: 'step-done', by: 'engineer', step: 'reviewed' };
const by = member('engineer', { roles: ['engineer'] });
const steps = [
  { key: 'reviewed', what: 'All commits have an LGTM', owner: 'fix-team' as const, phase: 'fix' as const, gate: 'notice' as const },
];
const advice = 'Not done yet: All commits have an LGTM (/done reviewed).';

rows(
  {
    it: 'is said by the fix team when its steps are done (S2-64, S1-73)',
    by,
    policy: { steps },
    after: [accepted, invited, done],
    order: '/fix-ready',
    answers: 'The fix is ready; the lead is told.',
    happens: [{ type: 'fix-ready', by: 'engineer', what: 'fix' }],
  },
  {
    it: 'advises against it while commits lack an LGTM (S2-65, S4-20)',
    by,
    policy: { steps },
    after: [accepted, invited],
    order: '/fix-ready',
    refuses: `${advice} To say so all the same: /fix-ready because <reason>.`,
  },
  {
    it: 'goes on with a reason, which is kept with the advice (S1-49)',
    policy: { steps },
    after: [accepted],
    order: '/fix-ready mitigation because users must switch it off now',
    answers: 'The mitigation is ready; the lead is told.',
    happens: [{ type: 'fix-ready', by: 'lead', what: 'mitigation', because: 'users must switch it off now', against: advice }],
  },
  {
    it: 'is not said of a report that nobody accepted',
    policy: { steps: [] },
    order: '/fix-ready',
    refuses: 'The report is not accepted yet; /accept comes first.',
  },
  {
    it: 'is not said twice; a fix may follow a mitigation',
    policy: { steps: [] },
    after: [accepted, { type: 'fix-ready', by: 'lead', what: 'mitigation' }],
    order: '/fix-ready mitigation',
    refuses: 'The mitigation is ready already; /fix-unready because <reason> takes it back.',
  },
  {
    it: 'is too late once all is public',
    policy: { steps: [] },
    after: [accepted, announced],
    order: '/fix-ready',
    refuses: 'This incident is public already.',
  },
  {
    it: 'is not said by whoever was not invited (S1-55)',
    by,
    policy: { steps: [] },
    after: [accepted],
    order: '/fix-ready',
    refuses: '/fix-ready is for: member, fix-team. You are: engineer.',
  },
);

guards('/fix-ready', [accepted, done], { policy: { steps } });
