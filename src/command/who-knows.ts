// /who-knows: who was told what and when, with the Message-IDs of the letters that left, and whom they did not reach (S2-24).
import { z } from 'zod';
import { answered, defineCommand, refuse } from '#command/command.ts';
import { type Fate, type Knowing, knowing, knownOtherwise } from '#incident/knowledge.ts';
import { shown } from '#time.ts';

export const whoKnows = defineCommand({
  word: 'who-knows',
  help: 'Show who was told of the incident, when, and by which letters; of one person, of one audience or of all with every letter.',
  examples: ['/who-knows', '/who-knows distributors', '/who-knows reporter', '/who-knows all'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  looks: ['letters'],
  args: { whom: z.string().max(254).optional() },
  decide({ whom }, { incident, recorded, letters, policy }) {
    const zoned = (moment: Date) => shown(moment, policy.zone);
    const everybody = knowing(letters, recorded);
    const wanted = whom?.toLowerCase();
    const some = wanted === undefined || wanted === 'all' ? everybody : everybody.filter((one) => isMeant(one, wanted));
    if (some.length === 0 && wanted !== undefined) {
      const names = [...new Set(everybody.flatMap(({ audience, who }) => [audience, who]))].slice(0, 20);
      return refuse(
        `Nobody called "${whom}" was written to about this incident. Written to: ${names.join(', ') || 'nobody'}; or write all.`,
      );
    }
    const line = (one: Knowing) => lines(one, wanted !== undefined, zoned);
    const told = some.filter(({ since }) => since !== undefined);
    const untold = some.filter(({ since }) => since === undefined);
    return answered(
      [
        ...[...new Set(told.map(({ audience }) => audience))].flatMap((audience) => group(audience, told, line)),
        ...(untold.length > 0 ? ['Not told of its contents:', ...untold.flatMap(line)] : []),
        ...(wanted === undefined || wanted === 'all'
          ? ['Known in other ways:', ...knownOtherwise(incident, recorded, zoned).map((one) => `  ${one}`)]
          : []),
      ].join('\n'),
    );
  },
});

/** More people of one audience than these are counted: a list of thousands hides those whom nothing reached. */
const most = 100;

function group(audience: string, told: readonly Knowing[], line: (one: Knowing) => string[]): string[] {
  const theirs = told.filter((one) => one.audience === audience);
  const more = theirs.length - most;
  return [
    `Told, ${audience}:`,
    ...theirs.slice(0, most).flatMap(line),
    ...(more > 0 ? [`  and ${more} more; /who-knows <name> shows one of them`] : []),
  ];
}

function isMeant({ audience, who, address }: Knowing, wanted: string): boolean {
  return audience === wanted || who.toLowerCase() === wanted.replace(/^@/, '') || address === wanted;
}

/** The first letter that told them and all that did not arrive; every letter where somebody asks about few. */
function lines({ who, address, letters, since }: Knowing, all: boolean, zoned: (moment: Date) => string): string[] {
  const first = letters.find(({ is, contents }) => is === 'sent' && contents);
  const shownOnes = all ? letters : letters.filter((one) => one === first || one.is !== 'sent');
  const sent = letters.filter(({ is }) => is === 'sent').length;
  const last = letters.filter(({ is }) => is === 'sent').at(-1);
  const head = since
    ? `since ${zoned(since)}; ${sent} letter${sent === 1 ? '' : 's'}${last && sent > 1 ? `, the last ${zoned(last.at)}` : ''}`
    : letters.some(({ is }) => is === 'sent')
      ? 'only letters without contents'
      : 'nothing arrived';
  return [`  ${who} <${address}>: ${head}`, ...shownOnes.map((one) => `      ${fate(one, zoned)}`)];
}

const fates: Readonly<Record<Fate['is'], string>> = {
  sent: 'sent',
  bounced: 'CAME BACK',
  keyless: 'WAITS FOR A KEY since',
  waiting: 'waits to leave since',
  failed: 'WAS NOT DELIVERED',
  dropped: 'was not sent',
};

function fate({ kind, is, at, messageId, contents }: Fate, zoned: (moment: Date) => string): string {
  return `${kind}${contents ? '' : ' (without contents)'}: ${fates[is]} ${zoned(at)} <${messageId}>`;
}
