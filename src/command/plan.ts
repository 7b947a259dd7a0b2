// /plan: every mail to the outside that left or is to come, with recipients, moments, and what is missing (S1-72, S2-68, S3-31).
import { answered, defineCommand } from '#command/command.ts';
import { exposureWords } from '#incident/decision.ts';
import { planOf } from '#incident/plan.ts';
import type { Planned } from '#incident/planned.ts';
import { between, shown } from '#time.ts';

export const plan = defineCommand({
  word: 'plan',
  help: 'Show the disclosure plan: every mail that was sent or is to come, to whom, when, and what is missing for it.',
  examples: ['/plan'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  args: {},
  decide(_, { incident, policy, roster, now }) {
    const all = planOf(incident, policy, roster, now);
    const left = all.filter(({ state }) => state === 'sent');
    const coming = all.filter(({ state }) => state === 'to come');
    const line = (one: Planned) => planned(one, policy.zone, now);
    return answered(
      [
        ...(incident.exposure && !incident.announcedAt ? [`Public already: ${exposureWords(incident, policy)}`] : []),
        incident.publicAt ? `Public date: ${shown(incident.publicAt, policy.zone)}` : 'Public date: not set (/schedule proposes one)',
        ...(left.length > 0 ? ['', 'Sent:', ...left.flatMap(line)] : []),
        ...(coming.length > 0 ? ['', 'To come:', ...coming.flatMap(line)] : ['', 'Nothing is to come.']),
      ].join('\n'),
    );
  },
});

function planned(one: Planned, zone: string, now: Date): string[] {
  const { what, to, missing, remark } = one;
  return [
    `  ${momentOf(one, zone, now)}: ${what}`,
    `      to ${to}`,
    ...(remark ? [`      ${remark}`] : []),
    ...(missing.length > 0 ? [`      missing: ${missing.join('; ')}`] : []),
  ];
}

function momentOf({ at, when }: Planned, zone: string, now: Date): string {
  // S1-51: a date behind us says nothing any more once everything is due at once.
  if (when === 'asap') return at && at > now ? `ASAP, by ${shown(at, zone)}` : 'ASAP';
  if (!at) return 'no date yet';
  const late = when === 'by' && at < now ? ` (LATE by ${between(at, now)})` : '';
  return `${when ? `${when} ` : ''}${shown(at, zone)}${late}`;
}
