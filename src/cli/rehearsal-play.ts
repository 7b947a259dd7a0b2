// Plays a scenario: time is moved to the next thing that happens, people write as told, and everything is handed to whoever shows it.

import type { Rehearsal } from '#cli/rehearsal.ts';
import type { Received } from '#cli/rehearsal-mail.ts';
import { write } from '#cli/rehearsal-mail.ts';
import type { Scenario, ScenarioStep } from '#cli/scenario.ts';
import type { TranscriptLine } from '#command/carry-out.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Incident } from '#incident/incident.ts';
import { incidentIn } from '#office/matter.ts';
import type { Taken } from '#office/taken.ts';
import { holderOf } from '#team/holder.ts';
import { after, day } from '#time.ts';

/** What is shown while a scenario is played; `pause` waits for real before time is moved. */
export interface Audience {
  pause(from: Date, to: Date): Promise<void>;
  scene(title: string, at: Date): void;
  mail(mail: Mailed, at: Date): void;
  letters(letters: readonly Received[], at: Date): void;
}

/** A mail that somebody wrote, and what became of its commands. */
export interface Mailed {
  readonly who: string;
  readonly subject: string;
  readonly text: string;
  readonly sealed: boolean;
  readonly taken: Taken;
}

/** Something that was not done when it was due. `done` is empty when it is open still. */
export interface Late {
  readonly incident: string;
  readonly what: string;
  readonly dueAt: Date;
  done?: Date;
}

/** What a rehearsal leads to. */
export interface Played {
  /** In the order in which they were opened. */
  readonly incidents: readonly string[];
  readonly late: readonly Late[];
  /** Commands that were refused, other than those that the scenario wants refused. */
  readonly refused: readonly (TranscriptLine & { readonly who: string })[];
}

/** A scenario that cannot go on as it is written; the message is a sentence. */
export class ScenarioStuck extends Error {}

interface Stage {
  readonly scenario: Scenario;
  readonly rehearsal: Rehearsal;
  readonly audience: Audience;
  /** Names of the scenario by the names of the roster that play them. */
  readonly as: ReadonlyMap<string, string>;
  readonly got: Received[];
  readonly incidents: string[];
  readonly late: Map<string, Late>;
  readonly refused: (TranscriptLine & { who: string })[];
}

/** Plays the whole. Throws ScenarioStuck where a letter to answer, or a code to give, never came. */
export async function playScenario(
  scenario: Scenario,
  rehearsal: Rehearsal,
  audience: Audience,
  as: ReadonlyMap<string, string> = new Map(),
): Promise<Played> {
  const stage: Stage = { scenario, rehearsal, audience, as, got: [], incidents: [], late: new Map(), refused: [] };
  for (const [index, step] of scenario.steps.entries()) {
    await waitUntil(step.at, stage);
    if (step.scene !== undefined) audience.scene(step.scene, step.at);
    if (step.who === undefined) continue;
    try {
      await writes(step.who, step, stage);
    } catch (error) {
      if (error instanceof ScenarioStuck) throw new ScenarioStuck(`Step ${index + 1} (${step.who}): ${error.message}`);
      throw error;
    }
  }
  await waitUntil(scenario.ends, stage);
  return { incidents: stage.incidents, late: [...stage.late.values()], refused: stage.refused };
}

/** Time passes; what comes due on the way rings at its moment, never beyond `end`. */
async function waitUntil(end: Date, stage: Stage): Promise<void> {
  const { rehearsal, audience } = stage;
  for (let next = await rehearsal.next(end); next; next = await rehearsal.next(end)) await moveTo(next, stage);
  if (rehearsal.now() < end) await moveTo(end, stage);
  else shown(await rehearsal.post(), stage);

  async function moveTo(moment: Date, to: Stage): Promise<void> {
    await audience.pause(rehearsal.now(), moment);
    shown(await rehearsal.moveTo(moment), to);
    await lookForLate(to);
  }
}

async function writes(name: string, step: ScenarioStep, stage: Stage): Promise<void> {
  const { rehearsal, audience, scenario } = stage;
  const who = nameOf(name, stage);
  const outside = scenario.people[name];
  const onFile = outside ? undefined : holderOf(rehearsal.office.roster, who);
  const address = outside?.address ?? onFile?.addresses[0];
  if (address === undefined) throw new ScenarioStuck(`there is nobody called "${name}".`);
  const key = step.clear || (outside && !outside.key) ? undefined : rehearsal.keyOf(outside ? address : who);
  const answers = step.answers === undefined ? undefined : letterFor(step.answers, address, stage);
  const text = filled(step.text ?? '', who, address, stage);
  const from = { address, name: outside?.name ?? onFile?.name ?? '' };
  const attachments = step.attachments.map((file) => ({
    filename: file.name,
    contentType: 'text/plain',
    content: Buffer.from(file.text),
  }));
  const written = {
    from,
    text,
    attachments,
    bringsKey: outside?.key === true,
    ...(key && { key }),
    ...(answers && { answers }),
    ...(step.subject !== undefined && { subject: filled(step.subject, who, address, stage) }),
  };
  const taken = await rehearsal.arrives(await write(written, rehearsal.office, rehearsal.now()));
  const subject = written.subject ?? (answers ? `Re: ${answers.subject}` : '');
  audience.mail({ who: name, subject, text, sealed: key !== undefined, taken }, rehearsal.now());
  if (taken.incident !== undefined && !stage.incidents.includes(taken.incident)) stage.incidents.push(taken.incident);
  if (!step.refused)
    stage.refused.push(...taken.transcript.filter(({ outcome }) => outcome === 'refused').map((line) => ({ ...line, who: name })));
  shown(await rehearsal.post(), stage);
  await lookForLate(stage);
}

function shown(letters: readonly Received[], { got, audience, rehearsal }: Stage): void {
  got.push(...letters);
  if (letters.length > 0) audience.letters(letters, rehearsal.now());
}

/** Who plays a name of the scenario. */
function nameOf(name: string, { as }: Stage): string {
  return as.get(name) ?? name;
}

function letterFor(wanted: NonNullable<ScenarioStep['answers']>, address: string, stage: Stage): Received {
  const kind = typeof wanted === 'string' ? wanted : wanted.kind;
  const reader = typeof wanted === 'string' ? undefined : nameOf(wanted.to, stage);
  const to = (letter: Received) =>
    reader === undefined ? letter.to === address : letter.who === reader || letter.to === stage.scenario.people[reader]?.address;
  const found = stage.got.findLast((letter) => letter.kind === kind && to(letter));
  if (found) return found;
  const kinds = [...new Set(stage.got.filter(to).map((letter) => letter.kind))];
  throw new ScenarioStuck(
    `no letter "${kind}" came to ${reader ?? 'them'}; ${kinds.length > 0 ? `there were ${kinds.join(', ')}` : 'nothing came to them yet'}.`,
  );
}

/** Fills in what only the play knows: `{{id}}`, `{{code}}`, `{{mark notice}}`, `{{day 14}}`, `{{who second}}`. */
function filled(text: string, who: string, address: string, stage: Stage): string {
  return text.replace(/\{\{\s{0,3}([a-z]{1,10})(?: ([^{}]{1,40}))?\s{0,3}\}\}/g, (whole, what: string, about = '') => {
    switch (what) {
      case 'id':
        return stage.incidents[about === '' ? stage.incidents.length - 1 : Number(about) - 1] ?? stuck('there is no incident yet.');
      case 'code':
        return latest('preview', /\/confirm ([0-9A-Z]{6})/) ?? stuck(`no letter tells ${who} a code to confirm.`);
      case 'mark':
        return latest('review', new RegExp(`/approve ${about} ([0-9a-f]{8})`)) ?? stuck(`no letter tells ${who} the mark of "${about}".`);
      case 'day':
        return /^\d{1,4}$/.test(about) ? day(after(stage.scenario.begins, Number(about) * 86_400_000)) : stuck(`"${whole}" is no day.`);
      case 'who':
        return nameOf(about.trim(), stage);
      default:
        return stuck(`"${whole}" is nothing a scenario knows: {{id}}, {{code}}, {{mark <kind>}}, {{day <number>}}, {{who <name>}}.`);
    }
  });

  function latest(kind: string, pattern: RegExp): string | undefined {
    return stage.got
      .filter((letter) => letter.kind === kind && letter.to === address)
      .map((letter) => pattern.exec(letter.text)?.[1])
      .findLast((one) => one !== undefined);
  }
}

function stuck(sentence: string): never {
  throw new ScenarioStuck(sentence);
}

/** The incident as it is now. */
async function incidentNow(id: string, { world }: Rehearsal): Promise<Incident | undefined> {
  return incidentIn(await world.store.subjects.peek(id));
}

// Deadlines are derived, so lateness is too: what was open at a moment after its date, until it is not there any more.
async function lookForLate(stage: Stage): Promise<void> {
  const { rehearsal, late } = stage;
  const now = rehearsal.now();
  for (const id of stage.incidents) {
    const incident = await incidentNow(id, rehearsal);
    const open = incident ? deadlinesOf(incident, rehearsal.office.policy).filter(({ acts }) => !acts) : [];
    for (const { key, what, dueAt } of open)
      if (dueAt < now && !late.has(`${id} ${key}`)) late.set(`${id} ${key}`, { incident: id, what, dueAt });
    for (const [name, one] of late)
      if (one.incident === id && !one.done && !open.some(({ key }) => name === `${id} ${key}`)) one.done = now;
  }
}
