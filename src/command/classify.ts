// /classify: what the severity catalogue says of a flaw: level, reasons, and what somebody may make of it (S2-60, S2-70 to S2-103).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { rate } from '#incident/classify.ts';
import { distributorsHint } from '#incident/decision.ts';

const Term = z
  .string()
  .max(60)
  .transform((word) => word.toLowerCase());

export const classify = defineCommand({
  word: 'classify',
  help: "Rate the flaw by the team's severity catalogue: component or scope, effect, who can, in which circumstances. /explain lists the words.",
  examples: ['/classify <component> <effect>', '/classify <component> <effect> <actor> <circumstance>'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {
    component: Term,
    effect: Term,
    actor: Term.optional(),
    circumstance: Term.optional(),
    circumstance2: Term.optional(),
    circumstance3: Term.optional(),
  },
  decide({ component, effect, actor, circumstance, circumstance2, circumstance3 }, { incident, by, policy }) {
    const { catalogue } = policy;
    if (!catalogue) return refuse('This team has no severity catalogue; /severity takes a CVSS vector.');
    const words = [actor, circumstance, circumstance2, circumstance3].filter((word) => word !== undefined);
    const rating = rate({ place: component, effect, words }, catalogue);
    if ('unknown' in rating) return refuse(rating.unknown);
    const { is, reasons, offers } = rating;
    const provisional = incident.severity ? [] : ['It counts provisionally until /severity rates it.'];
    const hint = distributorsHint({ ...incident, classification: is }, policy);
    return happened(
      [
        `${[is.scope, is.effect, is.actor, ...is.circumstances].filter(Boolean).join(', ')}: ${is.level}.`,
        ...reasons,
        ...offers,
        ...provisional,
        ...(hint ? [hint.words] : []),
        ...(catalogue.link ? [catalogue.link] : []),
      ].join('\n'),
      { type: 'classified', by: by.who, ...is },
    );
  },
});
