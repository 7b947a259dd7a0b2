// What a stranger’s mail may cost when we verify it ourselves: time, memory and questions to the DNS are bounded.
import { describe, expect, it } from 'vitest';
import { body, good, mail, other, proves, vouch, zone } from '#test/post/vouching.ts';

describe('costs are bounded', () => {
  it('threat: of hundreds of signatures three keys are asked for, and the rest is not read', async () => {
    const asked: string[] = [];
    const one = good({ key: other.privateKey });
    const field = one.slice(0, one.indexOf('\r\n') + 2);
    const begun = performance.now();
    await vouch(`${Array.from({ length: 350 }, (_, n) => field.replace('s=test', `s=s${n}`)).join('')}${mail()}`, zone, asked);
    expect(asked).toEqual(['_dmarc.example.org', ...[0, 1, 2].map((n) => `s${n}._domainkey.example.org`)]);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  // Of the processor: a busy machine takes its time.
  const timed = async (text: string) => {
    const begun = process.cpuUsage();
    // A body that was changed: what the verifier does for it is the same.
    expect(await proves(good().replace(body, text))).toBe(false);
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };

  // Short lines cost more each than long ones; what must not be is the square of a size.
  it.each<[string, string]>([
    ['one line', 'a'.repeat(20_000_000)],
    ['empty lines', '\r\n'.repeat(5_000_000)],
    ['bare line feeds', '\n'.repeat(5_000_000)],
    ['blanks', ' \t'.repeat(5_000_000)],
    ['lines with blanks at their ends', 'a \t\r\n'.repeat(2_000_000)],
  ])('threat: %s cost little more than as many megabytes of ordinary ones', async (_, text) => {
    const ordinary = await timed(`${'a'.repeat(70)}\r\n`.repeat(280_000));
    expect(await timed(text)).toBeLessThan(40 * ordinary + 500);
  });

  it('threat: a header of many thousand continuation lines is not verified', async () => {
    const text = good().replace('From: The', `From: ${'\r\n '.repeat(60_000)}The`);
    const begun = performance.now();
    expect(await vouch(text)).toMatchObject({ aligned: false });
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
