// What whoever sits with the team in one incident is written, and what stays with the members: nothing of other incidents, nothing to the wrong people.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { followUp } from '#letter/follow-up.ts';
import { lettersOf } from '#test/letter/occasion.ts';
import { accepted, drafted, fixed, idOf, incident, now, policy, reported, roster, scheduled } from '#test/situation.ts';

const person = (handle: string, roles: readonly string[]) => ({ handle, name: handle, addresses: [`${handle}@example.org`], roles });
const members = [
  ...['lead', 'second'].map((handle) => person(handle, ['member'])),
  person('newcomer', ['associate']),
  person('maintainer', ['engineer']),
  person('tester', ['engineer']),
  person('builder', ['release-manager']),
];
const people = { members, oncall: undefined };
const low: Event = { type: 'decided', by: 'lead', what: 'sensitivity', choice: 'low', because: 'it only shows a version' };
const leads: Event = { type: 'lead-chosen', by: 'newcomer', lead: 'newcomer', how: 'volunteered' };
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['maintainer', 'tester'] };
const commands: Event = { type: 'handoff-accepted', by: 'maintainer' };
const seat = [accepted, low, leads] as const;
const to = (letters: readonly { readonly kind: string; readonly audience: string; readonly to: { readonly who: string } }[]) =>
  letters.map(({ kind, audience, to: { who } }) => `${kind} to ${who} (${audience})`);

test('an associate who leads hears that the fix is ready and has the text to paste, as any lead (S2-33, S2-64)', () => {
  const ready = lettersOf([...seat, { type: 'fix-ready', by: 'lead', what: 'fix' }], { roster: people });
  expect(to(ready)).toEqual(['fix-ready to newcomer (team)']);
  const out: Event = {
    type: 'heads-up-released',
    by: 'lead',
    mark: 'aaaaaaaa',
    channels: ['announce'],
    publicAt: '2026-03-16T16:00:00.000Z',
  };
  const pasted = lettersOf([...seat, ...fixed, scheduled(), drafted('heads-up'), out], { roster: people });
  expect(to(pasted.filter(({ kind }) => kind === 'paste'))).toEqual(['paste to newcomer (team)']);
});

test('an associate who leads is told of a step as one who sits with the team (S1-89, S2-33)', () => {
  const rules = { steps: [{ key: 'post', what: 'Post it', owner: 'lead', phase: 'release', tell: '0h' }] };
  const told = lettersOf([...seat, scheduled(), { type: 'step-told', step: 'post', to: ['newcomer'] }], { roster: people, policy: rules });
  expect(to(told)).toEqual(['step to newcomer (team)']);
});

test('threat: a report shows the earlier incidents that it resembles to members only, also where its own mail gives somebody a seat (S2-32)', () => {
  const at = [reported, ...seat].map((event, index) => ({ number: index + 1, at: now, event }));
  const similar = [
    { id: idOf('SRC-000001'), title: 'secret parser flaw', stage: 'accepted', confidential: false, why: 'words of both titles: secret' },
  ] as const;
  const occasion = { policy: policy(), roster: roster(people), now, fingerprint: 'AAAA', mayAcknowledge: false, similar };
  const letters = followUp(at.slice(0, 1), { ...occasion, incident: incident(...seat), reach: () => ({ why: '' }) }).flatMap(
    (one) => one.letters,
  );
  const shown = (who: string) => letters.some((one) => one.to.who === who && JSON.stringify(one.facts).includes('secret parser flaw'));
  expect(to(letters)).toContain('report to newcomer (team)');
  expect([shown('lead'), shown('newcomer')]).toEqual([true, false]);
});

test('threat: an offer to somebody outside says no more than the fix team may see, until they accept (S1-35, S1-55)', () => {
  const [offer, ...more] = lettersOf([accepted, invited, { type: 'handoff-offered', by: 'lead', to: 'maintainer' }], { roster: people });
  expect(more).toEqual([]);
  expect(offer?.audience).toBe('fix-team');
  expect(JSON.stringify(offer?.facts)).not.toMatch(/The reporter|Incident commander|No word/);
  expect(JSON.stringify(offer?.facts)).toContain('/accept-handoff');
});

test('threat: what a maintainer who commands writes to the team stays with it; /tell is their way to the others (S1-35, S1-55)', () => {
  const by = { who: 'maintainer', name: 'maintainer', address: 'maintainer@example.org', roles: ['engineer'], proof: 'domain' } as const;
  const arrival = {
    by,
    role: 'incident commander',
    from: { name: '', address: by.address },
    subject: 'Re: it',
    text: 'The reporter says that the key leaks.',
    proof: 'domain',
    origin: '',
    signature: 'not signed',
    encrypted: false,
    attachments: [],
    gist: 'The reporter says',
    done: [],
    passable: 'all',
  } as const;
  const joined: Event = { type: 'mail-joined', by: 'maintainer', message: 'mail-2', proof: 'domain' };
  const before = lettersOf([accepted, invited, joined], { roster: people, arrival });
  expect(to(before)).toContain('message to tester (fix-team)');
  const after = lettersOf([accepted, invited, commands, joined], { roster: people, arrival });
  expect(to(after)).toEqual(['relay to lead (team)', 'relay to second (team)']);
});

test('whoever lacks a key is asked for one, also a release manager and an associate who leads (S2-33, S1-89)', () => {
  const failed = (who: string): Event => ({ type: 'letter-failed', letter: 'letter-1', kind: 'step', to: who, how: 'unsealable' });
  const wanted = (events: readonly Event[]) => to(lettersOf(events, { roster: people }).filter(({ kind }) => kind === 'key-wanted'));
  const told: Event = { type: 'step-told', step: 'merge', to: ['builder'] };
  expect(wanted([accepted, told, failed('builder')])).toEqual(['key-wanted to builder (release-managers)']);
  expect(wanted([...seat, failed('newcomer')])).toEqual(['key-wanted to newcomer (team)']);
  expect(wanted([accepted, invited, commands, failed('maintainer')])).toEqual(['key-wanted to maintainer (team)']);
  expect(wanted([accepted, invited, failed('tester')])).toEqual(['key-wanted to tester (fix-team)']);
});
