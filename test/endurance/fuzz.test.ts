// A bounded run of the fuzzing, and the judge itself: each thing it looks for can be wrong, and then it says so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unavailable } from '#fault.ts';
import { mutate } from '#test/fuzz/case.ts';
import { corpus } from '#test/fuzz/corpus.ts';
import { dice } from '#test/fuzz/dice.ts';
import { cnaAddress, type Ground, openGround, type Said, type Sent, sealedWord } from '#test/fuzz/ground.ts';
import { openJudge } from '#test/fuzz/judge.ts';
import { astray, unfitBytes } from '#test/fuzz/letters.ts';
import { type Failure, fuzz } from '#test/fuzz/run.ts';
import { entityOf, print, readTree, under } from '#test/fuzz/tree.ts';
import { people, type Received, team } from '#test/town.ts';

test('mutated mails crash nothing, command nothing without proof, lose nothing, and send no word and no letter astray', async () => {
  const failures: Failure[] = [];
  const figures = await fuzz({ seed: 20, enough: ({ mails }) => mails >= 100, failed: (failure) => void failures.push(failure) });
  expect(failures.map(({ plan, base, steps, wrong }) => [plan.number, base, ...steps.values(), ...wrong])).toEqual([]);
  expect([...figures.kinds.keys()]).toEqual(expect.arrayContaining(['machine', 'report', 'team', 'unusable']));
  // A run in which nobody was obeyed and nothing was refused would prove nothing.
  expect(Math.min(figures.changed, figures.refused, figures.ignored, figures.sent)).toBeGreaterThan(5);
});

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

let serial = 0;

describe('the judge', () => {
  const signed = async (recipe: string, thrown = ++serial) => {
    const made = await corpus()
      .find(({ name }) => name === `fresh/${recipe}`)
      ?.make(ground, dice(thrown));
    if (!made) throw new Error(`there is no ${recipe}`);
    return made;
  };
  const judged = async (text: string, said: readonly Said[], in_ = ground) => (await openJudge(in_).judge(text, said)).wrong.join('\n');

  test('finds nothing wrong with a signed mail that is obeyed', async () => {
    const { text, said } = await signed('note');
    expect(await judged(text, said)).toBe('');
  });

  test('finds what nobody signed', async () => {
    const { text } = await signed('note');
    const wrong = await judged(text, []);
    expect(wrong).toContain('noted by lead, who signed nothing here');
    expect(wrong).toContain('obeyed lead, who did not sign this: /note');
    expect(wrong).toContain('mail-joined says that lead signed');
  });

  test('finds other words than those that were signed', async () => {
    const { text, said } = await signed('note-sealed');
    const wrong = await judged(
      text,
      said.map((one) => ({ ...one, text: 'something else', lines: ['/note other'] })),
    );
    expect(wrong).toContain('noted by third holds words that they did not sign');
    expect(wrong).toContain('obeyed third, who did not sign this');
  });

  test('finds a command that was signed for another incident, or that counts twice', async () => {
    const first = await signed('patch');
    const said = first.said.map((one) => ({ ...one, incident: ground.other.id }));
    expect(await judged(first.text, said)).toContain(`obeyed in ${ground.first.id} what was signed for ${ground.other.id}`);
    const judge = openJudge(ground);
    const [once, again] = [await signed('quotes', 7), await signed('quotes', 7)];
    expect((await judge.judge(once.text, once.said)).wrong).toEqual([]);
    expect((await judge.judge(again.text, once.said)).wrong.join()).toContain('obeyed twice');
  });

  test('finds a mail that was lost, one that was taken for seen and was not, and a throw; a database that is away is no fault', async () => {
    const { text, said } = await signed('report');
    const nothing = { kind: 'report', transcript: [], letters: [] } as const;
    const doing = (arrives: Ground['arrives']) => judged(text, said, { ...ground, arrives });
    expect(await doing(async () => nothing)).toBe('0 rows were kept for a mail taken as report');
    expect(await doing(async () => ({ ...nothing, kind: 'seen' }))).toContain('took for seen, and it was not');
    expect(await doing(() => Promise.reject(new Error('a bug')))).toContain('take throws: Error: a bug');
    expect(await doing(() => Promise.reject(new Unavailable('the database')))).toBe('');
  });

  test('finds letters to addresses that only stand in a mail, and words that are not for their reader', async () => {
    const { text } = await signed('report');
    const taken = await ground.arrives(Buffer.from(text, 'latin1'));
    const [letter] = taken.letters;
    if (!letter) throw new Error('a report without letters');
    const recorded = (await ground.town.store.subjects.peek(taken.incident ?? ''))?.recorded ?? [];
    const wrong = async (changes: Partial<typeof letter>) =>
      (await astray({ ...taken, letters: [{ ...letter, ...changes }] }, recorded as never, ground)).join();
    const to = (address: string) => ({ to: { ...letter.to, address } });
    expect(await wrong({})).toBe('');
    expect(await wrong({ audience: 'reporter', ...to('cc-1@trap.example.com') })).toContain('an address that only stands in the mail');
    expect(await wrong({ audience: 'team', ...to('cc-1@trap.example.com') })).toContain('is on no file');
    const outside = { audience: 'reporter', ...to(taken.message?.from?.address ?? '') } as const;
    expect(await wrong({ ...outside, facts: { text: sealedWord } })).toContain(`holds ${sealedWord}`);
    ground.replies.set('FORREPORTER-aaaaaaaaaaaa', ground.first.id);
    expect(await wrong({ ...outside, facts: { text: 'FORREPORTER-aaaaaaaaaaaa' } })).toContain(
      `which is for the reporter of ${ground.first.id}`,
    );
    const machine = await astray({ ...taken, kind: 'machine' }, recorded as never, ground);
    expect(machine.join()).toContain('machine mail set off acknowledgement');
    expect((await astray({ ...taken, letters: Array.from({ length: 13 }, () => letter) }, recorded as never, ground)).join()).toContain(
      '13 letters',
    );
  });

  test('finds letters to people with a part that is not theirs: who was taken out, who manages access, the CNA (S1-55)', async () => {
    const { text } = await signed('fix-team', 3);
    const taken = await ground.arrives(Buffer.from(text, 'latin1'));
    const recorded = (await ground.town.store.subjects.peek(ground.first.id))?.recorded ?? [];
    const [letter] = taken.letters;
    if (!letter) throw new Error('nobody hears of it');
    const wrong = async (changes: Partial<typeof letter>, address = letter.to.address) =>
      (await astray({ ...taken, letters: [{ ...letter, to: { ...letter.to, address }, ...changes }] }, recorded as never, ground)).join();
    const fixTeam = { kind: 'message', audience: 'fix-team' } as const;
    expect(await wrong(fixTeam, people.tester)).toBe('');
    expect(await wrong(fixTeam, people.engineer)).toContain('who is not on the fix team');
    expect(await wrong({ ...fixTeam, facts: { text: 'TEAMONLY' } }, people.tester)).toContain('holds TEAMONLY');
    expect(await wrong({ kind: 'transcript', audience: 'administrator' }, people.administrator)).toBe('');
    expect(await wrong({ kind: 'relay', audience: 'administrator' }, people.administrator)).toContain('whom it is not for');
    expect(await wrong({ kind: 'reply', audience: 'cna' }, cnaAddress)).toContain('whom it is not for');
  });

  test('finds what a heads-up must not say, and nothing wrong with what left while the ground was laid (S4-26)', async () => {
    const looked = (letters: readonly Received[]) =>
      unfitBytes(
        letters.map((one) => ({ ...one, subject: ground.first.id })),
        new Set(),
        ground,
      );
    expect(await looked(ground.got)).toEqual([]);
    const notice = ground.got.find(({ kind }) => kind === 'notice');
    if (!notice) throw new Error('no notice');
    expect((await looked([{ ...notice, kind: 'heads-up' }])).join()).toContain('tells EMBARGOEDWORD');
  });

  test('finds an id and an answer that nothing proves', async () => {
    for (const recipe of ['cna', 'administrator', 'publisher']) {
      const { text, said } = await signed(recipe, 1);
      const wrong = await judged(text, []);
      expect({ recipe, said: said.length, wrong }).toMatchObject({ said: 1, wrong: expect.stringContaining('who signed nothing here') });
    }
  });

  test('finds fields and secrets in letters that have left', async () => {
    const letter = ground.other.got.find(({ audience }) => audience === 'reporter');
    if (!letter) throw new Error('no letter');
    const looked = async (bytes: Buffer) => {
      const sent: Sent = { ...letter, bytes, subject: ground.other.id };
      return (await unfitBytes([sent], new Set(), ground)).join('\n');
    };
    const text = letter.bytes.toString('latin1');
    expect(await looked(letter.bytes)).toBe('');
    expect(await looked(Buffer.from(`Bcc: x@example.net\r\n${text}`, 'latin1'))).toContain('fields that are not ours: bcc');
    expect(await looked(Buffer.from(text.replace(/^Subject: .*$/m, `Subject: ${sealedWord}`), 'latin1'))).toContain('in clear');
  });
});

describe('a case', () => {
  test('is told by its numbers: the same mail of the corpus and the same mutations each time', async () => {
    const told = async (number: number) => {
      const { base, steps } = await mutate({ seed: 5, number }, ground);
      return [base, ...steps.values()];
    };
    const once = [await told(1), await told(2), await told(3)];
    expect([await told(1), await told(2), await told(3)]).toEqual(once);
    expect(once[0]).not.toEqual(once[1]);
  });

  test('is another one for every pair of numbers', () => {
    const pairs = [1, 2, 3, 4].flatMap((seed) => [1, 2, 3, 4].map((number) => dice(seed, number).word(12)));
    expect(new Set(pairs).size).toBe(16);
  });

  test('leaves alone what it does not change: every mail of the corpus prints as it was read', async () => {
    let made = 0;
    for (const recipe of corpus()) {
      const mail = await recipe.make(ground, dice(made));
      if (!mail) continue;
      made += 1;
      expect(print(readTree(mail.text)) === mail.text, recipe.name).toBe(true);
    }
    expect(made).toBeGreaterThan(200);
  });
});

describe('what somebody held back and sends in an envelope of their own', () => {
  const enveloped = async (from: string, to: string, text: string, ...fields: string[]) => {
    const bytes = await ground.town.bytesOf('lead', { text, subject: 'about the fix', signed: { at: ground.now() }, encrypted: true });
    const head = [`From: ${from}`, `To: ${to}`, 'Subject: hello', `Message-ID: <held-${++serial}@example.com>`, ...fields];
    const root = readTree(bytes.toString('latin1'));
    const whole = print(under({ ...root, fields: head.map((field) => `${field}\r\n`) }, entityOf(root)));
    return ground.arrives(Buffer.from(whole, 'latin1'));
  };

  test('is reported by who signed it, so that what its commands say goes to nobody else', async () => {
    const fields = 'X-Original-From: interceptor@example.com';
    const taken = await enveloped('"a via b" <lead@example.org>', team, '/reply\nHELDBACK\n/end\n\nTold.', fields);
    const outside = taken.letters.filter(({ audience }) => audience === 'reporter');
    expect(outside.map(({ to }) => to.address)).not.toContain('interceptor@example.com');
    expect(outside.filter(({ to, facts }) => to.address !== people.lead && JSON.stringify(facts).includes('HELDBACK'))).toEqual([]);
  });

  test('is not read to a distributor in whose name it comes', async () => {
    const notice = ground.first.got.find(({ kind }) => kind === 'notice');
    const taken = await enveloped(people.acme, notice?.replyTo ?? '', '/note HELDBACK');
    expect(
      taken.letters.filter(({ audience, facts }) => audience === 'distributors' && JSON.stringify(facts).includes('HELDBACK')),
    ).toEqual([]);
  });
});
