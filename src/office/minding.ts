// Looks through a team's register when its deadline comes: keys that end, files that changed, missing keys to look for, letters whose key has come.
import type { Event } from '#incident/event.ts';
import { type Brought, broughtBy, entriesFor, holdsUsable } from '#office/brought.ts';
import { incidentIn } from '#office/matter.ts';
import type { Held, Office } from '#office/office.ts';
import { commit } from '#office/outgoing.ts';
import { current, lockRegister } from '#office/register.ts';
import { commitRegister, lookSoon } from '#office/registering.ts';
import { certificateOfReporter } from '#office/reporter-key.ts';
import { standingOf } from '#office/standing.ts';
import { expectWeekly } from '#office/weekly.ts';
import { draw, type World } from '#office/world.ts';
import { canEncrypt } from '#pgp/keyring.ts';
import { wkdPaths } from '#pgp/wkd.ts';
import type { Posted } from '#store/outbox.ts';
import { type Standing, watchEnds } from '#team/certificate-watch.ts';
import { addressOf, type Held as Holder, holderOf } from '#team/holder.ts';
import type { Register } from '#team/register.ts';
import type { RegisterEvent } from '#team/register-event.ts';
import { after } from '#time.ts';

/** Asks for the register of a team to be looked through at once: when a daemon starts, files may have changed while none ran. */
export async function lookThrough(office: Office, world: World): Promise<void> {
  const now = world.clock();
  await world.store.turn((turn) => lookSoon(turn, office, now));
  await expectWeekly(office, world);
}

/** Minds the register of a team; true when it had something to say. Two daemons that come at once say it once. */
export async function mindRegister(given: Office, world: World): Promise<boolean> {
  const now = world.clock();
  const office = await current(given, world.store, now);
  // Before the next look is written down: if this process ends on the way, the letters are not forgotten until then.
  const released = await releaseLetters(office, world, now);
  const standing = await standingOf(office, now);
  const found = await lookedUp(office, standing, world, now);
  const said = await world.store.turn(async (turn) => {
    const register = await lockRegister(turn, office, now);
    const { warnings, next } = watchEnds(standing, register, now);
    const bringing = { signedBy: undefined, policy: office.policy, now };
    const entries = [
      ...filesRead(office, register),
      ...left(office, register),
      ...entriesFor(found, register, office, bringing, world),
      ...warnings,
    ];
    const lookAgain = new Date(Math.min(after(now, '1d').getTime(), next?.getTime() ?? Number.POSITIVE_INFINITY));
    const unusable = new Map(standing.flatMap((one) => (one.unusable ? [[one.fingerprint, one.unusable] as const] : [])));
    await commitRegister(turn, { entries, register, lookAgain, unusable }, `keys/${draw(world, 12)}`, office, world, now);
    return entries.length > 0;
  });
  return said || released > 0;
}

function filesRead({ filed, key }: Office, { files }: Register): RegisterEvent[] {
  const certificates = filed.map(({ who, certificate }: Held) => ({ who, fingerprint: certificate.fingerprint }));
  const told = (list: readonly { who: string; fingerprint: string }[]) =>
    list
      .map(({ who, fingerprint }) => `${who} ${fingerprint}`)
      .sort()
      .join('\n');
  if (files && files.teamKey === key.fingerprint && told(files.certificates) === told(certificates)) return [];
  return [{ type: 'files-read', certificates, teamKey: key.fingerprint }];
}

/** What was accepted of those who are on the roster no more: nobody who gets their name later shall hold their key. */
function left({ roster }: Office, { accepted }: Register): RegisterEvent[] {
  return accepted
    .filter(({ who }) => !holderOf(roster, who))
    .map(({ who, fingerprint }) => ({
      type: 'certificate-withdrawn',
      who,
      fingerprint,
      by: 'operator',
      because: 'not on the roster any more',
    }));
}

/** Certificates found in the web key directories of holders without a usable one, where the policy says so. */
async function lookedUp(office: Office, standing: readonly Standing[], world: World, now: Date): Promise<Brought[]> {
  const { wkd } = world;
  if (!wkd || !office.policy.certificates.wkd) return [];
  const found: Brought[] = [];
  for (const holder of holdersOf(office)) {
    if (standing.some(({ who, unusable }) => who === holder.who && !unusable)) continue;
    const bytes = await wkd(wkdPaths(addressOf(holder)));
    if (bytes) found.push(...(await broughtBy(holder.who, [{ armored: bytes, from: 'wkd', covered: false }], office, now)));
  }
  return found;
}

function holdersOf({ roster }: Office): Holder[] {
  const names = [
    ...roster.members.map(({ handle }) => handle),
    ...roster.distributors.map(({ id }) => id),
    'cna',
    'administrator',
    'operator',
  ];
  return names.flatMap((name) => holderOf(roster, name) ?? []);
}

/** Lets the letters go whose recipient has a usable certificate now; one of several that say the same to the same. Answers with their number. */
async function releaseLetters(office: Office, world: World, now: Date): Promise<number> {
  const waiting = await world.store.outbox.keylessLetters(office.name);
  const groups = new Map<string, Posted[]>();
  for (const posted of waiting) {
    const name = `${posted.subject ?? ''} ${posted.letter.to.who}`;
    groups.set(name, [...(groups.get(name) ?? []), posted]);
  }
  let released = 0;
  for (const letters of groups.values()) {
    const [{ letter, subject } = {}] = letters;
    if (!letter || !(await canReach(letter.to.who, subject, office, world, now))) continue;
    released += await release(letters, letter.to.who, office, world, now);
  }
  return released;
}

async function canReach(who: string, subject: string | undefined, office: Office, world: World, now: Date): Promise<boolean> {
  if (who !== 'reporter') return holdsUsable(who, office, now);
  const incident = subject === undefined ? undefined : incidentIn(await world.store.subjects.peek(subject));
  const certificate = await certificateOfReporter(incident, office, now);
  return certificate !== undefined && (await canEncrypt(certificate, now)).usable;
}

/** What helps nobody once it is public. */
const beforePublication: readonly string[] = ['notice', 'date-moved', 'final-notice'];

async function release(letters: readonly Posted[], to: string, office: Office, world: World, now: Date): Promise<number> {
  const last = new Map(
    letters.map((posted) => [posted.letter.draft === undefined ? posted.id : `the latest ${posted.letter.kind}`, posted.id]),
  );
  const wanted = new Set(last.values());
  return world.store.turn(async (turn) => {
    const [{ subject: id } = {}] = letters;
    const subject = id === undefined ? undefined : await turn.subject(id);
    const incident = incidentIn(subject);
    const isPublic = incident?.announcedAt !== undefined;
    const stale = (posted: Posted) => !wanted.has(posted.id) || (isPublic && beforePublication.includes(posted.letter.kind));
    const ids = (which: readonly Posted[]) => which.map((posted) => posted.id);
    await turn.rouse({ letters: ids(letters.filter(stale)), to: 'dropped', now });
    const roused = await turn.rouse({ letters: ids(letters.filter((posted) => !stale(posted))), to: 'waiting', now });
    const event: Event = { type: 'letters-released', to, letters: roused.length };
    if (subject?.kind === 'incident' && roused.length > 0) await commit(turn, { subject, events: [event] }, { now }, office, world);
    return roused.length;
  });
}
