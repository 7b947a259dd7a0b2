// What a stranger’s mail may cost when we verify it ourselves: time, memory and questions to the DNS are bounded.
import { describe, expect, it } from 'vitest';
import { cost, growth, linear } from '#test/cost.ts';
import { body, good, mail, other, proves, vouch, zone } from '#test/post/vouching.ts';

describe('costs are bounded', () => {
  it('threat: of hundreds of signatures three keys are asked for, and the rest is not read', async () => {
    const asked: string[] = [];
    const one = good({ key: other.privateKey });
    const field = one.slice(0, one.indexOf('\r\n') + 2);
    const text = `${Array.from({ length: 350 }, (_, n) => field.replace('s=test', `s=s${n}`)).join('')}${mail()}`;
    expect(await cost(() => vouch(text, zone, asked))).toBeLessThan(5000);
    expect(asked).toEqual(['_dmarc.example.org', ...[0, 1, 2].map((n) => `s${n}._domainkey.example.org`)]);
  });

  // A body that was changed: what the verifier does for it is the same.
  const refuse = async (text: string) => expect(await proves(good().replace(body, text))).toBe(false);
  const megabytes = (count: number, piece: string) => piece.repeat((count * 1_000_000) / piece.length);

  // Short lines cost more each than long ones; what must not be is the square of a size.
  it.each([
    ['one line', 'a'],
    ['empty lines', '\r\n'],
    ['bare line feeds', '\n'],
    ['blanks', ' \t'],
    ['lines with blanks at their ends', 'a \t\r\n'],
  ])('threat: %s cost little more than as many megabytes of ordinary ones', async (_, piece) => {
    const ordinary = await cost(() => refuse(megabytes(4, `${'a'.repeat(70)}\r\n`)));
    expect(await cost(() => refuse(megabytes(4, piece)))).toBeLessThan(40 * ordinary + 100);
    expect(await growth(1, (count) => refuse(megabytes(count, piece)))).toBeLessThan(linear);
  });

  it('threat: a header of many thousand continuation lines is not verified', async () => {
    const text = good().replace('From: The', `From: ${'\r\n '.repeat(60_000)}The`);
    expect(await cost(async () => expect(await vouch(text)).toMatchObject({ aligned: false }))).toBeLessThan(5000);
  });
});
