// What must hold for every mail of an attack: nobody is obeyed, nobody hears what is not theirs, and nothing is lost.
import type { Event, Recorded } from '#incident/event.ts';
import type { IncidentId } from '#incident/id.ts';
import { incidentOf } from '#incident/incident.ts';
import { letterOfKind } from '#letter/list.ts';
import type { Message } from '#mail/message.ts';
import { parse } from '#mail/parse.ts';
import type { Taken } from '#office/taken.ts';
import { keyring } from '#pgp/keyring.ts';
import { open } from '#pgp/open.ts';
import { memberOf } from '#team/roster.ts';
import { type AttackMail, marks } from '#test/attacks/attack.ts';
import { binaryOf, readersOf } from '#test/attacks/readers.ts';
import type { Left, Scene } from '#test/attacks/scene.ts';
import { keyOf, people, team } from '#test/town.ts';

/** Events that change nothing a command could change: a mail came, it was refused, a letter came back. */
const harmless: readonly Event['type'][] = ['reported', 'mail-joined', 'command-refused', 'letter-failed'];

/** Letters that a mail which is not obeyed may set off outside the team, by audience. */
const mayLeave: Readonly<Record<string, RegExp>> = {
  reporter: /^(?:acknowledgement|unread|key-[a-z]{1,20})$/,
  distributors: /^(?:transcript|key-[a-z]{1,20})$/,
  cna: /^key-[a-z]{1,20}$/,
  'fix-team': /^(?:transcript|key-[a-z]{1,20})$/,
  'release-managers': /^(?:transcript|key-[a-z]{1,20})$/,
  administrator: /^(?:transcript|key-[a-z]{1,20})$/,
};

/** Audiences that may know what is embargoed, each of the incidents they were told of. */
const mayKnow: readonly string[] = ['distributors', 'fix-team'];

const members: readonly string[] = [people.lead, people.second];
const distributors: readonly string[] = [people.acme, people.beta, 'security@gamma.example.net'];

/** What became of a mail. */
export interface Outcome {
  readonly taken: Taken;
  readonly left: readonly Left[];
  /** Events that are new, of the incidents aimed at and of one the mail opened. */
  readonly events: readonly Event[];
}

/** Lets a mail arrive and what follows from it leave. */
export async function play(scene: Scene, bytes: Buffer): Promise<Outcome> {
  const known = [scene.here.id, scene.other.id];
  const before = await Promise.all(known.map(async (id) => (await scene.journal(id)).length));
  const taken = await scene.arrives(bytes);
  const left = await scene.leaves();
  const grown = await Promise.all(known.map(async (id, index) => (await scene.journal(id)).slice(before[index])));
  const opened = taken.incident && !known.includes(taken.incident) ? await scene.journal(taken.incident) : [];
  return { taken, left, events: [...grown.flat(), ...opened].map(({ event }: Recorded) => event) };
}

/** Everything that is wrong with what became of an attacker's mail, as sentences. */
export async function wrongWith(
  { also = [] }: AttackMail,
  bytes: Buffer,
  { taken, left, events }: Outcome,
  scene: Scene,
): Promise<string[]> {
  const wrong: string[] = [];
  const changed = events.filter(({ type }) => !harmless.includes(type) && !also.includes(type));
  if (changed.length > 0) wrong.push(`it was obeyed: ${changed.map(({ type }) => type).join(', ')}`);
  const evil = events.filter((event) => also.includes(event.type) && JSON.stringify(event).includes(marks.evil));
  if (evil.length > 0) wrong.push(`forged words stand in ${evil.map(({ type }) => type).join(', ')}`);
  const done = taken.transcript.filter(({ outcome, line }) => outcome === 'done' && (also.length === 0 || line.includes(marks.evil)));
  if (done.length > 0) wrong.push(`the transcript says done: ${done.map(({ line }) => line).join(', ')}`);
  const kept = await scene.kept(taken, bytes);
  // A mail that came before is kept as it came then.
  if (!kept || (taken.kind !== 'seen' && !kept.equals(bytes))) wrong.push('the mail is not kept as it came');
  if (taken.kind === 'unusable' && !members.every((to) => left.some((letter) => letter.to === to && letter.kind === 'alarm')))
    wrong.push('it was put aside without an alarm to everybody');
  if (taken.kind === 'report' && !members.every((to) => left.some((letter) => letter.to === to && letter.kind === 'report')))
    wrong.push('a report was opened that not everybody of the team sees');
  for (const letter of left) wrong.push(...(await unfit(letter, taken, scene)).map((what) => `the ${letter.kind} to ${letter.to} ${what}`));
  return wrong;
}

async function unfit(letter: Left, taken: Taken, scene: Scene): Promise<string[]> {
  const { kind, audience, to, seal, bytes } = letter;
  const wrong: string[] = [];
  if (audience !== 'team' && !mayLeave[audience]?.test(kind) && !isPassedOn(letter, taken)) wrong.push(`must not leave to ${audience}`);
  if (audience === 'team' && !members.includes(to)) wrong.push('goes to somebody who is not of the team');
  if (audience === 'distributors' && !distributors.includes(to)) wrong.push('goes to somebody who is no distributor');
  const reveals = letterOfKind(kind)?.contents !== false;
  if (audience === 'fix-team' && !(await isInvited(letter, scene))) wrong.push('goes to somebody who was not invited, or was taken out');
  const within = audience === 'team' || audience === 'fix-team';
  if (reveals && within && seal !== 'must') wrong.push('need not be sealed');
  if (!bytes) return wrong;
  const message = await parse(bytes);
  if ('unreadable' in message) return [...wrong, `is not readable: ${message.unreadable}`];
  wrong.push(...envelope(message, to));
  const raw = bytes.toString('latin1');
  if ([marks.secret, marks.embargoed].some((word) => says(raw, word) || says(message.subject, word)))
    wrong.push('shows the secret on the wire');
  const known = [...members, people.acme, people.beta, people.engineer, people.tester].includes(to);
  const readers = binaryOf(message);
  if (reveals && within && !readers) wrong.push('left in clear');
  // An address of ours or of a distributor is written to with the certificate on file, whatever certificate a mail
  // brings; only the challenge of a new key, which reveals nothing, is for that key.
  if (known && readers && kind !== 'key-challenge') {
    const { certificate } = await keyOf(to);
    const ids = await readersOf(readers);
    if (ids.length !== 1 || !ids.every((id) => certificate.keyIds.includes(id)))
      wrong.push(`is sealed to other keys than the one on file: ${ids.join()}`);
  }
  if (!members.includes(to)) wrong.push(...(await heard(letter, message, taken, scene)));
  return wrong;
}

// What somebody of the fix team wrote and proves goes to the others of it; what it may not hold is looked at as in every letter.
function isPassedOn({ kind, audience }: Left, { by }: Taken): boolean {
  return audience === 'fix-team' && kind === 'message' && by !== undefined && by.proof !== 'none';
}

async function isInvited({ subject, to }: Left, scene: Scene): Promise<boolean> {
  const recorded = subject?.startsWith(`${scene.office.prefix}-`) ? await scene.journal(subject) : [];
  const incident = incidentOf(subject as IncidentId, recorded);
  // Without an incident it is an answer about nobody's secret.
  return !incident || incident.fixTeam.some(({ person }) => memberOf(scene.office.roster, to)?.handle === person);
}

function envelope(message: Message, to: string): string[] {
  const field = (name: string) => message.fields.filter((one) => one.name === name);
  const wrong: string[] = [];
  if (message.to.map(({ address }) => address).join() !== to) wrong.push(`says To: ${message.to.map(({ address }) => address).join()}`);
  if (field('cc').length + field('bcc').length > 0) wrong.push('has Cc or Bcc');
  if (field('from').length !== 1 || message.from?.address !== team) wrong.push('is not from the team alone');
  if (field('x-evil').length > 0 || message.fields.some(({ value }) => /[\r\n\0]/.test(value))) wrong.push('carries an injected field');
  return wrong;
}

/** What somebody outside the team reads in a letter: never the secret, and of an attack only what they wrote themselves as a known person. */
async function heard({ to, audience, kind }: Left, message: Message, { by }: Taken, scene: Scene): Promise<string[]> {
  const opened = await open(message, keyring([await keyOf(to)], [scene.office.key.certificate]), scene.now());
  // A challenge is for the key that was brought, and whoever brought it may read it.
  if ('unreadable' in opened) return audience === 'reporter' || kind === 'key-challenge' ? [] : [`cannot be read: ${opened.unreadable}`];
  const whole = [opened.subject, ...opened.passages.map(({ text }) => text), opened.inner?.toString('latin1') ?? ''].join('\n');
  const wrong: string[] = [];
  if (says(whole, marks.secret) || (!mayKnow.includes(audience) && says(whole, marks.embargoed))) wrong.push('tells the secret');
  if (says(whole, marks.evil) && !(kind === 'transcript' && by?.address === to)) wrong.push('repeats the words of the attack');
  return wrong;
}

function says(text: string, word: string): boolean {
  const low = text.toLowerCase();
  const needle = word.toLowerCase();
  // Base64 hides a word in three ways, by where it begins.
  const hidden = [0, 1, 2].map((pad) =>
    Buffer.from(`${' '.repeat(pad)}${word}`)
      .toString('base64')
      .slice(pad === 0 ? 0 : 4, -4),
  );
  return low.includes(needle) || hidden.some((piece) => text.replace(/\s/g, '').includes(piece));
}
