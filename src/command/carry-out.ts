// Carries out the commands of one mail in turn. Proof and role are checked here, once, for every command.
import { admits, allowance } from '#command/allowance.ts';
import type { Command, Decision, Situation, Tail } from '#command/command.ts';
import { usage } from '#command/command.ts';
import { commandFor, commands } from '#command/list.ts';
import { nearest } from '#command/nearest.ts';
import { looksLikeCommand, type Order, ordersIn } from '#command/order.ts';
import type { Event } from '#incident/event.ts';
import { evolve, type Incident } from '#incident/incident.ts';
import { isSeated } from '#incident/seat.ts';
import type { OwnLine } from '#mail/own-words.ts';
import { atLeast, type Role } from '#team/policy.ts';
import { registered } from '#team/register.ts';
import type { RegisterEvent } from '#team/register-event.ts';
import type { Sender } from '#team/sender.ts';

export interface TranscriptLine {
  readonly line: string;
  readonly outcome: 'done' | 'refused' | 'not-reached' | 'ignored';
  /** The answer, or why not. */
  readonly text: string;
}

export interface Carried {
  readonly incident: Incident | undefined;
  readonly events: readonly Event[];
  /** What the commands change in the register of certificates. */
  readonly register: readonly RegisterEvent[];
  readonly transcript: readonly TranscriptLine[];
  /** What the sender wrote beside the commands. */
  readonly remarks: string;
}

/** The roles of a sender in one incident, added to those of the roster. */
export function rolesIn(incident: Incident | undefined, sender: Sender): readonly Role[] {
  if (!incident) return sender.roles;
  const here: Role[] = [];
  const sits = sender.roles.includes('member') || isSeated(incident, sender.who, sender.roles);
  if (sits && incident.commander === sender.who) here.push('commander');
  if (sits && incident.lead === sender.who) here.push('lead');
  if (incident.fixTeam.some(({ person }) => person === sender.who)) here.push('fix-team');
  if (incident.reporter && incident.reporter.address === sender.address) here.push('reporter');
  return [...sender.roles, ...here];
}

/**
 * Obeys the own words of a mail, line by line, for its sender. The first refusal stops the rest ("not reached"), since a later command may
 * rest on it. `ignored` are command-like lines outside the own words: they appear in the transcript and are never obeyed.
 */
export function carryOut(
  own: { readonly lines: readonly OwnLine[]; readonly ignored: readonly { readonly line: string; readonly why: string }[] },
  start: Situation,
): Carried {
  const { orders, remarks } = ordersOf(own);
  const transcript: TranscriptLine[] = [];
  const events: Event[] = [];
  const entries: RegisterEvent[] = [];
  let { incident, register } = start;
  let refused = false;
  for (const order of orders) {
    if (refused) {
      transcript.push({ line: order.line, outcome: 'not-reached', text: 'A command before it was refused.' });
      continue;
    }
    const decision = obey(order, { ...start, incident, register });
    const { events: happened = [] } = decision;
    events.push(...happened);
    for (const event of happened) {
      if (incident) incident = evolve(incident, { number: start.recorded.length + events.length, at: start.now, event });
    }
    if ('refused' in decision) {
      refused = true;
      transcript.push({ line: order.line, outcome: 'refused', text: decision.refused });
      continue;
    }
    transcript.push({ line: order.line, outcome: 'done', text: decision.answer });
    entries.push(...(decision.register ?? []));
    for (const entry of decision.register ?? []) register = registered(register, entry, start.now);
  }
  for (const { line, why } of own.ignored) transcript.push({ line, outcome: 'ignored', text: `Not obeyed: it stands ${why}.` });
  return { incident, events, register: entries, transcript, remarks };
}

/** The command lines of a mail's own words, and what is said beside them. */
export function ordersOf(own: { readonly lines: readonly OwnLine[] }): { orders: Order[]; remarks: string } {
  return ordersIn(own.lines, takesText);
}

function takesText(word: string, rest: string): boolean {
  const command = commandFor(word);
  if (!command?.text || command.text === 'line') return false;
  const words = rest === '' ? 0 : rest.split(/\s+/).length;
  return words <= command.parameters.length;
}

function obey(order: Order, situation: Situation): Decision {
  const command = commandFor(order.word);
  if (!command) {
    const near = nearest(
      order.word,
      commands.map((known) => known.word),
    );
    return { refused: `There is no command /${order.word}.${near ? ` Did you mean /${near}?` : ''} /help lists them all.` };
  }
  const barred = bar(command, situation);
  if (barred) return { refused: barred };
  const read = readArguments(command, order);
  if ('wrong' in read) return { refused: `${read.wrong} Write: ${usage(command)}` };
  return command.decide(read.values, situation);
}

/** Why this sender may not use this command here, or undefined. */
function bar(command: Command, { by, incident, policy }: Situation): string | undefined {
  const { who, proof, off } = allowance(command, policy, incident);
  if (off) return `This team does not use /${command.word}.`;
  if (!atLeast(by.proof, proof)) {
    const doubt = by.doubt ? ` (${by.doubt})` : '';
    return proof === 'signed'
      ? `/${command.word} needs a mail signed with your key on the roster; this one is not known to be yours${doubt}.`
      : `/${command.word} needs a mail that our mail server vouches for, or a signed one; this one is neither${doubt}.`;
  }
  // Whoever brings a code that only its owner can have read is heard, unless the team says whom it hears.
  if (command.provesItself && policy.commands[command.word]?.who === undefined) return undefined;
  const roles = rolesIn(incident, by);
  if (!admits(command, who, roles)) return `/${command.word} is for: ${who.join(', ')}. You are: ${roles.join(', ') || 'none of these'}.`;
  return undefined;
}

function readArguments(command: Command, order: Order): { values: Record<string, unknown> & Tail } | { wrong: string } {
  const values: Record<string, unknown> = {};
  let rest = order.rest;
  if (command.because) {
    const because = /(?:^|\s)because\s+(.{1,1000})$/i.exec(rest);
    if (because?.[1]) {
      values.because = because[1].trim();
      rest = rest.slice(0, because.index).trim();
    } else if (command.because === 'required') return { wrong: 'The reason is missing.' };
  }
  for (const parameter of command.parameters) {
    const [token] = rest.split(/\s+/, 1);
    const given = token === '' ? undefined : token;
    if (given === undefined && !parameter.optional) return { wrong: `The ${parameter.name} is missing.` };
    const parsed = parameter.parse(given);
    if ('wrong' in parsed) return { wrong: `The ${parameter.name} "${(given ?? '').slice(0, 60)}" ${parsed.wrong}.` };
    if (parsed.value !== undefined) values[parameter.name] = parsed.value;
    if (given !== undefined) rest = rest.slice(given.length).trim();
  }
  return readText(command, order, rest, values);
}

function readText(
  command: Command,
  order: Order,
  rest: string,
  values: Record<string, unknown>,
): { values: Record<string, unknown> & Tail } | { wrong: string } {
  const text = order.block ?? rest;
  if (!command.text) return rest === '' ? { values } : { wrong: `"${rest.slice(0, 60)}" is not understood.` };
  const inside = order.block
    ?.split('\n')
    .find((line) => looksLikeCommand(line) && commandFor(line.slice(1).split(/\s/, 1)[0] ?? '') !== undefined);
  if (inside)
    return { wrong: `The text would swallow the line "${inside.slice(0, 60)}": end it with a line /end before, or indent that line.` };
  if (command.text === 'required' && text === '')
    return { wrong: order.unended ? 'The text has no end: close it with a line /end.' : 'The text is missing.' };
  return { values: text === '' ? values : { ...values, text } };
}
