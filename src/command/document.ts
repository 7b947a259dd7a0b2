// docs/commands.md, written from the definitions: every command with its usage, who may give it, what it proves, and examples.
import { type Command, usage } from '#command/command.ts';
import { commands } from '#command/list.ts';

const head = `# Commands

This page is made from the definitions in \`src/command/\` (\`npm run docs\`); a test holds the two together. \`/help\` in a mail says the same,
narrowed to what the team's policy leaves.

A command is a line that begins with \`/\`, in the words that the sender wrote now: not in a quote, not below a signature delimiter, not in a
code block, not in HTML, and in a signed mail only in the signed part. Commands are carried out in turn; the first refusal stops those after
it. Whoever is on the roster gets a transcript of every line, sealed, at the address on file; a stranger gets none.

- \`<word>\` must be given, \`[word]\` may be given.
- A text is the rest of the line, or the lines that follow up to a line \`/end\`.
- \`because <reason>\` keeps the reason in the journal, for the timeline and the retrospective.
- Dates are ISO and UTC: \`2026-03-03\`, \`2026-03-03 16:00\`.
- People are named by handle or address.
- A mail finds its incident by the letter it answers. Where it answers none, the incident's id in the subject or in the own words of a proved
  sender names it. A signed mail must cite the incident in its signed part, or name its id there.
- "Proof" is the least that must be known of the sender: \`none\`, \`domain\` (our own mail server vouches for the From domain), \`signed\`
  (a valid signature of a certificate in the roster). A command that changes something also needs the \`proof\` of the team's policy, which
  is \`signed\` unless the policy says otherwise.
- What cannot be taken back (\`/notify\`, \`/announce\`, \`/retrospective send\`) is first shown to the team as a preview, and happens on
  \`/confirm <code>\`: by somebody else than who prepared it, unless the policy says \`confirm: same-person\`. Whoever may confirm has a code
  of their own in their own copy; it works once, in their own mail, until it runs out. Five wrong codes of one person make it void.
- A policy may narrow who gives a command and how it is proved, or switch it off; it cannot widen either. \`member\` covers the commander and
  the fix lead of an incident.`;

/** The whole page as Markdown. */
export function commandsDocument(): string {
  const contents = commands.map(({ word }) => `[/${word}](#${word})`).join(' · ');
  return `${[head, contents, ...commands.map(section)].join('\n\n')}\n`;
}

function section(command: Command): string {
  const { word, help, examples } = command;
  return [
    `## ${word}`,
    `    ${usage(command)}`,
    help,
    `${traits(command).join('; ')}.`,
    'Examples:',
    examples.map(indented).join('\n\n'),
  ].join('\n\n');
}

function traits({ who, proof, changes, needsIncident }: Command): string[] {
  return [
    `For: ${who.join(', ')}`,
    `proof: ${proof}${changes ? " and the policy's" : ''}`,
    needsIncident ? 'about an incident' : 'also without an incident',
    ...(changes ? [] : ['changes nothing']),
  ];
}

function indented(example: string): string {
  return example.replace(/^/gm, '    ');
}
