// Letters of a fuzzed mail: to whom they may go, what they may say, and how they look when they have left.
import { read } from '#cli/rehearsal-mail.ts';
import type { Recorded } from '#incident/event.ts';
import type { Letter } from '#letter/letter.ts';
import { entities } from '#mail/delivery-status.ts';
import { split } from '#mail/entity.ts';
import { noReply } from '#mail/forwarded.ts';
import type { Taken } from '#office/taken.ts';
import { type Ground, type Sent, sealedWord } from '#test/fuzz/ground.ts';
import { trap } from '#test/fuzz/mutation.ts';
import { changesOf } from '#test/fuzz/proof.ts';
import { markers, unfit } from '#test/story/always.ts';
import { keyOf, people, type Received } from '#test/town.ts';

const inside = new Set<string>(['team', 'steering']);
const secrets = [sealedWord, markers.teamOnly] as const;

/** What people with a small part may get of an incident, by audience. */
const only: Readonly<Record<string, RegExp>> = {
  administrator: /^(?:access-request|transcript|key-[a-z]{1,20})$/,
  'release-managers': /^(?:step|release-date|transcript|key-[a-z]{1,20})$/,
  cna: /^(?:cve-request|cve-rejected|key-[a-z]{1,20})$/,
};

/** Everything that is wrong with the letters that follow from a mail, before they leave. `recorded` is the whole journal of its incident. */
export async function astray(taken: Taken, recorded: readonly Recorded[], ground: Ground): Promise<string[]> {
  const reporters = reportersIn(recorded);
  const invited = await invitedIn(taken, ground);
  const wrong = taken.letters.flatMap((letter) => [
    ...recipient(letter, taken, reporters, ground),
    ...part(letter, taken, invited),
    ...told(letter, taken, ground),
  ]);
  return [...wrong, ...answered(taken), ...tooMany(taken)];
}

function reportersIn(recorded: readonly Recorded[]): string[] {
  return recorded.flatMap(({ event }) =>
    (event.type === 'reported' || event.type === 'reporter-named') && event.reporter ? [event.reporter.address] : [],
  );
}

/** The addresses of the fix team, as it is once the mail was taken. */
async function invitedIn({ incident }: Taken, { town }: Ground): Promise<string[]> {
  const recorded = incident === undefined ? [] : ((await town.store.subjects.peek(incident))?.recorded as readonly Recorded[] | undefined);
  const invited = new Set<string>();
  for (const { event } of recorded ?? []) {
    if (event.type === 'fix-team-invited') for (const person of event.people) invited.add(person);
    if (event.type === 'fix-team-left') invited.delete(event.person);
  }
  return town.office.roster.members.flatMap(({ handle, addresses }) => (invited.has(handle) ? addresses : []));
}

function part({ kind, audience, to }: Letter, { incident }: Taken, invited: readonly string[]): string[] {
  const words = `${kind} (${audience}) goes to ${to.address}`;
  const gone = audience === 'fix-team' && incident !== undefined && kind !== 'invitation-ended' && !invited.includes(to.address);
  return [
    ...(gone ? [`${words}, who is not on the fix team`] : []),
    ...(only[audience]?.test(kind) === false ? [`${words}, whom it is not for`] : []),
  ];
}

function recipient({ kind, audience, to }: Letter, taken: Taken, reporters: readonly string[], { town }: Ground): string[] {
  const { members, distributors, channels, cna, administrator, operator } = town.office.roster;
  const onFile = [
    ...members.flatMap(({ addresses }) => addresses),
    ...distributors.flatMap(({ addresses }) => addresses),
    ...channels.flatMap((channel) => (channel.kind === 'mail' ? [channel.address] : [])),
    ...(cna ? [cna.address] : []),
    ...(operator ? [operator.address] : []),
    ...(administrator ? [administrator.address] : []),
  ];
  const words = `${kind} (${audience}) goes to ${to.address}`;
  if (audience !== 'reporter') return onFile.includes(to.address) ? [] : [`${words}, which is on no file`];
  const from = taken.message?.from?.address;
  const known = reporters.at(-1) === to.address || (from === to.address && ['unread', 'acknowledgement'].includes(kind));
  const trapped = to.address.endsWith(`@${trap}`) && from !== to.address && !handsOn(to.address, taken);
  return [
    ...(known ? [] : [`${words}, who is not its reporter`]),
    ...(trapped ? [`${words}, an address that only stands in the mail`] : []),
  ];
}

// Web forms and lists write from an address nobody reads and name the author in Reply-To.
function handsOn(address: string, { message, mail }: Taken): boolean {
  const { from, fields = [] } = message ?? {};
  const rewritten = from !== undefined && (noReply(from.address) || / via /i.test(from.name));
  const platform = mail?.reporter.kind === 'platform';
  return address.startsWith('reply-') && (rewritten || platform || fields.some(({ name }) => name === 'x-original-from'));
}

function told({ kind, audience, to, facts }: Letter, taken: Taken, { replies }: Ground): string[] {
  if (inside.has(audience)) return [];
  const words = JSON.stringify(facts);
  const wrong: string[] = secrets
    .filter((secret) => words.includes(secret))
    .map((secret) => `${kind} (${audience}) to ${to.address} holds ${secret}`);
  for (const [word] of words.matchAll(/FORREPORTER-[a-z0-9]{12}/g)) {
    const about = replies.get(word);
    if (audience !== 'reporter' || taken.incident !== about)
      wrong.push(`${kind} (${audience}) to ${to.address} holds ${word}, which is for the reporter of ${about ?? 'nothing'}`);
  }
  return wrong;
}

/** Machine mail gets no answer, and what could not be read nothing but a question. */
function answered({ kind, letters, message }: Taken): string[] {
  const allowed: Readonly<Record<string, readonly string[]>> = { machine: ['alarm'], unusable: ['alarm', 'unread'], seen: [] };
  const wrong = letters
    .filter((letter) => allowed[kind]?.includes(letter.kind) === false)
    .map((letter) => `${kind} mail set off ${letter.kind} to ${letter.to.address}`);
  const outside = letters.filter((letter) => letter.audience === 'reporter');
  return kind === 'unusable' && outside.some(({ to }) => to.address !== message?.from?.address)
    ? [...wrong, 'unread went to somebody else']
    : wrong;
}

/** Three members, a sender and an acknowledgement; each command that changes something may add as many and the distributors. */
const usual = 12;

function tooMany(taken: Taken): string[] {
  const most = usual * (1 + changesOf(taken).length);
  return taken.letters.length > most ? [`it set off ${taken.letters.length} letters`] : [];
}

/** What the first incident is about: a heads-up says none of it (S4-26). */
const details = [markers.embargoed, 'becomes admin', 'CVE-1900', 'critical'] as const;

function detailsIn({ subject, text }: Received): string[] {
  return details.filter((detail) => subject.includes(detail) || text.includes(detail));
}

const fieldNames = new Set([
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'auto-submitted',
  'autocrypt',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
  'x-embargod',
]);

/** Everything that is wrong with letters that have left, as bytes. */
export async function unfitBytes(sent: readonly Sent[], seen: Set<string>, ground: Ground): Promise<string[]> {
  const wrong: string[] = [];
  for (const letter of sent) {
    const words = `the ${letter.kind} to ${letter.to}`;
    const received = await receive(letter, ground);
    if ('cannot' in received) {
      wrong.push(`${words} cannot be read: ${received.cannot}`);
      continue;
    }
    const names = received.opened.message.fields.map(({ name }) => name);
    const odd = names.filter((name, index) => !fieldNames.has(name) || names.indexOf(name) !== index);
    if (odd.length > 0) wrong.push(`${words} has fields that are not ours: ${odd.join(', ')}`);
    const clear = letter.bytes.toString('latin1');
    const whole = received.sealed ? clear : `${clear}\n${received.text}\n${received.subject}`;
    wrong.push(...secrets.filter((secret) => whole.includes(secret)).map((secret) => `${words} shows ${secret} in clear`));
    if (letter.kind === 'heads-up') wrong.push(...detailsIn(received).map((detail) => `${words} tells ${detail}`));
    wrong.push(...unfit(received, seen).filter((what) => !excused(what, received)));
  }
  return wrong;
}

/** What the stories may not have and any mail may: a transcript repeats commands to who sent them, a report tells the source of a page as text. */
function excused(what: string, { kind, opened }: Received): boolean {
  if (what.includes('tells commands')) return kind === 'transcript';
  if (!what.includes('HTML') || !opened.inner) return false;
  const root = split(opened.inner);
  return !('unreadable' in root) && !entities(root).some(({ contentType }) => contentType === 'text/html');
}

async function receive(sent: Sent, { town }: Ground): Promise<Received | { cannot: string }> {
  // A town has keys for its people; others get letters in clear.
  const own = Object.values<string>(people).includes(sent.to) ? [await keyOf(sent.to)] : [];
  return read(sent, own, town.office, town.now()).catch((error: Error) => ({ cannot: error.message }));
}
