// Mails that open no incident and obey nobody: machine mail is recorded, unusable mail is put aside with an alarm. Neither is answered.
import type { Event } from '#incident/event.ts';
import { isOurs } from '#incident/thread.ts';
import { alarms } from '#letter/alarms.ts';
import type { Letter } from '#letter/letter.ts';
import { fingerprint, fingerprintOf } from '#mail/fingerprint.ts';
import { noReply } from '#mail/forwarded.ts';
import type { Machine } from '#mail/machine.ts';
import type { Message } from '#mail/message.ts';
import { mayAnswer } from '#office/limits.ts';
import type { Office } from '#office/office.ts';
import { commit, toQueue } from '#office/outgoing.ts';
import { type Taken, takenOf } from '#office/taken.ts';
import { draw, type World } from '#office/world.ts';
import type { Fetched } from '#post/imap.ts';
import type { MailToKeep } from '#store/commit.ts';
import type { Turn } from '#store/turn.ts';
import { sealFor } from '#team/policy.ts';
import type { Sender } from '#team/sender.ts';

interface Options {
  readonly keep: boolean;
}

/** Keeps a mail that cannot be used and alarms the team, without its contents. */
export async function takeUnusable(
  fetched: Fetched,
  { why, message }: { readonly why: string; readonly message?: Message },
  office: Office,
  world: World,
  now: Date,
  options: Options,
): Promise<Taken> {
  const bytes = fetched.bytes ?? Buffer.alloc(0);
  const print = fetched.bytes ? fingerprintOf(bytes) : fingerprintOf(Buffer.from(JSON.stringify(fetched.place)));
  const mail: MailToKeep = {
    ...keptBase(fetched, office, world, now, options),
    fingerprint: again(print, world, options),
    kind: 'unusable',
    raw: bytes,
    note: { why },
  };
  return world.store.turn(async (turn) => {
    const before = options.keep && (await turn.seen({ team: office.name, place: fetched.place, fingerprint: mail.fingerprint }));
    // Moved back into the inbox it is as unusable as before: it is put aside again, without a second alarm.
    if (before) return takenOf({ kind: 'unusable', why, ...(message && { message }) });
    const alarms = alarmLetters(
      `A mail could not be read: ${why.replace(/\.$/, '')}.`,
      'It lies in the folder for shunted mail. Look at it there; it may be a report.',
      office,
    );
    const letters = [...alarms, ...(message ? await askAgain(turn, message, office, now) : [])];
    await turn.commit({
      message: mail,
      events: [],
      letters: letters.map((letter) => toQueue(letter, `mail/${mail.id}`, undefined, office, world, now)),
      now,
    });
    return takenOf({ kind: 'unusable', why, ...(message && { message }), letters });
  }, options);
}

/** Records a bounce, an automatic reply, list mail or our own mail; a bounce of a letter of ours becomes an event of its incident. */
export async function takeMachineMail(
  fetched: Fetched,
  { message, machine }: { readonly message: Message; readonly machine: Machine },
  office: Office,
  world: World,
  now: Date,
  options: Options,
): Promise<Taken> {
  return world.store.turn(async (turn) => {
    const print = again(fingerprint(message), world, options);
    const before = options.keep && (await turn.seen({ team: office.name, place: fetched.place, fingerprint: print }));
    if (before) return takenOf({ kind: 'seen' });
    const mail: MailToKeep = {
      ...keptBase(fetched, office, world, now, options),
      fingerprint: print,
      ...(message.messageId && { messageId: message.messageId }),
      kind: 'machine',
      raw: message.bytes,
      note: { is: machine.is },
    };
    const failed = machine.is === 'bounce' ? await failures(turn, machine, office) : undefined;
    const subject = failed && (await turn.subject(failed.subject));
    if (!failed || !subject || subject.kind !== 'incident') {
      const letters = failed ? alarmLetters('A letter of ours came back.', 'Check the address on file.', office) : [];
      await turn.commit({
        message: mail,
        events: [],
        letters: letters.map((letter) => toQueue(letter, `mail/${mail.id}`, undefined, office, world, now)),
        now,
      });
      return takenOf({ kind: 'machine', message, machine, letters });
    }
    const outcome = await commit(turn, { subject, events: failed.events, mail }, { now }, office, world);
    return takenOf({ kind: 'machine', message, machine, incident: subject.id, letters: outcome.letters });
  }, options);
}

/** Asks the author of a mail that was encrypted to something we cannot read for another one, within the limits of acknowledgements. */
async function askAgain(turn: Turn, { from }: Message, office: Office, now: Date): Promise<Letter[]> {
  if (!from || noReply(from.address) || isOurs(from.address, office) || !(await mayAnswer(turn, 'unread', from.address, office, now)))
    return [];
  const to = { who: 'reporter', address: from.address, name: from.name };
  return [
    { kind: 'unread', audience: 'reporter', to, seal: sealFor(office.policy, 'reporter'), facts: { fingerprint: office.key.fingerprint } },
  ];
}

// Only a Message-ID of ours, which nobody can guess, ties a bounce to a letter; the addresses in it are claims.
async function failures(turn: Turn, machine: Machine, office: Office): Promise<{ subject: string; events: Event[] } | undefined> {
  const hard = machine.recipients.find(({ permanent }) => permanent);
  if (!hard || !machine.about) return undefined;
  const [citation] = await turn.cited(office.name, [machine.about]);
  if (!citation?.ours || !citation.letter) return undefined;
  const { id, kind, to } = citation.letter;
  const event: Event = { type: 'letter-failed', letter: id, kind, to: to.who, how: 'bounced', ...(hard.status && { status: hard.status }) };
  return { subject: citation.subject, events: [event] };
}

/** An alarm to every member and the operator: what happened and what to do, no contents. */
export function alarmLetters(what: string, advice: string, { policy, roster }: Office, id?: string): Letter[] {
  return alarms(policy, roster, { ...(id && { id }), what, advice });
}

/** What the team is told when somebody wrote about incidents that they must not hear of, and were answered as if there were none. */
export function unheardAlarms(unheard: ReadonlySet<string>, { who, proof }: Sender, office: Office): Letter[] {
  const ids = [...unheard].slice(0, 5);
  if (ids.length === 0) return [];
  const whose = proof === 'none' ? 'in the name of' : 'of';
  return alarmLetters(
    `A mail ${whose} ${who} is about ${ids.join(', ')}, of which they are told nothing.`,
    'They got the answer that an id gets which nobody has. Ask yourselves how they know it; if they should hear of it, bring them in.',
    office,
    ids[0],
  );
}

function keptBase(
  fetched: Fetched,
  office: Office,
  world: World,
  now: Date,
  options: Options,
): Pick<MailToKeep, 'id' | 'team' | 'place' | 'receivedAt'> {
  return { id: draw(world, 20), team: office.name, place: placeFor(fetched, world, options), receivedAt: now };
}

/** A rehearsal looks at a mail as if it came for the first time, so it must not meet its own trace. */
export function again(print: string, world: World, { keep }: Options): string {
  return keep ? print : `${print} ${draw(world, 10)}`;
}

/** The place a mail is kept under; a rehearsed one lies nowhere. */
export function placeFor({ place }: Fetched, world: World, { keep }: Options): Fetched['place'] {
  return keep ? place : { ...place, mailbox: `rehearsal ${draw(world, 10)}` };
}
