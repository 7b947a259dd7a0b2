// /withdraw-key: a certificate counts no more, at once: lost, stolen, or its owner left.
import { defineGeneralCommand, enters, refuse } from '#command/command.ts';
import { holder, readFingerprint, wholeFingerprint } from '#command/fingerprint.ts';
import { holderOf } from '#team/holder.ts';

export const withdrawKey = defineGeneralCommand({
  word: 'withdraw-key',
  help: 'Let a certificate count no more, at once: nothing is encrypted to it and its signatures prove nothing.',
  examples: ['/withdraw-key acme 0123456789ABCDEF0123456789ABCDEF01234567 because the laptop was stolen'],
  who: ['member', 'distributor'],
  proof: 'domain',
  changes: true,
  because: 'required',
  looks: ['certificates'],
  text: 'required',
  args: { who: holder },
  decide({ who, text = '', because = '' }, { by, roster, register, standing }) {
    const fingerprint = readFingerprint(text);
    if (!fingerprint) return refuse(wholeFingerprint);
    const found = holderOf(roster, who);
    if (found?.who !== by.who && !by.roles.includes('member')) return refuse('You withdraw your own certificates only.');
    if (!found) return refuse(`Nobody on the roster is called "${who}".`);
    const theirs = standing.filter((one) => one.who === found.who && !register.out.has(one.fingerprint));
    if (!theirs.some((one) => one.fingerprint === fingerprint))
      return refuse(`No certificate of ${found.who} with this fingerprint counts. /keys ${found.who} shows those that do.`);
    const left = theirs.some((one) => one.fingerprint !== fingerprint && !one.unusable);
    const without = left ? '' : ` ${found.who} has no other; what must be sealed waits until there is one.`;
    return enters(`That certificate counts no more.${without}`, {
      type: 'certificate-withdrawn',
      ...{ who: found.who, fingerprint, by: by.who, because },
    });
  },
});
