// /decline-key: an offered certificate is not its owner's, or not wanted; the same one is not offered again.
import { defineGeneralCommand, enters, refuse } from '#command/command.ts';
import { holder, readFingerprint, wholeFingerprint } from '#command/fingerprint.ts';
import { holderOf } from '#team/holder.ts';
import { offerOf } from '#team/register.ts';

export const declineKey = defineGeneralCommand({
  word: 'decline-key',
  help: 'Refuse an offered OpenPGP certificate; its challenge is void, and the same certificate is not taken as an offer again.',
  examples: ['/decline-key acme 0123456789ABCDEF0123456789ABCDEF01234567 because they did not send it'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  because: 'optional',
  text: 'required',
  args: { who: holder },
  decide({ who, text = '', because }, { by, register, roster }) {
    const fingerprint = readFingerprint(text);
    if (!fingerprint) return refuse(wholeFingerprint);
    const found = holderOf(roster, who);
    if (!found) return refuse(`Nobody on the roster is called "${who}".`);
    if (!offerOf(register, { who: found.who, fingerprint }))
      return refuse(`${found.who} offered no certificate with this fingerprint. /keys ${found.who} shows those that were offered.`);
    return enters('That certificate does not count.', {
      type: 'certificate-declined',
      ...{ who: found.who, fingerprint, by: by.who },
      ...(because && { because }),
    });
  },
});
