// /explain: what a word of the severity catalogue means (S2-104, S2-105).
import { z } from 'zod';
import { answered, defineGeneralCommand, refuse } from '#command/command.ts';
import { nearest } from '#command/nearest.ts';
import { explain as meaning, vocabulary } from '#incident/classify.ts';

export const explain = defineGeneralCommand({
  word: 'explain',
  help: "Say what a word of the team's severity catalogue means; without a word, list them.",
  examples: ['/explain', '/explain remote'],
  who: ['member', 'associate', 'steering', 'release-manager', 'fix-team'],
  proof: 'none',
  changes: false,
  args: {
    term: z
      .string()
      .max(60)
      .transform((word) => word.toLowerCase())
      .optional(),
  },
  decide({ term }, { policy: { catalogue } }) {
    if (!catalogue) return refuse('This team has no severity catalogue.');
    const words = vocabulary(catalogue);
    if (term === undefined) return answered(words.join('\n') || 'The catalogue has no words yet.');
    const found = meaning(term, catalogue);
    if (found) return answered(found);
    const near = nearest(term, words);
    return refuse(`"${term}" is no word of the catalogue.${near ? ` Did you mean ${near}?` : ''} /explain lists them.`);
  },
});
