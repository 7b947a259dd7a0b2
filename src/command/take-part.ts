// /take-part: "this part is mine". Whoever was asked says so, or somebody else does while nobody has; the first one wins (S2-28, S2-36).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { partNamed } from '#command/part-named.ts';
import { heldPart } from '#incident/part.ts';

export const takePart = defineCommand({
  word: 'take-part',
  help: 'Say that you have a part of this incident. The first one wins; later ones ask whoever has it to pass it on.',
  examples: ['/take-part triage'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  part: 'standing',
  args: { part: z.string().max(40) },
  decide({ part }, { incident, by, policy }) {
    if (part === 'lead') return refuse('Leading the fix is taken with /lead me.');
    const wrong = partNamed(part, policy);
    if (wrong) return refuse(wrong);
    const held = heldPart(incident, part);
    if (held?.taken && held.who === by.who) return refuse(`You have the part "${part}" already.`);
    if (held?.taken) return refuse(`${held.who} has the part "${part}". Ask for it: they can write /pass ${part} because <reason>.`);
    return happened(`The part "${part}" is yours.`, { type: 'part-taken', part, by: by.who });
  },
});
