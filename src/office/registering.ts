// Writes entries of the register and what follows from them, in the turn that holds the team's own matters.
import { type KeyOccasion, keyFollowUp, unusableKey } from '#letter/key-follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { type Brought, broughtBy, entriesFor } from '#office/brought.ts';
import { mayAnswer } from '#office/limits.ts';
import type { Office } from '#office/office.ts';
import { toQueue } from '#office/outgoing.ts';
import type { Mail } from '#office/read.ts';
import { lockRegister, teamSubject } from '#office/register.ts';
import type { World } from '#office/world.ts';
import type { Turn } from '#store/turn.ts';
import { addressOf, holderOf } from '#team/holder.ts';
import { objectionTo, offerOf, type Register } from '#team/register.ts';
import type { RegisterEvent } from '#team/register-event.ts';
import { isOnRoster } from '#team/sender.ts';

/** The deadline under which the register is looked through. */
export const registerDeadline = 'certificates';

/** The deadline of the weekly digest, which what happens to certificates leaves alone. */
export const weeklyDeadline = 'weekly';

/** The certificates that a mail of somebody on the roster brings, the operator among them; none of a stranger's. */
export async function broughtWith({ sender, opened }: Mail, office: Office, now: Date): Promise<Brought[]> {
  const who = isOnRoster(sender) ? sender.who : holderOf(office.roster, opened.from?.address ?? '')?.who;
  return who === undefined ? [] : broughtBy(who, opened.certificates, office, now);
}

/** What a mail, a lookup or the watch adds to the register. */
export interface Entering {
  readonly entries: readonly RegisterEvent[];
  /** As it stood under the lock of this turn. */
  readonly register: Register;
  /** Letters that belong to no entry. */
  readonly more?: readonly Letter[];
  /** When the register is looked through again; absent: at once, since something changed. */
  readonly lookAgain?: Date;
  /** Why keys that end cannot be used already. */
  readonly unusable?: ReadonlyMap<string, string>;
}

/** Commits entries with their letters and the moment of the next look. `cause` names the decision, so that no letter is queued twice. */
export async function commitRegister(
  turn: Turn,
  { entries, register, more = [], lookAgain, unusable }: Entering,
  cause: string,
  office: Office,
  world: World,
  now: Date,
): Promise<Letter[]> {
  const letters = [
    ...keyFollowUp(entries, { ...occasionOf(office), ...(register.files && { files: register.files }), ...(unusable && { unusable }) }),
    ...more,
  ];
  const rows = letters.map((letter) => toQueue(letter, cause, undefined, office, world, now));
  await turn.commit({
    subject: { id: teamSubject(office), stage: 'open' },
    events: entries,
    letters: rows,
    deadlines: [{ key: registerDeadline, dueAt: lookAgain ?? now }],
    besides: [weeklyDeadline],
    now,
  });
  return rows.map(({ letter }) => letter);
}

/** Has the register looked through at once. */
export async function lookSoon(turn: Turn, office: Office, now: Date): Promise<void> {
  await lockRegister(turn, office, now);
  const deadlines = [{ key: registerDeadline, dueAt: now }];
  await turn.commit({
    subject: { id: teamSubject(office), stage: 'open' },
    events: [],
    letters: [],
    deadlines,
    besides: [weeklyDeadline],
    now,
  });
}

/** What the letters about keys know of a team. */
export function occasionOf(office: Office): KeyOccasion {
  const { policy, roster, key, website } = office;
  const before = office.held.map(({ who, certificate }) => ({ who, fingerprint: certificate.fingerprint }));
  return { policy, roster, fingerprint: key.fingerprint, before, ...(website !== undefined && { website }) };
}

/** What a mail brings, what its commands want, and whose fresh signature it bears, for the register. */
export interface FromMail {
  readonly brought: readonly Brought[];
  readonly commanded: readonly RegisterEvent[];
  readonly signedBy: string | undefined;
  /** The mail's row. */
  readonly mail: string;
}

/** Enters what a mail's certificates and commands come to. Answers with the letters, none when nothing was entered. */
export async function enterFromMail(
  turn: Turn,
  { brought, commanded, signedBy, mail }: FromMail,
  office: Office,
  world: World,
  now: Date,
): Promise<Letter[]> {
  if (brought.length === 0 && commanded.length === 0) return [];
  const register = await lockRegister(turn, office, now);
  const offered = entriesFor(brought, register, office, { signedBy, policy: office.policy, now }, world);
  const entries = [...(await withinLimits(turn, offered, office, now)), ...stillTrue(commanded, register)];
  const more = await unusableLetters(turn, brought, office, now);
  if (entries.length === 0 && more.length === 0) return [];
  return commitRegister(turn, { entries, register, more }, `keys/${mail}`, office, world, now);
}

// Another daemon may have answered the same offer, or withdrawn the same certificate, a moment ago.
function stillTrue(commanded: readonly RegisterEvent[], before: Register): RegisterEvent[] {
  return commanded.filter((entry) => {
    if (entry.type === 'certificate-accepted') return objectionTo(before, entry) === undefined;
    if (entry.type === 'certificate-declined') return offerOf(before, entry) !== undefined;
    return entry.type !== 'certificate-withdrawn' || !before.out.has(entry.fingerprint);
  });
}

// Whoever writes in somebody's name must not be able to flood them with challenges (RFC 3834 §2). What the old key signed sets off none.
async function withinLimits(turn: Turn, entries: readonly RegisterEvent[], office: Office, now: Date): Promise<RegisterEvent[]> {
  const signed = new Set(entries.flatMap((entry) => (entry.type === 'certificate-accepted' ? [entry.fingerprint] : [])));
  const kept: RegisterEvent[] = [];
  for (const entry of entries) {
    const asks = entry.type === 'certificate-offered' && !signed.has(entry.fingerprint);
    if (!asks || (await mayWriteTo(entry.who, turn, office, now)) !== 'no more') kept.push(entry);
  }
  return kept;
}

/** Whether the limits on answers about keys leave one for this holder. */
async function mayWriteTo(who: string, turn: Turn, office: Office, now: Date): Promise<'yes' | 'no more' | 'nobody'> {
  const holder = holderOf(office.roster, who);
  if (!holder) return 'nobody';
  return (await mayAnswer(turn, 'key-received', addressOf(holder), office, now)) ? 'yes' : 'no more';
}

async function unusableLetters(turn: Turn, brought: readonly Brought[], office: Office, now: Date): Promise<Letter[]> {
  const letters: Letter[] = [];
  for (const { is, who, fingerprint, why = '' } of brought) {
    if (is !== 'unusable' || (await mayWriteTo(who, turn, office, now)) !== 'yes') continue;
    letters.push(...unusableKey(who, fingerprint, why, occasionOf(office)));
  }
  return letters;
}
