// A rehearsal on the screen and in files: who wrote which commands, which letters left to whom, and at the end where it stands.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rehearsal } from '#cli/rehearsal.ts';
import type { Received } from '#cli/rehearsal-mail.ts';
import type { Audience, Late, Mailed, Played } from '#cli/rehearsal-play.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { summary } from '#incident/summary.ts';
import { incidentIn } from '#office/matter.ts';
import { between, shown } from '#time.ts';

export interface Showing {
  readonly terminal: Terminal;
  readonly zone: string;
  /** How much faster than real; undefined does not wait at all. */
  readonly speed: number | undefined;
  /** Kinds of letters that are printed in full. */
  readonly full: ReadonlySet<string>;
  /** Where every letter is written to. */
  readonly out?: string;
}

/** Shows a play on the terminal; with `out` each letter is written to a file as it would leave, and as its recipient reads it. */
export function openScreen({ terminal, zone, speed, full, out }: Showing): Audience {
  const { bold, dim, red, yellow, cyan } = colours(terminal);
  let shownAt = '';
  let count = 0;
  const moment = (at: Date) => {
    const text = shown(at, zone);
    if (text !== shownAt) terminal.out(bold(text));
    shownAt = text;
  };
  return {
    async pause(from, to) {
      const wait = speed === undefined ? 0 : (to.getTime() - from.getTime()) / speed;
      // In pieces: a timer holds 24 days at most, and a scenario may be played at real speed.
      for (let rest = wait; rest > 0; rest -= longestSleep) await sleep(Math.min(rest, longestSleep));
    },
    scene(title) {
      terminal.out(`\n${cyan(title)}`);
    },
    mail(mail, at) {
      moment(at);
      terminal.out(`  ${mail.who} writes${mail.sealed ? ' (signed and encrypted)' : ''}: ${oneLine(mail.subject)}`);
      for (const line of outcomes(mail)) terminal.out(`      ${line.good ? line.text : red(line.text)}`);
    },
    letters(letters, at) {
      moment(at);
      for (const { first, to } of grouped(letters)) {
        const seal = first.sealed ? 'sealed' : 'in clear';
        const line = `    ${first.kind} to ${to.join(', ')} (${seal}): ${oneLine(first.subject)}`;
        terminal.out(loud.has(first.kind) ? yellow(line) : dim(line));
        if (full.has(first.kind)) terminal.out(first.text.trimEnd().replace(/^/gm, '      | '));
      }
      if (out !== undefined) for (const letter of letters) writeLetter(out, ++count, letter);
    },
  };
}

const longestSleep = 86_400_000;
const loud = new Set(['reminder', 'digest', 'alarm', 'key-wanted']);

function oneLine(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function outcomes({ taken, text }: Mailed): { text: string; good: boolean }[] {
  if (taken.kind === 'unusable') return [{ text: `cannot be used: ${taken.why ?? ''}`, good: false }];
  if (taken.transcript.length === 0)
    return text.trim() === '' ? [] : [{ text: `"${oneLine(text.trim().split('\n', 1)[0] ?? '')}"`, good: true }];
  return taken.transcript.map(({ line, outcome, text: why }) => ({
    text: `${oneLine(line)}${outcome === 'done' ? '' : ` -> ${outcome}: ${why.split('\n', 1)[0]}`}`,
    good: outcome === 'done',
  }));
}

/** Letters that say the same under the same subject, with everybody who got one. */
function grouped(letters: readonly Received[]): { first: Received; to: string[] }[] {
  const groups = new Map<string, { first: Received; to: string[] }>();
  for (const letter of letters) {
    const name = JSON.stringify([letter.kind, letter.subject, letter.sealed]);
    const group = groups.get(name);
    if (group) group.to.push(letter.who);
    else groups.set(name, { first: letter, to: [letter.who] });
  }
  return [...groups.values()];
}

/** Whether letters can be written to a folder: undefined, or why not in a sentence. It is made when it is not there. */
export function refuseFolder(folder: string): string | undefined {
  if (existsSync(folder) && readdirSync(folder).length > 0) return `${folder} is not empty; letters are written to a new or empty folder.`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return undefined;
}

function writeLetter(folder: string, number: number, { kind, who, bytes, subject, text }: Received): void {
  const name = `${String(number).padStart(4, '0')}-${kind}-${who}`.replace(/[^A-Za-z0-9._-]/g, '_');
  writeFileSync(join(folder, `${name}.eml`), bytes, { mode: 0o600 });
  writeFileSync(join(folder, `${name}.txt`), `Subject: ${subject}\n\n${text}`, { mode: 0o600 });
}

/** What stands below a play: where each incident stands, what was late, what was refused. */
export async function closingWords({ incidents, late, refused }: Played, { world, office, now }: Rehearsal): Promise<string[]> {
  const lines: string[] = [];
  for (const id of incidents) {
    const subject = await world.store.subjects.peek(id);
    const incident = incidentIn(subject);
    if (incident && subject?.kind === 'incident') lines.push('', summary(incident, office.policy, now(), subject.recorded));
  }
  lines.push('', ...lateWords(late, now(), office.policy.zone));
  for (const { who, line, text } of refused)
    lines.push(`Refused, and the scenario does not say so: ${who}: ${line}: ${text.split('\n', 1)[0]}`);
  return lines;
}

function lateWords(late: readonly Late[], now: Date, zone: string): string[] {
  if (late.length === 0) return ['Nothing was late.'];
  const words = late.map(({ incident, what, dueAt, done }) => {
    const by = between(dueAt, done ?? now);
    return `  ${incident}: ${what.replace(/\.$/, '')}: due ${shown(dueAt, zone)}, ${done ? `${by} late` : `open still, ${by} later`}`;
  });
  return [`Late, ${late.length} in all:`, ...words];
}
