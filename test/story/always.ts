// What holds for every letter of every story, whatever it is about: one recipient, no leak, honest headers.
import { letterOfKind } from '#letter/list.ts';
import type { Office } from '#office/office.ts';
import { sealFor } from '#team/policy.ts';
import { people, type Received, team } from '#test/town.ts';

/**
 * Words that stories put into mails to follow where they go. `teamOnly` stands in what members write to each other, `embargoed` in what
 * nobody outside may read before the release, `reported` in reports.
 */
export const markers = { teamOnly: 'TEAMONLY', embargoed: 'EMBARGOEDWORD', reported: 'REPORTEDWORD' } as const;

const inside = new Set(['team', 'fix-team', 'steering']);

/**
 * Everything that is wrong with a letter, as sentences. `seen` collects Message-IDs and confirmation codes over the whole story; the office
 * says whose letters may go in clear, without it letters inside the team never may.
 */
export function unfit(letter: Received, seen: Set<string>, office?: Pick<Office, 'policy' | 'held'>): string[] {
  const wrong: string[] = [];
  const { message } = letter.opened;
  const raw = letter.bytes.toString('latin1');
  const field = (name: string) => message.fields.filter((one) => one.name === name).map(({ value }) => value.trim());
  const to = message.to.map(({ address }) => address);
  if (to.length !== 1 || to[0] !== letter.to) wrong.push(`is for ${letter.to} and says To: ${to.join(', ')}`);
  if (field('cc').length + field('bcc').length > 0) wrong.push('has Cc or Bcc');
  if (field('from').length !== 1 || message.from?.address !== team) wrong.push(`is from ${field('from').join(', ')}`);
  if (field('message-id').length !== 1 || seen.has(letter.messageId))
    wrong.push(`has a Message-ID that is not its own: ${letter.messageId}`);
  seen.add(letter.messageId);
  wrong.push(
    ...submitted(letter, field('auto-submitted')),
    ...codes(letter, seen),
    ...clear(letter, raw, office),
    ...audiences(letter, raw),
  );
  return wrong.map((what) => `the ${letter.kind} to ${letter.to} ${what}`);
}

// RFC 3834 §5: what a program wrote says so; what a person wrote or approved does not, or ticket systems drop it.
function submitted(letter: Received, values: readonly string[]): string[] {
  const definition = letterOfKind(letter.kind);
  if (!definition) return ['is of a kind nobody defined'];
  const wanted = definition.autoSubmitted === 'no' ? '' : definition.autoSubmitted;
  return values.join() === wanted ? [] : [`says Auto-Submitted: ${values.join() || 'nothing'} instead of ${wanted || 'nothing'}`];
}

// A code is for one reader: whoever can show it reads the mailbox it went to.
function codes({ kind, text }: Received, seen: Set<string>): string[] {
  const code = kind === 'preview' ? /\/confirm ([0-9A-Z]{6})/.exec(text)?.[1] : undefined;
  if (code === undefined) return [];
  const wrong = seen.has(code) ? [`shows the code ${code} that another reader has`] : [];
  seen.add(code);
  return wrong;
}

// In clear only where the policy does not say `must`, and never to somebody whose certificate is at hand.
function mustBeSealed({ audience, kind, to }: Received, office: Pick<Office, 'policy' | 'held'> | undefined): boolean {
  if (kind === 'key-wanted') return false;
  if (!office) return inside.has(audience);
  const seal = sealFor(office.policy, audience);
  return seal === 'must' || (seal === 'may' && office.held.some(({ who }) => (people as Readonly<Record<string, string>>)[who] === to));
}

function clear(letter: Received, raw: string, office: Pick<Office, 'policy' | 'held'> | undefined): string[] {
  const wrong: string[] = [];
  if (!letter.opened.signature.by || letter.opened.signature.status !== 'good') wrong.push('is not signed by the team');
  if (!letter.sealed) return mustBeSealed(letter, office) ? [...wrong, 'is not encrypted'] : wrong;
  const subject = letter.opened.message.subject;
  if (!/^(?:\[[A-Z]{2,8}-[0-9A-Z]{6}\] )?\.\.\.$/.test(subject)) wrong.push(`shows its subject outside: ${subject}`);
  // What is only a picture of its text may (decisions/0004).
  if (!letterOfKind(letter.kind)?.picture && /content-type: *text\/html/i.test(textOfParts(letter)))
    wrong.push('has HTML inside the encryption');
  const said = letter.text.split('\n').filter((line) => line.trim().length > 12);
  const body = raw.slice(raw.indexOf('\r\n\r\n'));
  const told = said.find((line) => body.includes(line.trim()));
  if (told) wrong.push(`shows sealed words in clear: ${told}`);
  return wrong;
}

function textOfParts(letter: Received): string {
  return letter.opened.inner?.toString('latin1') ?? '';
}

function audiences(letter: Received, raw: string): string[] {
  const { audience, kind } = letter;
  const whole = `${raw}\n${letter.subject}\n${letter.text}\n${textOfParts(letter)}`;
  const wrong: string[] = [];
  // S1-55: the fix team hears of members by /tell alone.
  if ((!inside.has(audience) || audience === 'fix-team') && whole.includes(markers.teamOnly))
    wrong.push('holds what a member wrote to the team');
  if (kind === 'acknowledgement' && whole.includes(markers.reported)) wrong.push('repeats the report');
  if (letterOfKind(kind)?.contents === false && (whole.includes(markers.embargoed) || whole.includes(markers.reported)))
    wrong.push('reveals contents');
  if (!inside.has(audience)) {
    const others = Object.values(people).filter((address) => address !== letter.to && whole.includes(address));
    if (others.length > 0) wrong.push(`names ${others.join(', ')}`);
  }
  // The fix team has commands of its own; /status shows them their work.
  const commands = audience === 'fix-team' ? letter.text.replaceAll('/status', '') : letter.text;
  if (audience !== 'team' && /\/(?:take|accept|decline|notify|confirm|status)\b/.test(commands))
    wrong.push('tells commands to somebody outside');
  return wrong;
}
