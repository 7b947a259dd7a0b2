// /accept-key: a second person has compared the fingerprint of an offered certificate, and it counts.
import { defineGeneralCommand, enters, refuse } from '#command/command.ts';
import { holder, placeOf, readFingerprint, wholeFingerprint } from '#command/fingerprint.ts';
import { holderOf, waysFor, waysInWords } from '#team/holder.ts';
import { objectionTo, offerOf } from '#team/register.ts';

export const acceptKey = defineGeneralCommand({
  word: 'accept-key',
  help: 'Let an offered OpenPGP certificate of somebody else count, after comparing the whole fingerprint with its owner by another way.',
  examples: ['/accept-key acme 0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  looks: ['certificates'],
  text: 'required',
  args: { who: holder },
  decide({ who, text = '' }, { by, register, roster, policy, standing }) {
    const fingerprint = readFingerprint(text);
    if (!fingerprint) return refuse(wholeFingerprint);
    const found = holderOf(roster, who);
    if (!found) return refuse(`Nobody on the roster is called "${who}".`);
    const offer = offerOf(register, { who: found.who, fingerprint });
    if (!offer)
      return refuse(`${found.who} offered no certificate with this fingerprint. /keys ${found.who} shows those that were offered.`);
    const objection = objectionTo(register, offer);
    if (objection) return refuse(`That certificate cannot count for ${found.who}: ${objection}.`);
    if (found.who === by.who) return refuse('Somebody else of the team compares and accepts your certificate.');
    if (!waysFor(policy, found).includes('second-person'))
      return refuse(
        `In this team another person's word does not let a certificate of ${found.who} count; ${waysInWords(policy, found)} does.`,
      );
    const replaces = placeOf(found.who, fingerprint, standing, register);
    return enters(`The certificate of ${found.who} counts from now on${replaces.length > 0 ? ', in the place of those before' : ''}.`, {
      type: 'certificate-accepted',
      ...{ who: found.who, fingerprint, by: by.who, way: 'second-person', replaces },
    });
  },
});
