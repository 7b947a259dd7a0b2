// A severity catalogue as data: which component has which scope, and what a flaw by whom with which effect is rated.
import { z } from 'zod';
import { Word } from '#team/policy-word.ts';

const Level = z.enum(['low', 'medium', 'high', 'critical']);

const Cell = z.strictObject({
  scope: Word.describe('The scope it is about.'),
  effect: Word.describe('What a flaw lets somebody do.'),
  actor: Word.optional().describe('Who can; absent: whoever.'),
  scenario: Word.optional().describe('In which circumstances; absent: any.'),
  level: Level.describe('The rating.'),
  text: z.string().min(1).max(2000).describe('Why, with examples.'),
});

const Change = z.strictObject({
  when: Word.describe('The circumstance.'),
  and: Word.optional().describe('A second circumstance that must come with it.'),
  scope: Word.optional().describe('The scope it is about; absent: all.'),
  from: Level.describe('The rating that it changes.'),
  to: Level.describe('The rating it becomes.'),
  may: z.boolean().default(false).describe('true: it is allowed, and somebody decides.'),
  text: z.string().min(1).max(2000).describe('Why.'),
});

const Move = z.strictObject({
  when: Word.describe('The circumstance.'),
  from: Word.describe('The scope that the flaw lies in.'),
  to: Word.describe('The scope by whose ratings it goes then.'),
  text: z.string().min(1).max(2000).describe('Why.'),
});

/** What a team rates by beside CVSS. */
export const Catalogue = z.strictObject({
  link: z.url().optional().describe('Where it is published.'),
  scopes: z
    .record(
      Word,
      z.strictObject({
        what: z.string().min(1).max(600).describe('What the scope is.'),
        components: z.array(Word).default([]).describe('Components that have it.'),
      }),
    )
    .describe('Scopes by name.'),
  effects: z.record(Word, z.string().min(1).max(600)).describe('Effects by name, with what is meant.'),
  actors: z.record(Word, z.string().min(1).max(600)).default({}).describe('Actors by name, with what is meant.'),
  circumstances: z
    .record(Word, z.string().min(1).max(600))
    .default({})
    .describe('Scenarios and circumstances by name, with what is meant.'),
  terms: z.record(Word, z.string().min(1).max(600)).default({}).describe('More words, with what is meant.'),
  cells: z.array(Cell).max(500).describe('The ratings.'),
  moves: z.array(Move).max(20).default([]).describe('Circumstances in which a flaw is rated as one of another scope.'),
  changes: z.array(Change).max(100).default([]).describe('What raises or lowers a rating.'),
});
export type Catalogue = z.infer<typeof Catalogue>;
