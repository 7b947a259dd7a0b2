// Access to a private repository, as requests to whoever manages it: who holds it, what is open, what must be asked for next.
import type { AccessRequest, Fix, FixEvent } from '#incident/fix.ts';
import type { Who } from '#incident/who.ts';

/** Whoever holds access now: granted and not removed since, in the order of their requests. */
export function holdersOfAccess({ access }: Pick<Fix, 'access'>): Who[] {
  const held = new Set<Who>();
  for (const { what, person, answer } of access) {
    if (answer?.how !== 'done') continue;
    if (what === 'grant') held.add(person);
    else held.delete(person);
  }
  return [...held];
}

/** The requests that nobody has answered. */
export function openRequests({ access }: Pick<Fix, 'access'>): AccessRequest[] {
  return access.filter(({ answer }) => answer === undefined);
}

/** Who of those with access has no request for its removal that is open. */
export function withoutRemoval(incident: Pick<Fix, 'access'>): Who[] {
  const asked = new Set(openRequests(incident).flatMap(({ what, person }) => (what === 'remove' ? [person] : [])));
  return holdersOfAccess(incident).filter((person) => !asked.has(person));
}

/**
 * Whose removal nobody has asked for since the last grant: those who hold access, and those for whom it is still awaited. A removal that was
 * refused is not asked for again by itself; somebody must talk to whoever refused it.
 */
export function neverAskedToLeave({ access }: Pick<Fix, 'access'>): Who[] {
  const last = new Map(access.filter(({ what, answer }) => what === 'remove' || answer?.how !== 'refused').map((one) => [one.person, one]));
  return [...last.values()].filter(({ what }) => what === 'grant').map(({ person }) => person);
}

/** The requests for these people, numbered on from those there are. */
export function requested({ access }: Pick<Fix, 'access'>, what: AccessRequest['what'], people: readonly Who[], by: Who): FixEvent[] {
  return people.map((person, index) => ({ type: 'access-requested', by, number: access.length + index + 1, what, person }));
}

/** What of access speaks against closing an incident, as sentences (S1-92): open requests, and access that is still held. */
export function accessAdvice(incident: Pick<Fix, 'access'>, removal: 'release' | 'close' | 'none'): string[] {
  const open = openRequests(incident).map(({ number, what, person }) => `${number} (${wordsOf(what)} ${person})`);
  const held = removal === 'none' ? [] : withoutRemoval(incident);
  return [
    ...(open.length > 0
      ? [`Nobody has answered ${open.length === 1 ? 'request' : 'the requests'} ${open.join(', ')}: /answer <number> done.`]
      : []),
    ...(held.length > 0 ? [`Access to the private repository is still held by ${held.join(', ')}: /access remove all.`] : []),
  ];
}

/** What a request asks for, before the name of the person. */
export function wordsOf(what: AccessRequest['what']): string {
  return what === 'grant' ? 'access for' : 'removal of';
}
