// /severity: a vector is scored, a level is a decision with a reason.

import { guards, rows } from '#test/command/table.ts';
import { member } from '#test/situation.ts';

const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
guards(`/severity ${vector}`);

rows(
  {
    it: 'scores a vector (S1-69, S1-104)',
    order: `/severity ${vector}`,
    answers: 'CVSS 3.1 9.8, critical.',
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
    answers: 'Severity medium beside CVSS 9.8.',
    happens: [{ type: 'severity-set', by: 'lead', level: 'medium', vector, score: 9.8, because: 'only from the node' }],
  },
  {
    it: 'sets a level without a score',
    order: '/severity high because it looks so',
    answers: 'Severity high.',
    happens: [{ type: 'severity-set', by: 'lead', level: 'high', because: 'it looks so' }],
  },
  {
    it: 'is for the lead or the commander by this policy (S1-69)',
    by: member('second'),
    order: '/severity low because so',
    refuses: '/severity is for: lead, commander. You are: member.',
  },
  {
    it: 'lets the chosen lead decide (S1-69)',
    after: [{ type: 'lead-chosen', by: 'lead', lead: 'second', how: 'named' }],
    by: member('second'),
    order: '/severity low because so',
    answers: 'Severity low.',
    happens: [{ type: 'severity-set', by: 'second', level: 'low', because: 'so' }],
  },
  {
    it: 'refuses words that are neither',
    order: '/severity terrible',
    refuses:
      '"terrible" begins no CVSS vector; one begins with CVSS:3.0/, CVSS:3.1/, CVSS:4.0/. A level is one of none, low, medium, high, critical.',
  },
  { it: 'misses the rating', order: '/severity', refuses: 'The rating is missing. Write: /severity <rating> [because <reason>]' },
);
