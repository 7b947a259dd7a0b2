// What a command is. Usage, checks and help are read off the definition, so nothing about a command is written twice.
import { z } from 'zod';
import type { DraftKind, DraftText, Event, Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Told } from '#incident/knowledge.ts';
import type { Filed } from '#incident/stats.ts';
import type { Standing } from '#team/certificate-watch.ts';
import type { Owners } from '#team/owners.ts';
import type { Policy, Proof, Role } from '#team/policy.ts';
import type { Register } from '#team/register.ts';
import type { RegisterEvent } from '#team/register-event.ts';
import type { Distributor, Roster } from '#team/roster.ts';
import type { Sender } from '#team/sender.ts';

/** What a command may look at. Clock, randomness and rendering are handed in, so that a decision can be repeated. */
export interface Situation {
  readonly incident: Incident | undefined;
  readonly recorded: readonly Recorded[];
  readonly by: Sender;
  readonly policy: Policy;
  readonly roster: Roster;
  readonly now: Date;
  /** The team's incidents, newest first; filled only for commands that look at them. */
  readonly others: readonly Incident[];
  /** The letters of this incident and what became of them; filled only for commands that look at them. */
  readonly letters: readonly Told[];
  /** The same to count, oldest first; filled only for commands that look at figures. */
  readonly filed: readonly Filed[];
  /** Whose certificates count, what was offered, what was replaced. */
  readonly register: Register;
  /** The certificates that count, as they stand at `now`; filled only for commands that look at them. */
  readonly standing: readonly Standing[];
  /** The files that came with the mail under the name of its sender, by the row it is kept in. */
  readonly attached?: { readonly mail: string; readonly names: readonly string[] };
  /** A fresh, unguessable confirmation code. */
  draw(): string;
  /** Renders a draft from the incident as it stands, or wraps the team's own text; `mark` names exactly this text. */
  write(kind: DraftKind, incident: Incident, own?: string): DraftText & { readonly mark: string };
  /** Whom the files of owners name for a path as it stands in the command. Only for commands that look at it. */
  owners(path: string): Owners;
  /** How a distributor can be reached at this moment: sealed to a certificate, in clear, or not at all and why. Only for commands that look at it. */
  reach(distributor: Distributor): { readonly sealed: string } | { readonly why: string };
}

/** A situation with an incident: what commands about an incident are given. */
export interface IncidentSituation extends Situation {
  readonly incident: Incident;
}

export type Decision =
  | {
      readonly events: readonly Event[];
      readonly register?: readonly RegisterEvent[];
      readonly answer: string;
      /** It shows something of another incident that came encrypted. */
      readonly confidential?: boolean;
    }
  | { readonly events?: readonly Event[]; readonly refused: string };

/** It happened: events, and the sentence for the sender. */
export function happened(answer: string, ...events: Event[]): Decision {
  return { events, answer };
}

/** The same for the register of certificates. */
export function enters(answer: string, ...register: RegisterEvent[]): Decision {
  return { events: [], register, answer };
}

/** An answer that changes nothing; `confidential` where it shows something of another incident that came encrypted. */
export function answered(answer: string, confidential = false): Decision {
  return { events: [], answer, ...(confidential && { confidential }) };
}

/** It did not happen: what was wrong, what would be right. Events only where the attempt itself must be remembered. */
export function refuse(sentence: string, ...events: Event[]): Decision {
  return { ...(events.length > 0 && { events }), refused: sentence };
}

/** What follows the arguments: `text` (the rest of the line, or the lines up to `/end`) and `because`. */
export interface Tail {
  readonly text?: string;
  readonly because?: string;
}

interface Common {
  /** The word after the slash. */
  readonly word: string;
  readonly help: string;
  readonly examples: readonly string[];
  /** Whoever holds one of these roles may use it; a policy may narrow, never widen. */
  readonly who: readonly Role[];
  /** The least proof; a command that changes something also needs the policy's `proof`. */
  readonly proof: Proof;
  readonly changes: boolean;
  /** It may change a closed incident too; every other command leaves one as it is until it is reopened. */
  readonly evenClosed?: true;
  /** What is declined has no use for it until it is reopened. */
  readonly unlessDeclined?: true;
  /** Long text, on the line or up to `/end`; `line`: more words of the line itself, never a block. */
  readonly text?: 'optional' | 'required' | 'line';
  readonly because?: 'optional' | 'required';
  /** What costs something to look at, so that only those who need it have it. */
  readonly looks?: readonly Look[];
  /** Only where the process has this part: a commander, a lead, standing parts, or any that can be passed on. */
  readonly part?: 'commander' | 'lead' | 'standing' | 'passing';
  /** The line itself proves who sends it: it holds a single-use code that nobody else can have read. */
  readonly provesItself?: true;
}

/** The other incidents; the CVE ids that they have; the letters of this one; figures over all; the certificates that count; whom a notice would reach. */
export type Look = 'incidents' | 'cve-ids' | 'letters' | 'figures' | 'certificates' | 'reach' | 'owners';

interface Definition<Shape extends z.ZodRawShape> extends Common {
  readonly args: Shape;
}

type Arguments<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>> & Tail;

/** A command as the list holds it. */
export interface Command extends Common {
  readonly needsIncident: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly optional: boolean;
    parse(token: string | undefined): { value: unknown } | { wrong: string };
  }[];
  decide(values: Readonly<Record<string, unknown>> & Tail, situation: Situation): Decision;
}

/** Defines a command about an incident. Arguments are taken word by word in the order of `args`. */
export function defineCommand<Shape extends z.ZodRawShape>(
  definition: Definition<Shape> & { decide(args: Arguments<Shape>, situation: IncidentSituation): Decision },
): Command {
  const { args, decide, ...common } = definition;
  return {
    ...common,
    needsIncident: true,
    parameters: parametersOf(args),
    decide(values, situation) {
      const { incident } = situation;
      if (!incident)
        return refuse(
          'This command is about an incident: reply to one of its letters, or write its id on a line of its own above the command.',
        );
      if (common.unlessDeclined && incident.verdict?.is === 'declined') return refuse('This incident is declined. /reopen comes first.');
      const decision = decide(values as Arguments<Shape>, { ...situation, incident });
      return common.evenClosed ? decision : unlessClosed(decision, incident);
    },
  };
}

// To look is always free; and what /reopen would not help is said first, since what is public stays so.
function unlessClosed(decision: Decision, { closedAt, announcedAt }: Incident): Decision {
  const told = 'refused' in decision ? announcedAt !== undefined : decision.events.length === 0;
  return closedAt === undefined || told ? decision : refuse('This incident is closed. /reopen comes first.');
}

/** Defines a command that also works without an incident. */
export function defineGeneralCommand<Shape extends z.ZodRawShape>(
  definition: Definition<Shape> & { decide(args: Arguments<Shape>, situation: Situation): Decision },
): Command {
  const { args, decide, ...common } = definition;
  return {
    ...common,
    needsIncident: false,
    parameters: parametersOf(args),
    decide: (values, situation) => decide(values as Arguments<Shape>, situation),
  };
}

function parametersOf(shape: z.ZodRawShape): Command['parameters'] {
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    optional: z.safeParse(schema, undefined).success,
    parse(token) {
      const parsed = z.safeParse(schema, token);
      if (parsed.success) return { value: parsed.data };
      const [issue] = parsed.error.issues;
      return { wrong: issue?.code === 'too_big' ? 'is too long' : (issue?.message ?? 'is not understood') };
    },
  }));
}

/** The line a person writes: `/severity <rating> [because <reason>]`. */
export function usage(command: Command): string {
  const parts = command.parameters.map(({ name, optional }) => (optional ? `[${name}]` : `<${name}>`));
  if (command.text === 'required') parts.push('<text, or lines up to /end>');
  if (command.text === 'optional') parts.push('[text, or lines up to /end]');
  if (command.text === 'line') parts.push('[words]');
  if (command.because === 'required') parts.push('because <reason>');
  if (command.because === 'optional') parts.push('[because <reason>]');
  return [`/${command.word}`, ...parts].join(' ');
}
