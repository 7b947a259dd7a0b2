// What a kind of letter is: who it is for, which facts it needs, what it may reveal.
import type { z } from 'zod';
import type { Audience, Facts } from '#letter/letter.ts';

/** Auto-Submitted of the mail (RFC 3834 §5). `no`: a person wrote or approved it, and ticket systems must not drop it. */
export type AutoSubmitted = 'no' | 'auto-generated' | 'auto-replied';

interface About {
  /** The audience it is written for; `any` where the same words serve whoever it is. */
  readonly audience: Audience | 'any';
  /** One sentence: what the letter is for. */
  readonly help: string;
  /** False: reveals nothing of an incident beyond its id, so that it may leave unencrypted to anybody. */
  readonly contents: boolean;
  /** The team's certificate goes along. */
  readonly attachTeamKey?: boolean;
  /** It says what holds at its moment: when it cannot be sealed it is given up, while others wait for a key. */
  readonly perishable?: true;
  readonly autoSubmitted: AutoSubmitted;
  /** Its HTML draws what its text says, so it may stand under a seal: shown, or as a file where the policy wants that. */
  readonly picture?: true;
  /** It has an HTML part and so a `.mjml` template. */
  readonly html: boolean;
}

/** A kind of letter, its facts forgotten by the types: what lists and templates work with. */
export interface AnyLetter extends About {
  readonly kind: string;
  readonly facts: z.ZodObject;
  readonly sample: Facts;
}

/** A kind of letter with its facts known. */
export interface Defined<Kind extends string, Shape extends z.ZodRawShape> extends About {
  readonly kind: Kind;
  readonly facts: z.ZodObject<Shape, z.core.$strict>;
  /** Facts that tests, documentation and `embargod preview` show it with. */
  readonly sample: z.input<z.ZodObject<Shape, z.core.$strict>>;
}

/** The facts a kind of letter is made from. */
export type FactsOf<Letter extends { readonly facts: z.ZodType }> = z.input<Letter['facts']>;

/** Says what a kind of letter is. One file defines one letter and `list.ts` names it. */
export function defineLetter<const Kind extends string, Shape extends z.ZodRawShape>(letter: Defined<Kind, Shape>): Defined<Kind, Shape> {
  return letter;
}
