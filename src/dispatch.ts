// One letter out, on one page: may they still know, render, compose, seal or stop, hand over, mark.

import { Unavailable } from '#fault.ts';
import { asPublished } from '#incident/draft.ts';
import { withheld } from '#incident/embargo.ts';
import type { DraftText, Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { deskAddress, replyAddress } from '#incident/thread.ts';
import { type AboutFile, calendarFile } from '#letter/calendar-file.ts';
import { keyMissing } from '#letter/key-follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { letterOfKind } from '#letter/list.ts';
import { render } from '#letter/render.ts';
import { sealAtLast } from '#letter/sealing.ts';
import type { Outgoing } from '#mail/compose.ts';
import { alarmLetters } from '#office/aside.ts';
import { htmlPart } from '#office/html-part.ts';
import { incidentIn } from '#office/matter.ts';
import { author, certificateFor, domainOf, type Office } from '#office/office.ts';
import { commit, toQueue } from '#office/outgoing.ts';
import { current } from '#office/register.ts';
import { occasionOf } from '#office/registering.ts';
import { certificateOfReporter } from '#office/reporter-key.ts';
import type { World } from '#office/world.ts';
import { type Certificate, readCertificates } from '#pgp/keyring.ts';
import { attachOwnKey, autocryptField, recipient, seal } from '#pgp/seal.ts';
import type { HandOver, Relay } from '#post/smtp.ts';
import type { Leased } from '#store/outbox.ts';
import type { Subject } from '#store/subjects.ts';
import type { Turn } from '#store/turn.ts';
import { copiesFor } from '#team/policy.ts';
import { after, before, type Span } from '#time.ts';

/** What became of a letter, for the log and for tests. */
export type Dispatched = 'sent' | 'later' | 'failed' | 'dropped' | 'stale';

/**
 * Takes one leased letter to the relay and marks it. A letter that must be sealed and cannot be is not sent; its recipient is asked for a
 * key and the team is alarmed (house rule 2). Throws `Unavailable` when the database is away, and for a fault of ours: the lease runs out and
 * the letter comes again; after five faults it is given up with an alarm.
 */
export async function dispatch(leased: Leased, team: Office, relay: Relay, world: World): Promise<Dispatched> {
  const office = await current(team, world.store, world.clock());
  try {
    return await takeOut(leased, office, relay, world);
  } catch (error) {
    // A fault of ours does not heal by waiting for ever: after a few tries the team hears of it.
    if (error instanceof Unavailable || leased.attempts < mostFaults) throw error;
    world.log.error('a letter is given up because of a fault', { letter: leased.id, kind: leased.letter.kind, fault: error });
    const subject = leased.subject === undefined ? undefined : await world.store.subjects.peek(leased.subject);
    return fail(leased, 'given-up', 'a fault in the service', subject, office, world);
  }
}

const mostFaults = 5;

async function takeOut(waited: Leased, office: Office, relay: Relay, world: World): Promise<Dispatched> {
  const now = world.clock();
  const letter = { ...waited.letter, seal: sealAtLast(waited.letter, office.policy) };
  const leased = { ...waited, letter };
  const subject = leased.subject === undefined ? undefined : await world.store.subjects.peek(leased.subject);
  const incident = incidentIn(subject);
  const definition = letterOfKind(letter.kind);
  if (!definition) throw new Error(`there is no letter "${letter.kind}"`);
  const disclosure = {
    audience: letter.audience,
    ...letter.to,
    contents: definition.contents,
    kind: letter.kind,
    answers: letter.kind === 'transcript',
    writtenAt: leased.createdAt,
    ...(letter.goesBy && { goesBy: letter.goesBy }),
  };
  const why = withheld(disclosure, incident, office.roster, now);
  if (why) return fail(leased, 'withheld', why, subject, office, world);
  // S1-50: read last, the notice with its old date would be believed.
  if (letter.kind === 'date-moved' && (await world.store.outbox.isBehind(leased, 'notice')))
    return (await world.store.outbox.later(leased.id, leased.fence, after(now, '10m'))) ? 'later' : 'stale';

  const certificate = await certificateOf(leased, incident, office, now);
  const target = letter.seal === 'may' ? await recipient(certificate, now) : undefined;
  const leavesSealed = letter.seal === 'must' || (target !== undefined && 'certificate' in target);
  const mail = await write(leased, { certificate, sealed: leavesSealed }, subject, office, world);
  const outerSubject = incident ? `[${incident.id}] ...` : '...';
  const how = { key: office.key, certificate, target, seal: letter.seal, outerSubject, now };
  // An approved text goes to many alike; whatever is rendered is for one.
  const sealed =
    letter.draft === undefined
      ? await seal(mail, how)
      : await office.copies.seal(mail, { ...how, copies: copiesFor(office.policy, letter.audience) });
  if ('refused' in sealed) return fail(leased, 'unsealable', sealed.refused, subject, office, world);

  const handed = await relay.hand({ from: office.address, to: letter.to.address, bytes: sealed.bytes });
  return mark(leased, handed, subject, office, world);
}

/** The letter in full: a frozen draft exactly as approved, everything else rendered now. */
async function write(
  leased: Leased,
  { certificate, sealed }: { readonly certificate: Certificate | undefined; readonly sealed: boolean },
  subject: Subject | undefined,
  office: Office,
  world: World,
): Promise<Outgoing> {
  const { letter, messageId, createdAt } = leased;
  const definition = letterOfKind(letter.kind);
  const about = { team: office.title, address: office.address, zone: office.policy.zone, recipient: letter.to.name };
  const text = letter.draft === undefined ? render(letter, about, office.templates) : frozen(letter.draft, subject);
  const prefix = letter.audience === 'public' ? channelPrefix(letter.to.who, office) : '';
  const from = { messages: world.store.messages, keyring: office.keyring, limits: world.limits, now: world.clock() };
  const carried = letter.carries ? await office.carried.attachments(letter.carries, from) : [];
  const attachments = [
    ...carried,
    ...(definition?.attachTeamKey ? [attachOwnKey(office.key)] : []),
    ...(letter.calendar && subject ? [calendarFile(letter.calendar, aboutFile(leased, subject.id, office))] : []),
  ];
  const { html, files } = htmlPart(
    text.html,
    definition ?? { kind: letter.kind },
    { seal: letter.seal, to: certificate !== undefined },
    office.policy,
  );
  const references = letter.references ?? [];
  const { emails } = office.key.certificate;
  const autocrypt = letter.audience !== 'public' && emails.includes(office.address) ? [autocryptField(office.key, office.address)] : [];
  const reply = sealed ? office.address : replyTo(leased, subject, office);
  return {
    from: author(office),
    to: [{ address: letter.to.address, name: letter.to.name }],
    replyTo: { address: reply, name: office.title },
    subject: `${prefix}${text.subject}`,
    date: createdAt,
    messageId,
    ...(references[0] !== undefined && { inReplyTo: references[0], references }),
    ...(definition && definition.autoSubmitted !== 'no' && { autoSubmitted: definition.autoSubmitted }),
    ...(autocrypt.length > 0 && { extra: autocrypt }),
    text: text.text,
    ...(html !== undefined && { html }),
    attachments: [...attachments, ...files],
  };
}

function aboutFile({ letter: { audience }, createdAt }: Leased, id: string, office: Office): AboutFile {
  return { id, audience, team: office.title, address: office.address, domain: domainOf(office), now: createdAt };
}

/**
 * Where an answer to a letter in clear belongs: to the incident with its audience, to the team's own desk, or to the plain address. An answer to
 * a sealed one is sealed too, and mail programs look for the key of the very address: the one that our key names (decision 0018).
 */
function replyTo({ letter }: Leased, subject: Subject | undefined, office: Office): string {
  if (letter.audience === 'public') return office.policy.advisory.replyTo ?? office.address;
  if (!subject) return office.address;
  return subject.kind === 'incident' ? replyAddress(office, subject.id, letter.audience, office.mac) : deskAddress(office);
}

/** A draft as it was approved; what became public then says when that was (S1-94). */
function frozen(mark: string, subject: Subject | undefined): DraftText {
  const journal = subject?.kind === 'incident' ? subject.recorded : [];
  const at = journal.findLastIndex(({ event }) => event.type === 'drafted' && event.mark === mark);
  const drafted = journal[at]?.event;
  if (subject?.kind !== 'incident' || drafted?.type !== 'drafted') throw new Error(`the draft ${mark} is not in the journal`);
  const announced = journal.find(({ event }) => event.type === 'announced' && event.mark === mark);
  const draft = announced && incidentIn({ ...subject, recorded: journal.slice(0, at + 1) })?.drafts[drafted.kind];
  return draft ? asPublished(draft, announced.at) : drafted;
}

function channelPrefix(name: string, { roster }: Office): string {
  const channel = roster.channels.find((known) => known.name === name);
  return channel?.kind === 'mail' && channel.subjectPrefix ? `${channel.subjectPrefix} ` : '';
}

async function certificateOf(
  { letter }: Leased,
  incident: Incident | undefined,
  office: Office,
  now: Date,
): Promise<Certificate | undefined> {
  // Whoever published it may be somebody else than the reporter, who could not read what is sealed to the reporter's key.
  const toReporter = letter.audience === 'reporter' && letter.to.address === incident?.reporter?.address;
  if (letter.certificate === undefined)
    return toReporter ? certificateOfReporter(incident, office, now) : certificateFor(office, letter.to.who, now);
  const [certificate] = await readCertificates(letter.certificate);
  return certificate;
}

const pauses: readonly Span[] = ['1m', '2m', '5m', '10m', '20m', '40m', '1h', '2h', '4h'];
const longestTry: Span = '5d';

async function mark(leased: Leased, handed: HandOver, subject: Subject | undefined, office: Office, world: World): Promise<Dispatched> {
  const now = world.clock();
  const { id, fence, attempts, createdAt, letter } = leased;
  const { outbox } = world.store;
  switch (handed.outcome) {
    case 'accepted':
      return (await outbox.sent(id, fence, now, handed.response)) ? 'sent' : 'stale';
    case 'permanent':
      return fail(leased, 'refused', handed.status ?? handed.response.slice(0, 3), subject, office, world);
    case 'temporary':
    case 'unknown': {
      const held = letter.notBefore ? new Date(letter.notBefore) : createdAt;
      // A letter that waited for a key is as old as its wait; it still gets its tries.
      if (now > after(held, longestTry) && attempts > pauses.length) return fail(leased, 'given-up', '', subject, office, world);
      const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? '4h';
      return (await outbox.later(id, fence, after(now, pause), handed.response)) ? 'later' : 'stale';
    }
    default:
      return handed satisfies never;
  }
}

/** What becomes of a letter that could not leave: most of those without a key wait for one. */
function endOf(how: Failure, { kind }: Leased['letter']): 'dropped' | 'failed' | 'keyless' {
  if (how === 'withheld') return 'dropped';
  return how === 'unsealable' && !letterOfKind(kind)?.perishable ? 'keyless' : 'failed';
}

type Failure = Extract<Event, { type: 'letter-failed' }>['how'];

/** Marks a letter as failed and records it with its incident in one commit, so that the alarm leaves exactly once. */
async function fail(
  leased: Leased,
  how: Failure,
  status: string,
  peeked: Subject | undefined,
  office: Office,
  world: World,
): Promise<Dispatched> {
  const now = world.clock();
  const { id, fence, letter } = leased;
  world.log.warn('a letter was not delivered', { letter: id, kind: letter.kind, why: how });
  return world.store.turn(async (turn) => {
    const subject = peeked && (await turn.subject(peeked.id));
    const marked = await turn.marks[endOf(how, letter)](id, fence, now, status);
    if (!marked) return 'stale';
    if (subject?.kind === 'incident') {
      const event: Event = { type: 'letter-failed', letter: id, kind: letter.kind, to: letter.to.who, how, ...(status && { status }) };
      await commit(turn, { subject, events: [event] }, { now }, office, world);
    } else if (letter.kind !== 'alarm' && how !== 'withheld') {
      const letters = await heardOf(turn, letter, how, status, office, now);
      const rows = letters.map((one) => toQueue(one, `failed/${id}`, undefined, office, world, now));
      await turn.commit({ events: [], letters: rows, team: office.name, now });
    }
    return how === 'withheld' ? 'dropped' : 'failed';
  });
}

/** Who hears that a letter of no incident could not leave; of a missing key once a day, like with incidents. */
async function heardOf(turn: Turn, letter: Letter, how: Failure, status: string, office: Office, now: Date): Promise<Letter[]> {
  if (how === 'unsealable' && letter.certificate === undefined) {
    const asked = await turn.recentLetters(office.name, 'key-wanted', letter.to.address, before(now, '1d'));
    return asked > 0 ? [] : keyMissing(letter, status, endOf(how, letter) === 'keyless', occasionOf(office));
  }
  return alarmLetters(
    `The letter "${letter.kind}" to ${letter.to.who} was not delivered.`,
    'Check the address and the mail server, or reach them another way.',
    office,
  );
}
