// Every stage that an incident can be in, and for every command an order of its own: where it has its place and where it has none.
import type { Action, Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { incidentOf } from '#incident/incident.ts';
import { emptyRegister, registered } from '#team/register.ts';
import {
  accepted,
  announced,
  announcementSet,
  type Bent,
  closed,
  cve,
  fixed,
  idOf,
  journal,
  member,
  noticed,
  now,
  policy,
  ready,
  reported,
  reviewed,
  scheduled,
} from '#test/situation.ts';

const publicAt = '2026-03-16T16:00:00.000Z';
const leads: Event = { type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'volunteered' };
const rated: Event = {
  type: 'severity-set',
  by: 'lead',
  level: 'high',
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  score: 9.8,
};
const other = idOf('SRC-0AAAAA');
const fixing: readonly Event[] = [accepted, leads, rated];
const fixReady: readonly Event[] = [...fixing, ...fixed];
const dated: readonly Event[] = [...fixReady, cve, scheduled(publicAt), ...ready('notice'), ...ready('announcement'), ...ready('heads-up')];
const told: readonly Event[] = [...dated, noticed];
const confirmed: readonly Event[] = [...told, announcementSet];
const final: Event = { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt, distributors: ['acme', 'gamma'] };
const out: readonly Event[] = [...confirmed, final, announced];
const lookedBack: readonly Event[] = [...out, ...ready('retrospective'), reviewed];

/** What happened until an incident stood there. */
export const stages = {
  reported: [reported],
  accepted: [accepted],
  declined: [{ type: 'declined', by: 'lead', class: 'hardening', text: 'no' }],
  spam: [{ type: 'spam-marked', by: 'lead' }],
  fixing,
  'fix ready': fixReady,
  scheduled: dated,
  noticed: told,
  confirmed,
  'final notice': [...confirmed, final],
  announced: out,
  retrospective: lookedBack,
  closed: [...lookedBack, closed],
  reopened: [accepted, closed, { type: 'reopened', by: 'lead' }],
  duplicate: [{ type: 'duplicate-linked', by: 'lead', of: other }],
} as const satisfies Readonly<Record<string, readonly Event[]>>;
export type Place = keyof typeof stages;
export const places = Object.keys(stages) as Place[];

const but = (all: readonly Place[], ...without: readonly Place[]) => all.filter((place) => !without.includes(place));
const open = but(places, 'spam', 'closed');
const unpublished = but(open, 'announced', 'retrospective');
const underway = but(unpublished, 'declined', 'duplicate');
const accepting = but(underway, 'reported');
const withDate = ['scheduled', 'noticed', 'confirmed', 'final notice'] as const;
const confirmedOnes = ['confirmed', 'final notice'] as const;
const public_ = ['announced', 'retrospective'] as const;

/** An order, the places it has, and what follows there; `first` happened right after the report, so that there is something to order. */
export interface Order extends Bent {
  readonly order: string;
  readonly at: readonly Place[];
  readonly happens?: readonly Event['type'][];
  readonly first?: readonly Event[];
}

const person = (handle: string, roles: readonly string[] = ['member']) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.org`],
  roles,
});
const weeks = { from: '2026-03-02', order: ['lead', 'second', 'third'] };

/** A team that has every part and every rule that a process can have. */
export const everything: Bent = {
  roster: {
    members: [...['lead', 'second', 'third'].map((handle) => person(handle)), person('engineer', ['engineer'])],
    administrator: { name: 'Administrator', address: 'administrator@example.org' },
    parts: { triage: weeks },
  },
  policy: {
    headsUp: { fields: [] },
    parts: { standing: { triage: { title: 'Triage', duties: 'Looks first.', by: 'week' } } },
    branches: ['release-1.30'],
    catalogue: {
      scopes: { server: { what: 'It runs all the time.', components: ['apiserver'] } },
      effects: { denial: 'It stops.' },
      actors: { remote: 'From anywhere.' },
      terms: {},
      cells: [{ scope: 'server', effect: 'denial', actor: 'remote', level: 'high', text: 'It stops from anywhere.' }],
    },
    fixTeam: { ...policy().fixTeam, access: 'must' },
  },
};

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const offer = registered(
  emptyRegister,
  {
    type: 'certificate-offered',
    who: 'acme',
    fingerprint,
    armored: 'the new one',
    from: 'attached',
    challenge: { code: '7Q2ZD0KX4MB1N8WJ5TRV9CHFGA', expires: '2026-03-04T12:00:00.000Z' },
  },
  now,
);
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer'] };
const requested: Event = { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'engineer' };
const offered: Event = { type: 'handoff-offered', by: 'lead', to: 'second' };
const given: Event = { type: 'part-given', part: 'triage', to: 'lead', how: 'week', by: 'embargod' };
const exposed: Event = { type: 'exposed', by: 'lead' };
const commits: Event = { type: 'commits-named', by: 'second', commits: ['1a2b3c4'] };
const asked = (action: Action): Event => ({
  type: 'confirmation-asked',
  by: 'second',
  action,
  codes: [{ to: 'lead', code: 'K7Q2ZD' }],
  expires: '2026-03-04T12:00:00.000Z',
});

/** The incident that another repeats. */
export function original(): Incident {
  const found = incidentOf(other, journal(accepted));
  if (!found) throw new Error('there is no other incident');
  return found;
}

/** At least one order of every command, with what it takes to be carried out somewhere. */
export const orders: Readonly<Record<string, readonly Order[]>> = {
  help: [{ order: '/help', at: places }],
  status: [{ order: '/status', at: places }],
  timeline: [{ order: '/timeline', at: places }],
  plan: [{ order: '/plan', at: places }],
  'who-knows': [{ order: '/who-knows', at: places }],
  list: [{ order: '/list', at: places }],
  stats: [{ order: '/stats', at: places }],
  note: [{ order: '/note so it is', at: places, happens: ['noted'] }],
  reply: [{ order: '/reply thank you', at: places, happens: ['replied'] }],
  ask: [{ order: '/ask which version', at: places, happens: ['replied'] }],
  reporter: [{ order: '/reporter other@example.net', at: places, happens: ['reporter-named'] }],
  take: [{ order: '/take', at: open, happens: ['taken'] }],
  handoff: [{ order: '/handoff second', at: open, happens: ['handoff-offered'] }],
  'accept-handoff': [{ order: '/accept-handoff', at: open, happens: ['handoff-accepted'], first: [offered], by: member('second') }],
  'decline-handoff': [{ order: '/decline-handoff', at: open, happens: ['handoff-declined'], first: [offered], by: member('second') }],
  'take-part': [{ order: '/take-part triage', at: open, happens: ['part-taken'] }],
  pass: [{ order: '/pass triage because I am travelling', at: open, happens: ['part-passed', 'part-given'], first: [given] }],
  parts: [{ order: '/parts', at: places }],
  'on-call': [{ order: '/on-call', at: places }],
  accept: [{ order: '/accept', at: ['reported', 'declined', 'duplicate'], happens: ['accepted'] }],
  decline: [{ order: '/decline hardening', at: but(underway, 'noticed', ...confirmedOnes), happens: ['declined'] }],
  duplicate: [
    { order: '/duplicate SRC-0AAAAA', at: but(unpublished, 'noticed', ...confirmedOnes, 'duplicate'), happens: ['duplicate-linked'] },
  ],
  spam: [{ order: '/spam', at: ['reported', 'declined', 'duplicate'], happens: ['spam-marked'] }],
  public: [{ order: '/public', at: unpublished, happens: ['exposed'] }],
  private: [{ order: '/private because it is another', at: unpublished, happens: ['exposure-withdrawn'], first: [exposed] }],
  privacy: [
    { order: '/privacy ask', at: unpublished, happens: ['privacy-asked'], first: [exposed] },
    { order: '/privacy yes', at: unpublished, happens: ['privacy-answered'], first: [exposed] },
    { order: '/privacy no', at: unpublished, happens: ['privacy-answered'], first: [exposed] },
  ],
  severity: [
    { order: '/severity low because so', at: open, happens: ['severity-set'] },
    { order: '/severity CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', at: open, happens: ['severity-set'] },
  ],
  classify: [{ order: '/classify apiserver denial remote', at: open, happens: ['classified'] }],
  explain: [{ order: '/explain remote', at: places }],
  decide: [{ order: '/decide slow yes anyway because people are away', at: accepting, happens: ['decided'] }],
  lead: [{ order: '/lead second because they know it', at: open, happens: ['lead-chosen'] }],
  'fix-team': [{ order: '/fix-team invite engineer', at: underway, happens: ['fix-team-invited'] }],
  tell: [{ order: '/tell fix-team look at it', at: places, happens: ['fix-team-told'], first: [invited] }],
  'fix-ready': [{ order: '/fix-ready because it is', at: ['accepted', 'fixing', 'reopened'], happens: ['fix-ready'] }],
  'fix-unready': [{ order: '/fix-unready because it is not', at: ['fix ready', ...withDate], happens: ['fix-unready'] }],
  access: [{ order: '/access grant all', at: unpublished, happens: ['access-requested'], first: [invited] }],
  answer: [{ order: '/answer 1 done', at: places, happens: ['access-answered'], first: [requested] }],
  cve: [
    { order: '/cve request because so', at: ['reported', 'accepted', 'fixing', 'fix ready', 'reopened'], happens: ['cve-requested'] },
    { order: '/cve CVE-1900-0002 because so', at: [...underway, ...public_], happens: ['cve-assigned'] },
    { order: '/cve reject', at: withDate, happens: ['cve-rejected'] },
    { order: '/cve published because so', at: [...withDate, ...public_, 'closed'], happens: ['cve-published'] },
  ],
  set: [{ order: '/set title A title', at: open, happens: ['field-set'] }],
  patch: [{ order: '/patch 1a2b3c4', at: unpublished, happens: ['commits-named'] }],
  lgtm: [
    {
      order: '/lgtm',
      at: unpublished,
      happens: ['patches-reviewed'],
      first: [commits],
      policy: { ...everything.policy, steps: eachPatch() },
    },
  ],
  done: [{ order: '/done binaries', at: open, happens: ['step-done'] }],
  undone: [
    {
      order: '/undone binaries because they do not start',
      at: unpublished,
      happens: ['step-undone'],
      first: [{ type: 'step-done', by: 'lead', step: 'binaries' }],
    },
  ],
  schedule: [
    { order: '/schedule', at: [...but(underway, ...confirmedOnes), 'spam'] },
    { order: '/schedule 2026-03-17 because so', at: but(underway, ...confirmedOnes), happens: ['scheduled'] },
  ],
  upstream: [{ order: '/upstream 2026-03-20 because it is theirs', at: unpublished, happens: ['upstream-set'] }],
  breach: [{ order: '/breach somebody wrote of it', at: unpublished, happens: ['embargo-broken'] }],
  draft: [
    { order: '/draft notice\nours\n/end', at: withDate, happens: ['drafted'] },
    { order: '/draft heads-up\nours\n/end', at: withDate, happens: ['drafted'] },
    { order: '/draft announcement\nours\n/end', at: ['scheduled', 'noticed', ...public_], happens: ['drafted'] },
    { order: '/draft retrospective\nours\n/end', at: ['announced'], happens: ['drafted'] },
  ],
  approve: [
    { order: '/approve notice aaaaaaaa', at: withDate, happens: ['approved'] },
    { order: '/approve heads-up aaaaaaaa', at: withDate, happens: ['approved'] },
    { order: '/approve announcement aaaaaaaa', at: [...withDate, ...public_], happens: ['approved'] },
    { order: '/approve retrospective aaaaaaaa', at: ['retrospective'], happens: ['approved'] },
  ],
  notify: [{ order: '/notify because so', at: ['scheduled'], happens: ['confirmation-asked'] }],
  'heads-up': [{ order: '/heads-up because so', at: withDate, happens: ['confirmation-asked'] }],
  announce: [{ order: '/announce because so', at: ['scheduled', 'noticed'], happens: ['confirmation-asked'] }],
  confirm: [
    confirms({ act: 'notify', mark: 'aaaaaaaa' }, withDate, 'notice-released'),
    confirms({ act: 'announce', mark: 'aaaaaaaa', at: publicAt }, withDate, 'announcement-set'),
    confirms({ act: 'heads-up', mark: 'aaaaaaaa' }, withDate, 'heads-up-released'),
    confirms({ act: 'update', mark: 'aaaaaaaa' }, [...withDate, ...public_], 'announcement-updated'),
    // Nothing of it can be prepared before the announcement, and it is not asked again whether it could.
    confirms({ act: 'retrospective', mark: 'aaaaaaaa' }, [...underway, 'announced'], 'retrospective-released', ready('retrospective')),
  ],
  cancel: [
    { order: '/cancel announcement', at: confirmedOnes, happens: ['cancelled'] },
    { order: '/cancel schedule because so', at: ['scheduled', 'noticed'], happens: ['cancelled'] },
  ],
  critique: [{ order: '/critique it went well', at: but(open, 'retrospective'), happens: ['critique-given'] }],
  retrospective: [
    { order: '/retrospective', at: ['announced'], happens: ['drafted'] },
    { order: '/retrospective send', at: ['announced'], happens: ['confirmation-asked'], first: ready('retrospective') },
  ],
  close: [{ order: '/close because so', at: but(open, 'noticed', ...confirmedOnes), happens: ['closed'] }],
  reopen: [{ order: '/reopen', at: ['declined', 'spam', 'closed', 'duplicate'], happens: ['reopened'] }],
  keys: [{ order: '/keys', at: places }],
  'accept-key': [{ order: `/accept-key acme ${fingerprint}`, at: places, register: offer }],
  'decline-key': [{ order: `/decline-key acme ${fingerprint} because they did not send it`, at: places, register: offer }],
  'withdraw-key': [
    { order: `/withdraw-key acme ${fingerprint} because it is stolen`, at: places, standing: [{ who: 'acme', fingerprint }] },
  ],
  'prove-key': [{ order: '/prove-key 7Q2ZD0KX4MB1N8WJ5TRV9CHFGA', at: places, register: offer }],
};

function eachPatch() {
  return policy().steps.map((step) => (step.key === 'reviewed' ? { ...step, eachPatch: true } : step));
}

function confirms(action: Action, at: readonly Place[], event: Event['type'], first: readonly Event[] = []): Order {
  return { order: '/confirm K7Q2ZD', at, happens: ['confirmed', event], first: [...first, asked(action)] };
}
