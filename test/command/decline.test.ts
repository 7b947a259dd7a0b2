// /decline: the verdict the other way, with a text for the reporter.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, cve, noticed, policy } from '#test/situation.ts';

guards('/decline out-of-scope');

rows(
  {
    it: "gives the reporter the class's text (S1-36, S4-03)",
    order: '/decline out-of-scope',
    answers: 'Declined (out-of-scope). The reporter is told.',
    happens: [{ type: 'declined', by: 'lead', class: 'out-of-scope', text: policy().declines['out-of-scope'] ?? '' }],
  },
  {
    it: "prefers the member's own text",
    order: '/decline out-of-scope\nAsk the other project.\n/end',
    answers: 'Declined (out-of-scope). The reporter is told.',
    happens: [{ type: 'declined', by: 'lead', class: 'out-of-scope', text: 'Ask the other project.' }],
  },
  {
    it: 'takes a class of its own with a text',
    order: '/decline other\nThis is intended.\n/end',
    answers: 'Declined (other). The reporter is told.',
    happens: [{ type: 'declined', by: 'lead', class: 'other', text: 'This is intended.' }],
  },
  {
    it: 'names the classes where there is no text (S1-36)',
    order: '/decline other',
    refuses:
      '"other" is no class of this team, so it needs a text of yours, closed by /end. Classes: not-a-vulnerability, known-cve, out-of-scope, hardening, cannot-reproduce.',
  },
  {
    it: 'refuses a class that is none',
    order: '/decline Out!',
    refuses: '"Out!" is no class. Write: /decline <class> [text, or lines up to /end]',
  },
  {
    it: "knows no class that is only every object's",
    order: '/decline constructor',
    refuses:
      '"constructor" is no class of this team, so it needs a text of yours, closed by /end. Classes: not-a-vulnerability, known-cve, out-of-scope, hardening, cannot-reproduce.',
  },
  { it: 'misses the class', order: '/decline', refuses: '<class> is missing. Write: /decline <class> [text, or lines up to /end]' },
  {
    it: 'declines once',
    after: [{ type: 'declined', by: 'lead', class: 'hardening' }],
    order: '/decline hardening',
    refuses: 'This report is declined already.',
  },
  {
    it: 'does not decline what distributors were told',
    after: [accepted, noticed],
    order: '/decline hardening',
    refuses: 'Distributors hold this incident under embargo: it ends in public, with an announcement that says what it is.',
  },
  {
    it: 'does not decline what is about to be announced',
    after: [accepted, announcementSet],
    order: '/decline hardening',
    refuses: 'The announcement is confirmed for its moment. /cancel announcement comes first.',
  },
  {
    it: 'does not decline what is public',
    after: [announced],
    order: '/decline hardening',
    refuses: 'This incident is public already; it cannot be declined.',
  },
  {
    it: 'asks for the CVE id that is not used then',
    after: [cve],
    order: '/decline out-of-scope',
    answers: 'Declined (out-of-scope). The reporter is told. CVE-1900-0001 is not used then: /cve reject because <reason> tells the CNA.',
    happens: [{ type: 'declined', by: 'lead', class: 'out-of-scope', text: policy().declines['out-of-scope'] ?? '' }],
  },
  {
    it: 'changes nothing in a closed incident',
    after: [{ type: 'spam-marked', by: 'lead' }],
    order: '/decline out-of-scope',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'knows a class in any case',
    order: '/decline Out-Of-Scope',
    answers: 'Declined (out-of-scope). The reporter is told.',
    happens: [{ type: 'declined', by: 'lead', class: 'out-of-scope', text: policy().declines['out-of-scope'] ?? '' }],
  },
);
