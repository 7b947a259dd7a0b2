// /answer: what became of a request for access; given by the administrator, or by a member in their stead (S1-40).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { openRequests, wordsOf } from '#incident/access.ts';
import { atLeast } from '#team/policy.ts';

export const answer = defineCommand({
  word: 'answer',
  help: 'Answer a request for access: done, or refused with the reason.',
  examples: ['/answer 1 done', '/answer 2 refused because the account is not known'],
  who: ['administrator', 'member'],
  proof: 'domain',
  // An administrator of another organisation seldom has a key with us, so the domain is enough for them; members prove themselves as ever.
  changes: false,
  evenClosed: true,
  args: {
    number: z.coerce
      .number({ error: 'is no number of a request' })
      .int({ error: 'is no number of a request' })
      .min(1, { error: 'is no number of a request' }),
    how: z.enum(['done', 'refused'], { error: 'is neither done nor refused' }),
  },
  because: 'optional',
  decide({ number, how, because }, { incident, by, policy }) {
    if (by.who !== 'administrator' && !atLeast(by.proof, policy.proof))
      return refuse('/answer needs a mail of a member that is signed with their key on the roster; the administrator can answer without.');
    const request = incident.access.find((one) => one.number === number);
    const open = openRequests(incident).map((one) => one.number);
    const known = open.length > 0 ? `Open: ${open.join(', ')}.` : 'No request is open.';
    if (!request) return refuse(`There is no request ${number} in this incident. ${known}`);
    if (request.answer) return refuse(`Request ${number} is answered already (${request.answer.how}). ${known}`);
    if (how === 'refused' && because === undefined) return refuse(`Say why: /answer ${number} refused because <reason>`);
    return happened(`Request ${number} (${wordsOf(request.what)} ${request.person}): ${how}.`, {
      type: 'access-answered',
      by: by.who,
      number,
      how,
      ...(because && { because }),
    });
  },
});
