// /keys: whose certificates count, how long they last, and what was offered.
import { answered, defineGeneralCommand, refuse, type Situation } from '#command/command.ts';
import { holder } from '#command/fingerprint.ts';
import { holderOf } from '#team/holder.ts';
import { shown } from '#time.ts';

export const keys = defineGeneralCommand({
  word: 'keys',
  help: 'Show the OpenPGP certificates that count, how long they last, and those that were offered; yours alone, or of the whole team and list.',
  examples: ['/keys', '/keys lead', '/keys all'],
  who: ['member', 'distributor'],
  proof: 'domain',
  changes: false,
  looks: ['certificates'],
  args: { who: holder.optional() },
  decide({ who }, situation) {
    const { by, roster } = situation;
    if (who === undefined) return answered(lines(situation, by.who) || 'There is no certificate of yours.');
    const found = who === 'team' ? who : holderOf(roster, who)?.who;
    // Not even whether somebody is on the list.
    if (found !== by.who && !by.roles.includes('member')) return refuse('You see your own: /keys');
    if (who === 'all') return answered(lines(situation) || 'There is no certificate of anybody.');
    if (!found) return refuse(`Nobody on the roster is called "${who}".`);
    return answered(lines(situation, found) || `There is no certificate of ${found}.`);
  },
});

function lines({ standing, register, policy }: Situation, only?: string): string {
  const counting = standing
    .filter(({ who }) => only === undefined || who === only)
    .map(({ who, fingerprint, ends, unusable }) => {
      const until = ends && !unusable ? `until ${shown(ends, policy.zone)}` : '';
      return [who, fingerprint, unusable ? `NOT USABLE: ${unusable}` : until || 'without an end'].join(' | ');
    });
  const offered = register.offers
    .filter(({ who }) => only === undefined || who === only)
    .map(({ who, fingerprint, at }) => [who, fingerprint, `offered ${shown(at, policy.zone)}, does not count yet`].join(' | '));
  return [...counting, ...offered].join('\n');
}
