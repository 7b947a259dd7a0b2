// Which letters follow from what happens to the register: the owner and the team hear of every change, so that none is silent.
import type { Incident } from '#incident/incident.ts';
import { alarms } from '#letter/alarms.ts';
import { grouped } from '#letter/fingerprint.ts';
import type { Letter, Recipient } from '#letter/letter.ts';
import type { FactsByKind, Kind } from '#letter/list.ts';
import { members, reporter } from '#letter/recipients.ts';
import { reasonWords } from '#letter/unsealable.ts';
import { addressOf, type Held, holderOf, waysFor } from '#team/holder.ts';
import { type Audience, type Policy, sealFor } from '#team/policy.ts';
import type { Named, RegisterEvent } from '#team/register-event.ts';
import type { Roster } from '#team/roster.ts';

/** What these letters look at beside the events. */
export interface KeyOccasion {
  readonly policy: Policy;
  readonly roster: Roster;
  /** Of the team's key. */
  readonly fingerprint: string;
  readonly website?: string;
  /** What counts before the events. */
  readonly before: readonly Named[];
  /** Why keys that end cannot be used already, by fingerprint. */
  readonly unusable?: ReadonlyMap<string, string>;
  /** The files as they were last read; absent the first time. */
  readonly files?: { readonly certificates: readonly Named[]; readonly teamKey: string };
}

/** The letters that follow from new entries of the register. */
export function keyFollowUp(events: readonly RegisterEvent[], occasion: KeyOccasion): Letter[] {
  const accepted = new Set(events.flatMap((event) => (event.type === 'certificate-accepted' ? [event.fingerprint] : [])));
  const ending = events.filter((event) => event.type === 'end-warned');
  return [
    ...events.flatMap((event) => {
      switch (event.type) {
        case 'certificate-offered':
          // What counts in the same mail needs nobody's yes.
          return accepted.has(event.fingerprint) ? [] : offered(event, occasion);
        case 'certificate-accepted':
          return changed(event, { counts: true, way: event.way, replaces: event.replaces.map(grouped) }, occasion);
        case 'certificate-withdrawn':
          return changed(event, { counts: false, way: 'withdrawn', because: event.because, replaces: [] }, occasion);
        case 'files-read':
          return filesRead(event, occasion);
        case 'certificate-refreshed':
        case 'certificate-declined':
        case 'end-warned':
          return [];
        default:
          return event satisfies never;
      }
    }),
    ...endings(ending, occasion),
  ];
}

/** The answer to a key of somebody on the roster that cannot be used: why, so that they can send another. */
export function unusableKey(who: string, fingerprint: string, why: string, occasion: KeyOccasion): Letter[] {
  return received(who, fingerprint, { why }, occasion);
}

/** The answer to a private key: somebody sent the wrong half. */
export function exposedKey(who: string, fingerprint: string, occasion: KeyOccasion): Letter[] {
  return received(who, fingerprint, { exposed: true }, occasion);
}

function received(who: string, key: string, more: Partial<FactsByKind['key-received']>, occasion: KeyOccasion): Letter[] {
  const facts = { key: grouped(key), exposed: false, challenged: false, compared: false, ...more };
  return toHolder('key-received', who, { ...facts, fingerprint: grouped(occasion.fingerprint) }, occasion);
}

/**
 * What follows when a letter about the team's own matters cannot be encrypted: its recipient is asked for a key, and the team is alarmed where
 * something waits for it.
 */
export function keyMissing({ kind, to }: Pick<Letter, 'kind' | 'to'>, why: string, waits: boolean, occasion: KeyOccasion): Letter[] {
  const audienceWords = kind === 'transcript' ? 'the answer to your mail' : 'a confidential letter';
  const asked = toHolder(
    'key-wanted',
    to.who,
    { audienceWords, why: reasonWords(why), fingerprint: grouped(occasion.fingerprint) },
    occasion,
  );
  if (!waits) return asked;
  return [
    ...asked,
    ...alarms(occasion.policy, occasion.roster, {
      what: `A letter to ${to.who} waits, because it cannot be encrypted to them.`,
      advice: 'They were asked for a key; what waits for it leaves when one counts. Reach them another way if it is urgent.',
    }).filter((alarm) => alarm.to.who !== to.who),
  ];
}

/** The challenge for a reporter's other key: to the address of the report, encrypted to that key alone. */
export function reporterChallenge(incident: Incident): Letter[] {
  const { offeredKey } = incident;
  if (!offeredKey) return [];
  const { fingerprint, certificate, code, expires } = offeredKey;
  const facts: FactsByKind['key-challenge'] = { id: incident.id, key: grouped(fingerprint), code, expires: expires.toISOString() };
  return reporter(incident).map((to) => ({ kind: 'key-challenge', audience: 'reporter', to, seal: 'must', facts, certificate }));
}

type Of<Type extends RegisterEvent['type']> = Extract<RegisterEvent, { type: Type }>;

function offered(event: Of<'certificate-offered'>, occasion: KeyOccasion): Letter[] {
  const { who, fingerprint, armored, challenge, from } = event;
  const { roster, policy, before } = occasion;
  const held = holderOf(roster, who);
  if (!held) return [];
  const ways = waysFor(policy, held);
  const ask = { challenged: challenge !== undefined, compared: ways.includes('second-person') };
  const told = from === 'wkd' ? [] : received(who, fingerprint, ask, occasion);
  const asked = challenge
    ? toHolder('key-challenge', who, { key: grouped(fingerprint), ...challenge }, occasion).map(
        (letter): Letter => ({ ...letter, seal: 'must', certificate: armored }),
      )
    : [];
  const line = (word: string) => `/${word} ${who} ${fingerprint}`;
  const team = toTeam(
    'key-offered',
    {
      ...{ who, name: held.name, key: grouped(fingerprint), from, challenged: challenge !== undefined },
      before: before.filter((one) => one.who === who).map((one) => grouped(one.fingerprint)),
      commands: [
        ...(ways.includes('second-person') ? [{ line: line('accept-key'), help: 'you compared the whole fingerprint with them' }] : []),
        { line: line('decline-key'), help: 'they did not send it, or it is not wanted' },
      ],
    },
    occasion,
    who,
  );
  return [...told, ...asked, ...team];
}

type Change = Pick<FactsByKind['key-changed'], 'counts' | 'way' | 'because' | 'replaces'>;

function changed({ who, fingerprint, by }: Named & { by: string }, change: Change, occasion: KeyOccasion): Letter[] {
  const held = holderOf(occasion.roster, who);
  if (!held) return [];
  const facts = { ...change, name: held.name, key: grouped(fingerprint), by };
  return [
    ...toHolder('key-changed', who, { ...facts, yours: true }, occasion),
    ...toTeam('key-changed', { ...facts, yours: false }, occasion, who),
  ];
}

/** Owners hear of their own keys, the team of all of them in one letter; the key of the team concerns the operator too. */
function endings(events: readonly Of<'end-warned'>[], occasion: KeyOccasion): Letter[] {
  if (events.length === 0) return [];
  const { roster, unusable, fingerprint } = occasion;
  const shown = (event: Of<'end-warned'>, name: string) => {
    const why = unusable?.get(event.fingerprint);
    return { name, key: grouped(event.fingerprint), ends: event.ends, ...(why && { unusable: why }) };
  };
  const owners = [...new Set(events.map(({ who }) => who))].flatMap((who) => {
    const theirs = events.filter((event) => event.who === who).map((event) => shown(event, holderOf(roster, who)?.name ?? who));
    return toHolder('key-ending', who, { yours: true, ours: false, keys: theirs, fingerprint: grouped(fingerprint) }, occasion);
  });
  const ours = events.some(({ who }) => who === 'team');
  const all = {
    ...{ yours: false, ours, fingerprint: grouped(fingerprint) },
    keys: events.map((event) => shown(event, event.who === 'team' ? 'the team itself' : (holderOf(roster, event.who)?.name ?? event.who))),
  };
  // Whoever has no usable key was told of that in the letter to them; this one could not be encrypted to them anyway.
  const lost = new Set(events.flatMap((event) => (unusable?.has(event.fingerprint) ? [event.who] : [])));
  const team = toTeam('key-ending', all, occasion).filter(({ to }) => !lost.has(to.who));
  return [...owners, ...team, ...(ours ? toHolder('key-ending', 'operator', all, occasion) : [])];
}

function filesRead({ certificates, teamKey }: Of<'files-read'>, occasion: KeyOccasion): Letter[] {
  const { files, roster, policy } = occasion;
  if (!files) return [];
  return [
    ...ofFiles(files.certificates, certificates, policy, roster),
    ...(files.teamKey === teamKey ? [] : newTeamKey(files.teamKey, occasion)),
  ];
}

function ofFiles(before: readonly Named[], after: readonly Named[], policy: Policy, roster: Roster): Letter[] {
  const missing = (one: Named, among: readonly Named[]) =>
    !among.some((other) => other.who === one.who && other.fingerprint === one.fingerprint);
  const words = [
    ...after.filter((one) => missing(one, before)).map(({ who, fingerprint }) => `${who} has ${fingerprint}`),
    ...before.filter((one) => missing(one, after)).map(({ who, fingerprint }) => `${who} no longer has ${fingerprint}`),
  ];
  if (words.length === 0) return [];
  const more = words.length > 10 ? `; and ${words.length - 10} more` : '';
  return alarms(policy, roster, {
    what: `The operator changed the files with OpenPGP certificates: ${words.slice(0, 10).join('; ')}${more}.`,
    advice: 'If nobody of you asked for that, ask the operator. /keys all shows what counts.',
  });
}

function newTeamKey(old: string, occasion: KeyOccasion): Letter[] {
  const { roster, fingerprint, website } = occasion;
  const facts = { before: grouped(old), fingerprint: grouped(fingerprint), ...(website && { website }) };
  const everybody = [
    ...roster.members.map(({ handle }) => handle),
    ...roster.distributors.map(({ id }) => id),
    ...(roster.cna ? ['cna'] : []),
    ...(roster.administrator ? ['administrator'] : []),
  ];
  return everybody.flatMap((who) => toHolder('team-key-changed', who, facts, occasion));
}

/** To somebody of the roster at the address on file. Without contents, so it may go in clear where there is no key to seal it to. */
function toHolder<K extends Kind>(kind: K, who: string, facts: FactsByKind[K], { roster, policy }: KeyOccasion): Letter[] {
  const held = holderOf(roster, who);
  if (!held) return [];
  const audience = audienceOf(held, roster);
  const to: Recipient = { who: held.who, address: addressOf(held), name: held.name };
  return [{ kind, audience, to, seal: sealFor(policy, audience) === 'never' ? 'never' : 'may', facts }];
}

function audienceOf({ kind, who }: Held, roster: Roster): Audience {
  if (kind === 'distributor') return 'distributors';
  if (kind !== 'member') return kind;
  const roles = roster.members.find(({ handle }) => handle === who)?.roles ?? [];
  if (roles.includes('member') || roles.includes('associate')) return 'team';
  if (roles.includes('steering')) return 'steering';
  return roles.includes('release-manager') ? 'release-managers' : 'fix-team';
}

function toTeam<K extends Kind>(kind: K, facts: FactsByKind[K], { roster, policy }: KeyOccasion, except?: string): Letter[] {
  return members(roster)
    .filter(({ who }) => who !== except)
    .map((to) => ({ kind, audience: 'team', to, seal: sealFor(policy, 'team'), facts }));
}
