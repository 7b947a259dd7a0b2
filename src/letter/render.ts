// A letter and its template become a subject and a text, and HTML where the letter has it. A missing fact stops it: never half a letter.
import type { DraftText } from '#incident/event.ts';
import type { AnyLetter } from '#letter/define.ts';
import { cleanLine, fieldsOf, withAbsentNamed } from '#letter/fact.ts';
import { layOut } from '#letter/layout.ts';
import type { Letter } from '#letter/letter.ts';
import { letterOfKind } from '#letter/list.ts';
import type { Templates } from '#letter/template.ts';

/** Who writes and who reads: the team's title and address, its IANA zone, the recipient's name ('' when unknown). */
export interface About {
  readonly team: string;
  readonly address: string;
  readonly zone: string;
  readonly recipient: string;
}

/** A team and a reader for samples and tests. */
export const someone: About = {
  team: 'Example Security Team',
  address: 'security@example.org',
  zone: 'Europe/Berlin',
  recipient: 'Robin Example',
};

const longestSubject = 200;
const longestName = 100;
/** Whoever reads these answers in prose; everyone else's mail may hold commands. */
const proseReaders: readonly string[] = ['reporter', 'public', 'cna'];

/**
 * Renders a letter: subject on one line of at most 200 characters without controls, text with LF line ends, HTML where its kind has it.
 * Moments are shown in UTC and in the zone. Throws for an unknown kind, for facts that do not fit the kind, and for a template that was
 * not compiled; what it throws names fields, never their contents.
 */
export function render(letter: Pick<Letter, 'kind' | 'facts'>, about: About, templates: Templates): DraftText {
  const definition = letterOfKind(letter.kind);
  if (!definition) throw new Error(`there is no letter "${letter.kind}"`);
  const template = templates.get(letter.kind);
  if (!template) throw new Error(`the letter "${letter.kind}" has no template`);
  const facts = {
    ...readFacts(definition, letter.facts),
    team: cleanLine(about.team),
    address: cleanLine(about.address),
    recipient: cut(cleanLine(about.recipient), longestName),
  };
  const subject = subjectLine(definition, template.subject(facts, about.zone), letter.facts.id);
  const text = layOut(template.text(facts, about.zone), !proseReaders.includes(definition.audience));
  if (!template.html) return { subject, text };
  return { subject, text, html: template.html(facts, about.zone) };
}

function readFacts(definition: AnyLetter, facts: Letter['facts']): Record<string, unknown> {
  const read = definition.facts.safeParse(facts);
  if (read.success) return withAbsentNamed(fieldsOf(definition.facts), read.data);
  // Paths and codes only: a message of the schema could quote what the fact holds.
  const what = read.error.issues.slice(0, 10).map((issue) => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys.slice(0, 10).join('/')] : issue.path;
    return `${path.join('.') || 'facts'} (${issue.code})`;
  });
  throw new TypeError(`the letter "${definition.kind}" cannot be made from these facts: ${what.join(', ')}`);
}

/** Letters of an incident carry its id at the head of the subject; what the public reads does not. */
function subjectLine(definition: AnyLetter, filled: string, id: unknown): string {
  const subject = cleanLine(filled).replace(/ {2,}/g, ' ');
  if (subject === '') throw new Error(`the letter "${definition.kind}" has an empty subject`);
  const tag = typeof id === 'string' && definition.audience !== 'public' ? `[${cleanLine(id)}] ` : '';
  return cut(`${tag}${subject}`, longestSubject);
}

/** At most so many characters, an ellipsis in place of the rest; never half a character. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}
