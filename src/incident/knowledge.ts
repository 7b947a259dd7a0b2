// Who knows of an incident: whom letters with contents reached, whom they did not, and who learned of it in other ways (S2-24, C18).
import type { Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Who } from '#incident/who.ts';
import type { Audience, audiences } from '#team/policy.ts';

/** A letter about an incident and what became of it. */
export interface Told {
  /** The row it has in the outbox. */
  readonly letter: string;
  readonly kind: string;
  /** False: it reveals nothing but that an incident with this id exists. */
  readonly contents: boolean;
  readonly audience: Audience;
  readonly who: Who;
  readonly address: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly is: 'sent' | 'waiting' | 'keyless' | 'failed' | 'dropped';
  /** When that became so; for what waits, when it was decided. */
  readonly at: Date;
}

/** A letter once bounces are known. */
export interface Fate extends Omit<Told, 'is'> {
  readonly is: Told['is'] | 'bounced';
}

/** One person or organisation in one audience, with every letter to them, oldest first. */
export interface Knowing {
  readonly audience: Audience;
  readonly who: Who;
  readonly address: string;
  readonly letters: readonly Fate[];
  /** Since when they know; absent where no letter with contents reached them. */
  readonly since?: Date;
}

const inOrder: readonly Audience[] = [
  'reporter',
  'team',
  'fix-team',
  'release-managers',
  'steering',
  'administrator',
  'cna',
  'distributors',
  'public',
  'operator',
] satisfies readonly (typeof audiences)[number][];

/** Everybody who was written to, audience by audience, in each the first first. */
export function knowing(told: readonly Told[], recorded: readonly Recorded[]): Knowing[] {
  const bounced = new Map(
    recorded.flatMap(({ event, at }) => (event.type === 'letter-failed' && event.how === 'bounced' ? [[event.letter, at]] : [])),
  );
  const people = new Map<string, Fate[]>();
  for (const one of told) {
    const back = bounced.get(one.letter);
    const fate: Fate = back ? { ...one, is: 'bounced', at: back } : one;
    const key = `${one.audience} ${one.who} ${one.address}`;
    people.set(key, [...(people.get(key) ?? []), fate]);
  }
  return [...people.values()]
    .flatMap((letters) => {
      const [first] = letters;
      if (!first) return [];
      const { audience, who, address } = first;
      const since = letters.find(({ is, contents }) => is === 'sent' && contents)?.at;
      return [{ audience, who, address, letters, ...(since && { since }) }];
    })
    .sort((one, other) => inOrder.indexOf(one.audience) - inOrder.indexOf(other.audience));
}

/** Ways to know of it without a letter of ours, a line each: who wrote to us, who may enter the repository, the public. */
export function knownOtherwise(incident: Incident, recorded: readonly Recorded[], shown: (moment: Date) => string): string[] {
  const { reporter, via, openedAt, exposure, announcedAt, access } = incident;
  const lines = [
    `the reporter${reporter ? ` (${reporter.address})` : ''}: reported it ${shown(openedAt)}${via ? `, by way of ${via}` : ''}`,
  ];
  const wrote = new Map<string, Date>();
  for (const { at, event } of recorded) {
    if (event.type !== 'mail-joined' || !event.from || event.from.address === reporter?.address) continue;
    if (event.by === 'outsider' && !wrote.has(event.from.address)) wrote.set(event.from.address, at);
  }
  for (const [address, at] of wrote) lines.push(`${address}: wrote to us ${shown(at)}, not on the roster`);
  const last = new Map(
    access.flatMap(({ person, what, answer }) => (answer?.how === 'done' ? [[person, { what, at: answer.at }] as const] : [])),
  );
  for (const [person, { what, at }] of last)
    if (what === 'grant') lines.push(`${person}: may enter the private repository since ${shown(at)}`);
  if (exposure) lines.push(`the public: it was found public already ${shown(exposure.at)}`);
  if (announcedAt) lines.push(`the public: announced ${shown(announcedAt)}`);
  return lines;
}
