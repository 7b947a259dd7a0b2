// The certificates of people on the whole way: what is offered, what makes it count, what waits for it, and who hears of it.
import { afterEach, describe, expect, test } from 'vitest';
import { attachOwnKey } from '#pgp/seal.ts';
import { codeIn, freshKey, kinds, notified, to } from '#test/office/keys.ts';
import { openTown, people, type Town } from '#test/town.ts';

let town: Town;
afterEach(() => town.close());

describe('a certificate that ends', () => {
  test('its owner and the team are warned 30, 14 and 3 days ahead, at the end, then every week', async () => {
    town = await openTown({ keys: { acme: await freshKey(people.acme, 40) } });
    await town.post();
    const letters = await town.pass('61d', '12h');
    const warned = to(people.acme, letters).filter(({ kind }) => kind === 'key-ending');
    expect(warned).toHaveLength(4 + 3);
    expect(warned[0]?.text).toContain('ends on 2026-04-11 09:00 UTC');
    expect(warned.slice(0, 3).every(({ sealed }) => sealed)).toBe(true);
    expect(warned[4]?.text).toContain('cannot be used: the key has expired');
    expect(to(people.second, letters).filter(({ kind }) => kind === 'key-ending')).toHaveLength(7);
  });

  test('the notice waits without contents, and leaves in full once the new key is proved by its owner', async () => {
    town = await openTown({ keys: { acme: await freshKey(people.acme, 2 / 24) } });
    await town.pass('3h');
    const letters = await notified(town);
    const wanted = to(people.acme, letters);
    expect(kinds(wanted)).toEqual(['key-wanted']);
    expect(wanted[0]?.text).not.toContain('a title');
    expect(kinds(to(people.beta, letters))).toEqual(['notice']);
    expect(kinds(to(people.lead, letters))).toContain('alarm');

    const fresh = await freshKey(people.acme);
    town.holds('acme', fresh);
    await town.writes('acme', {
      text: 'Here is our new key.',
      attachments: [attachOwnKey(fresh)],
      ...(wanted[0] && { answers: wanted[0] }),
    });
    const asked = await town.post();
    expect(kinds(to(people.acme, asked))).toEqual(['key-challenge', 'key-received']);
    const challenge = to(people.acme, asked).find(({ kind }) => kind === 'key-challenge');
    expect(challenge?.sealed).toBe(true);
    expect(to(people.lead, asked).map(({ kind }) => kind)).toContain('key-offered');

    await town.writes('acme', { text: `/prove-key ${codeIn(challenge)}\n`, ...(challenge && { answers: challenge }) });
    const full = to(people.acme, await town.post());
    expect(kinds(full)).toContain('notice');
    const notice = full.find(({ kind }) => kind === 'notice');
    expect(notice?.sealed).toBe(true);
    expect(notice?.text).toContain('an impact');
    await town.writes('acme', { text: `/prove-key ${codeIn(challenge)}\n`, ...(challenge && { answers: challenge }) });
    expect(kinds(to(people.acme, await town.post()))).toEqual(['transcript']);
  });
});
