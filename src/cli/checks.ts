// What the config reader asks of the command and letter rooms: whether a rule narrows a command, whether a template can be filled.
import { allows } from '#command/allowance.ts';
import { commandFor, commands } from '#command/list.ts';
import { nearest } from '#command/nearest.ts';
import type { Check } from '#config/read.ts';
import { checkTemplate } from '#letter/check-template.ts';
import { atLeast } from '#team/policy.ts';

/** The checks of this program's own commands and letters. */
export const checks: Check = {
  command(word, { who = [], proof }) {
    const command = commandFor(word);
    if (!command) {
      const near = nearest(
        word,
        commands.map((each) => each.word),
      );
      return [`there is no command /${word}${near ? `; did you mean "${near}"?` : '.'}`];
    }
    const wider = who.filter((role) => !allows(command, role));
    const said =
      wider.length > 0
        ? [`/${word} is for ${command.who.join(', ')}; a policy can narrow that, and ${wider.join(', ')} would widen it.`]
        : [];
    if (proof && !atLeast(proof, command.proof))
      said.push(`/${word} takes a sender proved by ${command.proof}; a policy can ask for more, and ${proof} is less.`);
    return said;
  },
  template: checkTemplate,
};
