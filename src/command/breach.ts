// /breach: the embargo was broken. Everybody of the team hears at once, and what was planned waits for a decision (S1-83).
import { defineCommand, happened, refuse } from '#command/command.ts';
import { told } from '#incident/disclosure.ts';
import { spanInWords } from '#time.ts';

export const breach = defineCommand({
  word: 'breach',
  help: 'Say that the embargo was broken: what leaked, where, to whom. The team is alarmed and the plan waits. Also for distributors who hold the notice.',
  examples: ['/breach the patch is in a public repository since an hour', '/breach\nA reporter of a newspaper asked us about it.\n/end'],
  who: ['member', 'distributor'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  text: 'required',
  args: {},
  decide({ text = '' }, { incident, by, policy }) {
    const outside = !by.roles.includes('member');
    // Whoever was told nothing learns nothing here either; what they wrote reaches the team all the same.
    if (outside && !told(incident).includes(by.who))
      return refuse(
        '/breach answers a notice that you hold. What you wrote beside it was passed on to the team; write to us in plain words.',
      );
    if (incident.announcedAt) return refuse('This incident is public already; there is no embargo to break.');
    if (incident.closedAt) return refuse(outside ? 'This matter is closed.' : 'This incident is closed. /reopen comes first.');
    const answer = outside
      ? 'Thank you. Every member of the team is told at once, and you will hear how we go on.'
      : `Every member is told at once, and nothing planned leaves until somebody decides: /decide breach publish because <reason>, or /decide breach continue because <reason>. Reminders begin in ${spanInWords(policy.spans.breach)}; in doubt, publish.`;
    return happened(answer, { type: 'embargo-broken', by: by.who, what: text });
  },
});
