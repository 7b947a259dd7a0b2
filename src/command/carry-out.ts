// Carries out the commands of one mail in turn. Proof and role are checked here, once, for every command.
import { admits, allowance } from '#command/allowance.ts';
import { readArguments } from '#command/arguments.ts';
import type { Command, Decision, Situation } from '#command/command.ts';
import { usage } from '#command/command.ts';
import { commandFor, commands } from '#command/list.ts';
import { nearest } from '#command/nearest.ts';
import { type Order, ordersIn } from '#command/order.ts';
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
  /** An answer shows something of another incident that came encrypted. */
  readonly confidential?: true;
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
  const said = new Map<OnlyOnce, string>();
  let { incident, recorded, register } = start;
  let refused = false;
  let confidential = false;
  for (const order of orders) {
    if (refused) {
      transcript.push({ line: order.line, outcome: 'not-reached', text: 'A command before it was refused.' });
      continue;
    }
    const decision = unlessContradicting(obey(order, { ...start, incident, recorded, register }), order, said);
    const { events: happened = [] } = decision;
    events.push(...happened);
    for (const event of happened) {
      const next = { number: recorded.length + 1, at: start.now, event };
      recorded = [...recorded, next];
      if (incident) incident = evolve(incident, next);
    }
    if ('refused' in decision) {
      refused = true;
      transcript.push({ line: order.line, outcome: 'refused', text: decision.refused });
      continue;
    }
    transcript.push({ line: order.line, outcome: 'done', text: decision.answer });
    confidential ||= decision.confidential === true;
    entries.push(...(decision.register ?? []));
    for (const entry of decision.register ?? []) register = registered(register, entry, start.now);
  }
  for (const { line, why } of own.ignored) transcript.push({ line, outcome: 'ignored', text: `Not obeyed: it stands ${why}.` });
  return { incident, events, register: entries, transcript, remarks, ...(confidential && { confidential }) };
}

/** What people outside are told, or plan by, and what a mail can therefore say only once. */
const onlyOnce = {
  verdict: ['accepted', 'declined', 'duplicate-linked', 'spam-marked'],
  date: ['scheduled'],
  'CVE id': ['cve-assigned'],
  exposure: ['exposed', 'exposure-withdrawn'],
} as const satisfies Readonly<Record<string, readonly Event['type'][]>>;
type OnlyOnce = keyof typeof onlyOnce;

// Of two lines that contradict each other the second one would be told too; `said` keeps the lines that came first.
function unlessContradicting(decision: Decision, { line }: Order, said: Map<OnlyOnce, string>): Decision {
  for (const what of Object.keys(onlyOnce) as OnlyOnce[]) {
    if (!decision.events?.some(({ type }) => (onlyOnce[what] as readonly Event['type'][]).includes(type))) continue;
    const first = said.get(what);
    if (first !== undefined)
      return { refused: `A mail can give one ${what} only, and "${first}" gave it. If that was wrong, send this line alone.` };
    said.set(what, line.slice(0, 60));
  }
  return decision;
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

// Whom a member asks instead; nobody else is told who they are.
function holders(who: readonly Role[], roles: readonly Role[], incident: Incident | undefined): string {
  if (!incident || !roles.includes('member')) return '';
  const commands = who.includes('commander') && incident.commander !== undefined ? [`${incident.commander} commands`] : [];
  const leads = who.includes('lead') ? [incident.lead === undefined ? 'nobody leads yet' : `${incident.lead} leads`] : [];
  const here = [...commands, ...leads];
  return here.length > 0 ? ` Here: ${here.join(', ')}.` : '';
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
  if (!admits(command, who, roles))
    return `/${command.word} is for: ${who.join(', ')}. You are: ${roles.join(', ') || 'none of these'}.${holders(who, roles, incident)}`;
  return undefined;
}
