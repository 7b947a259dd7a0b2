// /help: what one can write, read off the definitions.
import { z } from 'zod';
import { allowance } from '#command/allowance.ts';
import { answered, type Command, defineGeneralCommand, refuse, usage } from '#command/command.ts';
import { nearest } from '#command/nearest.ts';
import { explain } from '#incident/classify.ts';

/** The help command for a list of commands; the list is asked when help is, since it holds help itself. */
export const helpFor = (commands: () => readonly Command[]): Command =>
  defineGeneralCommand({
    word: 'help',
    help: "List the commands, or explain one, or a word of the team's severity catalogue.",
    examples: ['/help', '/help severity'],
    who: ['member', 'associate', 'steering', 'release-manager', 'engineer'],
    proof: 'none',
    changes: false,
    args: { command: z.string().max(40).optional() },
    decide({ command: word }, { policy }) {
      if (word === undefined) {
        const known = commands().filter((command) => !allowance(command, policy).off);
        return answered(known.map((command) => `${usage(command)}\n    ${command.help}`).join('\n'));
      }
      const wanted = word.replace(/^\//, '');
      const command = commands().find((known) => known.word === wanted);
      if (!command) {
        const term = policy.catalogue && explain(wanted.toLowerCase(), policy.catalogue);
        if (term) return answered(term);
        const near = nearest(
          wanted,
          commands().map((known) => known.word),
        );
        return refuse(`There is no command /${wanted}.${near ? ` Did you mean /${near}?` : ''}`);
      }
      const { who, proof } = allowance(command, policy);
      return answered(
        [usage(command), command.help, `For: ${who.join(', ')}. Proof: ${proof}.`, 'Examples:', ...command.examples].join('\n'),
      );
    },
  });
