// /severity: a vector is scored, a level is a decision with a reason.

import { guards, rows } from '#test/command/table.ts';
import { closed, member } from '#test/situation.ts';

const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
guards(`/severity ${vector}`);

rows(
  {
    it: 'scores a vector (S1-69, S1-104)',
    order: `/severity ${vector}`,
    answers: 'CVSS 3.1 9.8, critical.\nFor critical this process has a release of its own (out-of-band).',
    happens: [{ type: 'severity-set', by: 'lead', level: 'critical', vector, score: 9.8 }],
  },
  {
    it: 'refuses a version the team does not use (S1-104)',
    order: '/severity CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    refuses: 'This team scores with CVSS 3.1, not 3.0.',
  },
  {
    it: 'names the metric of a bad vector (S2-59)',
    order: '/severity CVSS:3.1/AV:Q/AC:L',
    refuses: 'The metric AV cannot be "Q"; it is one of N, A, L, P. A level is one of none, low, medium, high, critical.',
  },
  {
    it: 'wants a reason for a level alone (S1-69)',
    order: '/severity low',
    refuses: 'A level without a vector needs a reason: /severity low because <reason>.',
  },
  {
    it: "keeps the score beside the lead's level (S1-69)",
    after: [{ type: 'severity-set', by: 'lead', level: 'critical', vector, score: 9.8 }],
    order: '/severity Medium because only from the node',
    answers: 'Severity medium beside CVSS 9.8.\nFor medium this process waits for the next patch release.',
    happens: [{ type: 'severity-set', by: 'lead', level: 'medium', vector, score: 9.8, because: 'only from the node' }],
  },
  {
    it: 'sets a level without a score',
    order: '/severity high because it looks so',
    answers: 'Severity high.\nFor high this process has a release of its own (out-of-band).',
    happens: [{ type: 'severity-set', by: 'lead', level: 'high', because: 'it looks so' }],
  },
  {
    it: 'is for the lead or the commander by this policy (S1-69)',
    by: member('second'),
    order: '/severity low because so',
    refuses: '/severity is for: lead, commander. You are: member. Here: lead commands, nobody leads yet.',
  },
  {
    it: 'lets the chosen lead decide (S1-69)',
    after: [{ type: 'lead-chosen', by: 'lead', lead: 'second', how: 'named' }],
    by: member('second'),
    order: '/severity low because so',
    answers: 'Severity low.\nFor low this process waits for the next patch release.',
    happens: [{ type: 'severity-set', by: 'second', level: 'low', because: 'so' }],
  },
  {
    it: 'refuses words that are neither',
    order: '/severity terrible',
    refuses:
      '"terrible" begins no CVSS vector; one begins with CVSS:3.0/, CVSS:3.1/, CVSS:4.0/. A level is one of none, low, medium, high, critical.',
  },
  {
    it: 'takes a quick level as provisional, without a reason (S2-62, S4-19)',
    order: '/severity high provisional',
    answers: 'Severity high, provisionally.\nFor high this process has a release of its own (out-of-band).',
    happens: [{ type: 'severity-set', by: 'lead', level: 'high', provisional: true }],
  },
  {
    it: 'names the day of the next patch release for medium and low (S1-68, S3-29)',
    policy: { decisions: { release: { outOfBand: ['high', 'critical'], next: ['2026-02-11', '2026-03-11', '2026-04-15'] } } },
    order: '/severity CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N',
    answers: 'CVSS 3.1 4.4, medium.\nFor medium this process waits for the next patch release, 2026-03-11.',
    happens: [{ type: 'severity-set', by: 'lead', level: 'medium', vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N', score: 4.4 }],
  },
  {
    it: 'says who should hear where that is a decision: open to the network (S2-69c)',
    policy: { extends: 'kubernetes-pst' },
    order: '/severity CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    answers: 'CVSS 3.0 9.8, critical.\nIt is open to the network (AV:N): distributors should hear of it.',
    happens: [{ type: 'severity-set', by: 'lead', level: 'critical', vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8 }],
  },
  {
    it: 'suggests to skip the distributors for a local leak (S2-69c, S2-69d)',
    policy: { extends: 'kubernetes-pst' },
    order: '/severity CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N',
    answers: 'CVSS 3.0 3.3, low.\nNeither open to the network nor a gain of privilege: this process skips the distributors.',
    happens: [{ type: 'severity-set', by: 'lead', level: 'low', vector: 'CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N', score: 3.3 }],
  },
  {
    it: 'refuses a word beside the rating that it does not know',
    order: '/severity high quickly',
    refuses: '"quickly" is not understood; only "provisional" may stand there. Write: /severity <rating> [provisional] [because <reason>]',
  },
  {
    it: 'rates nothing that is closed',
    after: [closed],
    order: '/severity low because so',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'misses the rating',
    order: '/severity',
    refuses: '<rating> is missing. Write: /severity <rating> [provisional] [because <reason>]',
  },
);
