// What intake writes besides what follows from events: transcripts, drafts, answers to the team's own matters.
import { createHash } from 'node:crypto';
import type { Carried, TranscriptLine } from '#command/carry-out.ts';
import type { Situation } from '#command/command.ts';
import { commandFor } from '#command/list.ts';
import { carriedBy } from '#incident/draft.ts';
import type { DraftText, Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { isSeated } from '#incident/seat.ts';
import { type Arrival, inYourName } from '#letter/arrival.ts';
import { draftFacts } from '#letter/drafting.ts';
import type { Letter } from '#letter/letter.ts';
import type { FactsByKind } from '#letter/list.ts';
import { members } from '#letter/recipients.ts';
import { render } from '#letter/render.ts';
import { sealOf } from '#letter/sealing.ts';
import { arrivalOf, lineWords } from '#office/arriving.ts';
import { alarmLetters } from '#office/aside.ts';
import { exposedBy, exposedLetters, shownOf } from '#office/exposing.ts';
import type { Office } from '#office/office.ts';
import { toQueue } from '#office/outgoing.ts';
import type { Mail } from '#office/read.ts';
import { lockRegister, teamSubject } from '#office/register.ts';
import { type Taken, takenOf } from '#office/taken.ts';
import type { World } from '#office/world.ts';
import type { MailToKeep } from '#store/commit.ts';
import type { Turn } from '#store/turn.ts';
import type { Audience } from '#team/policy.ts';
import { proves, type Sender } from '#team/sender.ts';

/**
 * The answer to a mail with commands, to the address on file; strangers get none, since it would tell them what we obey. It repeats lines of the
 * mail, so what came encrypted goes back sealed, and only to whoever may have read it before.
 */
export function transcriptLetter(mail: Mail, carried: Carried, by: Sender, id: string | undefined, office: Office): Letter[] {
  const lines = mayRepeat(mail, by) ? carried.transcript : withoutWords(carried, mail);
  if (lines.length === 0 || by.who === 'outsider' || by.who === 'cna') return [];
  const audience = audienceOf(by, carried.incident);
  if (!audience) return [];
  const advice = adviceFor(carried, by);
  const facts = {
    ...(id && { id }),
    lines,
    ...(advice && { advice }),
  };
  return [
    {
      kind: 'transcript',
      audience,
      to: { who: by.who, address: by.address, name: by.name },
      seal: sealOf('transcript', audience, office.policy, carried.confidential ? carried : confidentialAs(mail, carried.incident)),
      facts,
    },
  ];
}

// In the part that lets them read most here, for that is what an answer may hold: each part has a seal of its own. Who must not hear of an incident
// comes here without one; an engineer on file who may, such as its reporter, is answered in that part alone.
function audienceOf(by: Sender, incident: Incident | undefined): Audience | undefined {
  if (by.roles.includes('distributor')) return 'distributors';
  if (by.who === 'administrator') return 'administrator';
  if (by.roles.includes('member')) return 'team';
  if (!incident) return by.roles.every((role) => role === 'engineer') ? 'fix-team' : 'team';
  if (isSeated(incident, by.who, by.roles)) return 'team';
  if (incident.fixTeam.some(({ person }) => person === by.who)) return 'fix-team';
  if (by.roles.includes('release-manager') && incident.told.includes(by.who)) return 'release-managers';
  return by.roles.every((role) => role === 'engineer') ? undefined : 'team';
}

/**
 * Whether the words of a mail may go back to its sender. Members may read what comes to the team. Anybody else may have put somebody's captured
 * ciphertext into a mail of their own, and we opened it for them.
 */
function mayRepeat({ opened }: Mail, by: Sender): boolean {
  return !opened.decrypted || by.roles.includes('member');
}

/**
 * What whoever is no member hears of the commands in a decrypted mail: what became of each. The words only where their own good signature covers
 * them, fresh or not, which it does for no line that was ignored.
 */
function withoutWords({ transcript }: Carried, { sender }: Mail): TranscriptLine[] {
  const orders = transcript.filter(({ outcome }) => outcome !== 'ignored');
  if (sender.proof === 'signed') return orders;
  const text = 'This mail came encrypted and your key did not sign it, so nothing of it is repeated. Sign it to hear more.';
  return orders.map(({ outcome }, index) => ({ line: `Command ${index + 1}`, outcome, text }));
}

function adviceFor({ transcript }: Carried, by: Sender): string | undefined {
  const is = (wanted: string) => transcript.some(({ outcome }) => outcome === wanted);
  if (is('refused') && by.proof === 'none')
    return 'If you did not write this, somebody pretends to be you; the others of the team are warned.';
  return is('not-reached') ? 'Mend the refused line and send it again with those after it; what is done is done.' : undefined;
}

/**
 * Commits a mail about the team itself: the transcript, the warnings and an alarm for a forged one, what somebody says beside commands to the
 * others, and what `enter` makes of its keys.
 */
export async function teamTurn(
  turn: Turn,
  mail: Mail,
  by: Sender,
  carried: Carried,
  kept: MailToKeep,
  { enter, warnings }: { readonly enter: (carried: Carried) => Promise<readonly Letter[]>; readonly warnings: readonly Letter[] },
  office: Office,
  world: World,
): Promise<Taken> {
  const refused = carried.transcript.some(({ line, outcome }) => outcome === 'refused' && !provesItself(line));
  const forged = refused && !proves(by, office.policy.proof);
  const alarms = forged
    ? alarmLetters(
        `A mail in the name of ${by.who} with commands was refused: nothing proves who sent it.`,
        `If ${by.name} did not send it, somebody pretends to be them.`,
        office,
      )
    : [];
  const exposed = await exposedBy(mail, office);
  const arrival = shownOf(arrivalOf(mail, by, undefined, carried), exposed);
  const answers = [
    ...transcriptLetter(mail, carried, by, undefined, office),
    ...(await exposedLetters(turn, exposed, by, undefined, office, kept.receivedAt)),
  ];
  const entered = await enter(carried);
  const told = [...answers, ...entered].some(({ to }) => to.who === by.who);
  const letters = [
    ...answers,
    ...[...alarms, ...warnings].filter(({ to }) => to.who !== by.who),
    ...deskLetters(mail, arrival, carried, { id: kept.id, told }, office),
  ];
  // Letters of the team's own matters: an answer to one comes back to the desk and opens no incident.
  await lockRegister(turn, office, kept.receivedAt);
  await turn.commit({
    subject: { id: teamSubject(office), stage: 'open' },
    message: { ...kept, kind: 'team' },
    events: [],
    letters: letters.map((letter) => toQueue(letter, `mail/${kept.id}`, undefined, office, world, kept.receivedAt)),
    now: kept.receivedAt,
  });
  return takenOf({ mail, by, kind: 'team', carried, letters: [...letters, ...entered] });
}

function confidentialAs({ opened }: Mail, incident?: Incident): Pick<Incident, 'confidential'> {
  return opened.decrypted || incident?.confidential ? { confidential: true } : {};
}

function provesItself(line: string): boolean {
  return commandFor(line.slice(1).split(/\s/, 1)[0] ?? '')?.provesItself === true;
}

/**
 * What a mail to the team says beside its commands, to the members who did not write it; of strangers, who get no answer, also what failed. The
 * member in whose name it comes need not have written it where nothing proves that, and hears of it unless another letter told them.
 */
function deskLetters(
  mail: Mail,
  arrival: Arrival,
  { remarks, transcript }: Carried,
  { id, told }: { readonly id: string; readonly told: boolean },
  { policy, roster }: Office,
): Letter[] {
  const { by, role, subject, proof, signature, text, attachments } = arrival;
  const failed = by.who === 'outsider' && transcript.some(({ outcome }) => outcome === 'refused');
  if (remarks === '' && mail.opened.attachments.length === 0 && !failed) return [];
  const done = transcript.filter(({ outcome }) => outcome === 'done' || outcome === 'refused').map(lineWords);
  const facts: FactsByKind['desk'] = { who: by.name, role, subject, proof, signature, text, attachments: [...attachments], done };
  return members(roster)
    .filter(({ who }) => who !== by.who || (by.proof === 'none' && !told))
    .map((to) => ({
      kind: 'desk',
      audience: 'team',
      to,
      seal: sealOf('desk', 'team', policy, confidentialAs(mail)),
      facts: to.who === by.who ? { ...facts, role: inYourName } : facts,
      ...(attachments.length > 0 && { carries: [id] }),
    }));
}

/** Renders drafts for commands; the mark is a digest of exactly what would leave. */
export function writer(office: Office, recorded: readonly Recorded[], now: Date): Situation['write'] {
  const { policy, roster, address, title, templates } = office;
  return (kind, incident, own) => {
    const facts = draftFacts(kind, { incident, recorded, policy, roster, contact: address, now });
    const rendered = render({ kind, facts }, { team: title, address, zone: policy.zone, recipient: '' }, templates);
    const text = own === undefined ? rendered : ownDraft(own, rendered.subject);
    const mark = createHash('sha256')
      .update(JSON.stringify([kind, text.subject, text.text, text.html ?? '', ...carriedBy(kind, incident)]))
      .digest('hex')
      .slice(0, 8);
    return { ...text, mark };
  };
}

// A text of the team's own may begin with its subject, as a mail does.
function ownDraft(own: string, usual: string): DraftText {
  const match = /^Subject:[ \t]*([^\n]{1,200})\n+/i.exec(own);
  return match?.[1]
    ? { subject: match[1].trim(), text: `${own.slice(match[0].length).trim()}\n` }
    : { subject: usual, text: `${own.trim()}\n` };
}
