// What must hold after everything was quiet again: each report once, each acknowledgement once, every journal whole.
import { expect } from 'vitest';
import type { Store } from '#store/store.ts';
import type { Place } from '#test/daemon/place.ts';

/** Expects so many reports to have become one incident and one acknowledgement each, with nothing left over anywhere. */
export async function expectOnceEach(store: Store, place: Pick<Place, 'left' | 'count'>, mails: number, when: string): Promise<void> {
  const incidents = await store.subjects.incidents('security', 'all');
  expect(incidents.length, when).toBe(mails);
  for await (const { subject, broken } of store.journal.audit()) expect(broken, `${subject} ${when}`).toBeUndefined();
  const ids = idsByRecipient(place.left);
  for (let number = 1; number <= mails; number += 1)
    expect(ids.get(`reporter-${number}@example.net`)?.size, `acknowledgements of report ${number}, ${when}`).toBe(1);
  for (const member of ['lead', 'second', 'third']) expect(ids.get(`${member}@example.org`)?.size, `${member}, ${when}`).toBe(mails);
  expect([place.count('INBOX'), place.count('Done'), place.count('Shunted')], when).toEqual([0, mails, 0]);
}

/** The different Message-IDs that each address has had: a letter may come twice, but then under one id. */
export function idsByRecipient(left: Place['left']): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { to, messageId } of left) ids.set(to, (ids.get(to) ?? new Set()).add(messageId));
  return ids;
}
