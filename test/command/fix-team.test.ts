// /fix-team: who fixes an incident; nobody comes in without somebody's word.
import { describe, expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, member, obey, situation } from '#test/situation.ts';

const people = ['lead', 'second', 'third'].map((handle) => ({ handle, name: `${handle} example`, addresses: [`${handle}@example.org`] }));
const onFile = (handle: string, roles: readonly string[], more = {}) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.com`],
  roles,
  ...more,
});
const roster = {
  members: [
    ...people,
    onFile('engineer', ['engineer'], { hosts: ['octocat'] }),
    onFile('tester', ['engineer'], { leave: [{ from: '2026-03-01', to: '2026-03-09' }] }),
    onFile('releaser', ['release-manager']),
    onFile('helper', ['associate']),
  ],
};
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer'] };
const granted: Event[] = [
  { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'engineer' },
  { type: 'access-answered', by: 'administrator', number: 1, how: 'done' },
];
const engineer = member('engineer', { roles: ['engineer'] });

describe('/fix-team invite and remove', () => {
  rows(
    {
      it: 'invites people on file by handle, address and account, each once (S1-54, S4-13)',
      roster,
      order: '/fix-team invite engineer, releaser@example.com octocat',
      answers: 'Invited: engineer, releaser. They hear of this incident from now on, and of nothing older.',
      happens: [{ type: 'fix-team-invited', by: 'lead', people: ['engineer', 'releaser'] }],
    },
    {
      it: 'invites an outside advisor who is on file, before there is a verdict (S3-22)',
      roster,
      order: '/fix-team invite tester',
      answers: 'Invited: tester. They hear of this incident from now on, and of nothing older.\nOn leave now: tester.',
      happens: [{ type: 'fix-team-invited', by: 'lead', people: ['tester'] }],
    },
    {
      it: 'invites nobody where one name is unknown, and says what the operator must do (S1-54)',
      roster,
      order: '/fix-team invite engineer stranger@example.com',
      refuses:
        '"stranger@example.com" is not on file. The operator adds them to roster.yaml, with address, key and the role engineer; then invite them. Nobody was invited.',
    },
    {
      it: 'does not invite an associate, who is not to see reports (S2-32)',
      roster,
      order: '/fix-team invite helper',
      refuses: 'helper is associate and cannot be invited; the operator can give them the role engineer. Nobody was invited.',
    },
    {
      it: 'says who is on it already, and that access is needed where the policy says so (S2-57)',
      roster,
      policy: { fixTeam: { access: 'must' } },
      after: [invited],
      order: '/fix-team invite engineer releaser',
      answers:
        'Invited: releaser. They hear of this incident from now on, and of nothing older.\nOn the fix team already: engineer.\nThey need access to the private repository: /access grant releaser',
      happens: [{ type: 'fix-team-invited', by: 'lead', people: ['releaser'] }],
    },
    {
      it: 'invites nobody twice',
      roster,
      after: [invited],
      order: '/fix-team invite engineer',
      refuses: 'On the fix team already: engineer.',
    },
    {
      it: 'wants a name',
      roster,
      order: '/fix-team invite',
      refuses: 'Name who is invited, by handle, address or account: /fix-team invite <person>',
    },
    {
      it: 'invites nobody into a closed incident',
      roster,
      after: [closed],
      order: '/fix-team invite engineer',
      refuses: 'This incident is closed. /reopen comes first.',
    },
    {
      it: 'invites nobody into a public incident',
      roster,
      after: [accepted, announced],
      order: '/fix-team invite engineer',
      refuses: 'This incident is public; nobody needs an invitation any more.',
    },
    {
      it: 'invites nobody into a declined report',
      roster,
      after: [{ type: 'declined', by: 'lead', class: 'hardening' }],
      order: '/fix-team invite engineer',
      refuses: 'This report is declined; /accept it before you invite anybody.',
    },
    {
      it: 'takes somebody out with a reason, and their access with them (S1-92)',
      roster,
      after: [invited, ...granted],
      order: '/fix-team remove engineer because they left the project',
      answers: 'engineer is no longer on the fix team and gets nothing more of this incident. The removal of their access is requested.',
      happens: [
        { type: 'fix-team-left', by: 'lead', person: 'engineer', because: 'they left the project' },
        { type: 'access-requested', by: 'lead', number: 2, what: 'remove', person: 'engineer' },
      ],
    },
    {
      it: 'takes nobody out without a reason',
      roster,
      after: [invited],
      order: '/fix-team remove engineer',
      refuses: 'Say why: /fix-team remove engineer because <reason>',
    },
    {
      it: 'takes out only who is on it',
      roster,
      after: [invited],
      order: '/fix-team remove tester because x',
      refuses: '"tester" is not on the fix team. On it: engineer.',
    },
    {
      it: 'lets somebody leave by themselves',
      roster,
      by: engineer,
      after: [invited],
      order: '/fix-team remove me because I have no time',
      answers: 'engineer is no longer on the fix team and gets nothing more of this incident.',
      happens: [{ type: 'fix-team-left', by: 'engineer', person: 'engineer', because: 'I have no time' }],
    },
    {
      it: 'lets the fix team neither invite nor take out others',
      roster,
      by: engineer,
      after: [invited],
      order: '/fix-team invite tester',
      refuses: '/fix-team invite is for: member. You can see the fix team with /fix-team list.',
    },
    {
      it: 'names what it can do',
      roster,
      order: '/fix-team summon engineer',
      refuses: '"summon" is none of propose, invite, remove, list. Write: /fix-team <what> [words] [because <reason>]',
    },
    { it: 'lists nobody', roster, order: '/fix-team list', answers: 'Nobody is on the fix team.' },
    {
      it: 'lists the team itself where that is the fix team (S4-12)',
      roster,
      policy: { fixTeam: { from: 'team' } },
      after: [invited],
      order: '/fix-team list',
      answers: 'The team itself is the fix team.\nengineer | engineer example | since 2026-03-02 13:01 UTC',
    },
  );
});

describe('/fix-team propose', () => {
  const owner = (name: string, is: 'approver' | 'reviewer', file: string) => ({ name, is, file });
  const owners = (path: string) => ({
    checkout: 'main',
    path,
    near: [
      owner('octocat', 'approver', `${path}/OWNERS`),
      owner('ghost', 'reviewer', `${path}/OWNERS`),
      owner('org/team', 'reviewer', `${path}/OWNERS`),
    ],
    above: [owner('octocat', 'approver', 'OWNERS'), owner('helper@example.com', 'approver', 'OWNERS')],
    notes: [],
  });

  rows(
    {
      it: 'names owners with their files, release managers where the policy says so, and the line that invites them (S1-54, S1-56)',
      roster,
      owners,
      order: '/fix-team propose pkg cmd',
      answers: [
        'Owners of main:pkg, main:cmd:',
        '- engineer (engineer example): approver in pkg/OWNERS; approver in cmd/OWNERS',
        '- ghost (nobody on file; the operator can enter them in roster.yaml with hosts: [ghost]): reviewer in pkg/OWNERS; reviewer in cmd/OWNERS',
        '- org/team (a group of the code host; who is in it is not known here): reviewer in pkg/OWNERS; reviewer in cmd/OWNERS',
        'From the folders above, for you to choose:',
        '- helper (helper example): approver in OWNERS; cannot be invited without the role engineer',
        'Release managers:',
        '- releaser',
        'Nobody is invited by this. The line that invites them:',
        '/fix-team invite engineer releaser',
      ].join('\n'),
    },
    {
      it: 'leaves reviewers and release managers out where the policy does (S2-55, S4-20)',
      roster,
      owners,
      policy: { fixTeam: { proposed: 'maintainers', releaseManagers: false } },
      after: [invited],
      order: '/fix-team propose pkg',
      answers: [
        'Owners of main:pkg:',
        '- engineer (engineer example): approver in pkg/OWNERS, invited already',
        'From the folders above, for you to choose:',
        '- helper (helper example): approver in OWNERS; cannot be invited without the role engineer',
        'Nobody of them is left to be invited.',
      ].join('\n'),
    },
    {
      it: 'says why nothing can be said of a path',
      roster,
      owners: () => ({ why: 'a path names a file or folder inside the repository, without ".."; like pkg/parser' }),
      order: '/fix-team propose ../secret',
      refuses: '"../secret": a path names a file or folder inside the repository, without ".."; like pkg/parser.',
    },
    {
      it: 'wants a path',
      roster,
      order: '/fix-team propose',
      refuses: 'Name the paths that are affected, like /fix-team propose pkg/parser',
    },
  );
});

test('words on the lines after it are no part of the command', () => {
  const { remarks, events } = obey('/fix-team list\nSee below.\n/note x', situation([invited], { roster }));
  expect(remarks).toBe('See below.');
  expect(events).toEqual([{ type: 'noted', by: 'lead', text: 'x' }]);
});

guards('/fix-team invite engineer', [], { roster });
