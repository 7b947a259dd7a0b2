// Whose words a mail holds: what of it goes back to its sender, what a signature of a part is worth, who hears of it, and where it belongs.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateOfReporter } from '#office/reporter-key.ts';
import { blockOf, cipherOf } from '#test/attacks/captured.ts';
import { attachment, clearsigned, encrypted, mailOf, multipart, signed, strangersKey, text } from '#test/attacks/mime.ts';
import { protectedText } from '#test/attacks/named-incidents.ts';
import { type Ground, openGround, type Scene } from '#test/attacks/scene.ts';
import { play } from '#test/attacks/verdict.ts';
import { keyOf, people, team } from '#test/town.ts';

let ground: Ground;
let scene: Scene;
beforeAll(async () => {
  ground = await openGround();
  scene = await ground.scene(true);
});
afterAll(() => ground.close());

/** A mail arrives; answers with its transcript as a letter, if one leaves. */
async function answered(bytes: Buffer) {
  const { taken } = await play(scene, bytes);
  const letter = taken.letters.find(({ kind }) => kind === 'transcript');
  return letter && { to: letter.to.address, seal: letter.seal, lines: (letter.facts as { lines: readonly Line[] }).lines };
}

interface Line {
  readonly line: string;
  readonly outcome: string;
  readonly text: string;
}

describe('the transcript of a mail that came encrypted', () => {
  test('threat: tells a distributor whose key did not sign it what became of each command, and no word of it (S1-01)', async () => {
    const words = 'Hello.\n/received SECRETWORD\n/other SECRETWORD';
    const told = await answered(mailOf(scene, await encrypted(scene, text(words)), { from: people.acme }));
    expect(told).toMatchObject({ to: people.acme, seal: 'must' });
    expect(told?.lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      ['Command 1', 'refused'],
      ['Command 2', 'not-reached'],
    ]);
    expect(JSON.stringify(told)).not.toMatch(/SECRETWORD|received|other/);
  });

  test('repeats to a distributor the commands that their own key signed, and none that stands elsewhere in the mail', async () => {
    const own = await signed(scene, text(`About ${scene.here.id}\n/other OWNWORD`), people.acme);
    const told = await answered(mailOf(scene, await encrypted(scene, own), { from: people.acme }));
    expect(told?.lines).toMatchObject([{ line: '/other OWNWORD', outcome: 'refused' }]);
    const around = multipart(
      'mixed',
      [await signed(scene, text('/other OWNWORD'), people.acme), await cipherOf(scene, 'second', false)],
      'o',
    );
    const both = await answered(mailOf(scene, around, { from: people.acme }));
    expect(both?.lines.map(({ line }) => line)).toEqual(['/other OWNWORD']);
  });

  test('says nothing at all where only somebody else’s lines look like commands', async () => {
    const quote = (await blockOf(scene, 'second', false)).replace(/^/gm, '> ');
    expect(await answered(mailOf(scene, text(`You wrote:\n${quote}\n`), { from: people.acme }))).toBeUndefined();
  });

  test('repeats a distributor’s clear mail, which they have read', async () => {
    const told = await answered(mailOf(scene, text('/other CLEARWORD'), { from: people.acme }));
    expect(told?.lines).toMatchObject([{ line: '/other CLEARWORD' }]);
  });

  test('goes to a member whole, sealed, and to the address on file whatever Reply-To says', async () => {
    const sealed = await encrypted(scene, text('/status\n/other WORD'));
    const told = await answered(mailOf(scene, sealed, { fields: ['Reply-To: thief@example.com'] }));
    expect(told).toMatchObject({ to: people.lead, seal: 'must' });
    expect(told?.lines.map(({ line }) => line)).toEqual(['/status', '/other WORD']);
  });
});

describe('a signature of a part', () => {
  const noted = async (bytes: Buffer) => {
    const { taken, events } = await play(scene, bytes);
    return { outcomes: taken.transcript.map(({ outcome }) => outcome), noted: events.filter(({ type }) => type === 'noted').length };
  };
  const footer = '_______________________________________________\nsecurity mailing list\nhttps://lists.example.org/\n';

  test.each([
    ['a part that a mailing list adds', async () => multipart('mixed', [await signed(scene, text(scene.honest())), text(footer)], 'l')],
    [
      'a disclaimer in front',
      async () => multipart('mixed', [text('CAUTION: external mail.\n'), await signed(scene, text(scene.honest()))], 'c'),
    ],
    [
      'text around a clearsigned block',
      async () => text(`CAUTION: external mail.\n\n${await clearsigned(scene, scene.honest())}\n${footer}`),
    ],
  ])('commands by what it covers, although %s is not covered', async (_, build) => {
    expect(await noted(mailOf(scene, await build()))).toEqual({ outcomes: ['done'], noted: 1 });
  });

  test.each([
    ['below it', async () => multipart('mixed', [await signed(scene, text(scene.bound('Fine.'))), text('/note x')], 'b')],
    ['above it', async () => multipart('mixed', [text('/note x'), await signed(scene, text(scene.bound('Fine.')))], 'a')],
    ['around a clearsigned block', async () => text(`/note x\n${await clearsigned(scene, scene.bound('Fine.'))}`)],
  ])('threat: lends nothing to a command that stands %s (S1-01)', async (_, build) => {
    expect(await noted(mailOf(scene, await build()))).toEqual({ outcomes: ['ignored'], noted: 0 });
  });
});

describe('a mail in a member’s name', () => {
  const relays = async (bytes: Buffer) =>
    (await play(scene, bytes)).taken.letters
      .filter(({ kind }) => kind === 'relay' || kind === 'desk')
      .map(({ to, facts }) => ({ to: to.who, role: (facts as { role: string }).role }));

  test('threat: is shown to them too, as one in their name, when nothing proves that they sent it (S1-01)', async () => {
    const told = await relays(mailOf(scene, text(`Send the patch to me at home, ${scene.serial()}.`)));
    expect(told).toEqual([
      { to: 'lead', role: 'somebody who writes in your name' },
      { to: 'second', role: expect.stringContaining('somebody who writes as') },
    ]);
  });

  test('threat: to the team’s desk is shown to them too', async () => {
    const told = await relays(mailOf(scene, text(`I leave, ${scene.serial()}.`), { to: 'security+team@example.org' }));
    expect(told.map(({ to }) => to)).toEqual(['lead', 'second']);
  });

  test('goes to the others alone when they signed it', async () => {
    expect(await relays(mailOf(scene, await signed(scene, text(scene.bound(`I agree, ${scene.serial()}.`)))))).toEqual([
      { to: 'second', role: expect.not.stringContaining('somebody') },
    ]);
  });

  test('threat: brings no reporter into a report that they signed, whatever From and list fields stand around it', async () => {
    const list = 'Lead via list <list@example.com>';
    const around: [string, string[]][] = [
      ['thief@example.com', []],
      [list, ['X-Original-From: thief@example.com']],
      [list, ['Reply-To: thief@example.com']],
    ];
    for (const [from, fields] of around) {
      const bytes = mailOf(scene, await signed(scene, text(`A finding, ${scene.serial()}.`)), { from, to: team, fields });
      const { events, left } = await play(scene, bytes);
      expect(events).toMatchObject([{ type: 'reported', reporter: { address: people.lead } }]);
      expect(left.map(({ to }) => to)).not.toContain('thief@example.com');
    }
  });
});

describe('where a mail of a member belongs', () => {
  const where = async (words: string, to: string) => {
    const { taken } = await play(scene, mailOf(scene, await signed(scene, text(words)), { to }));
    return [taken.incident, ...taken.transcript.map(({ outcome }) => outcome)];
  };
  const desk = 'security+team@example.org';

  test('to the incident it names, when all its commands are about one, whatever address it went to (S1-34)', async () => {
    expect(await where(`${scene.here.id}\n/note x ${scene.serial()}`, team)).toEqual([scene.here.id, 'done']);
    expect(await where(`${scene.here.id}\n/note x ${scene.serial()}`, desk)).toEqual([scene.here.id, 'done']);
  });

  test('to the desk it was sent to, when a command in it needs no incident, or it names several or none that is', async () => {
    const serial = () => scene.serial();
    expect(await where(`${scene.here.id}\n/keys\n/note x ${serial()}`, desk)).toEqual([undefined, 'done', 'refused']);
    expect(await where(`${scene.here.id} and ${scene.other.id}\n/note x ${serial()}`, desk)).toEqual([undefined, 'refused']);
    expect(await where(`SRC-000000\n/note x ${serial()}`, desk)).toEqual([undefined, 'refused']);
    expect(await where(`About ${scene.here.id}: who is on call, ${serial()}?`, desk)).toEqual([undefined]);
  });

  test('a signed answer to a letter of the desk still commands the incident that its words name', async () => {
    const { left } = await play(
      scene,
      mailOf(scene, await signed(scene, text(`/keys\n\nWho is on call, ${scene.serial()}?`)), { to: desk }),
    );
    const bytes = left.find(({ kind }) => kind === 'transcript')?.bytes?.toString('latin1') ?? '';
    const cited = `In-Reply-To: <${/^Message-ID: <([^>]+)>/im.exec(bytes)?.[1]}>`;
    const answer = mailOf(scene, await signed(scene, protectedText(scene.honest(), [cited])), { to: scene.here.address });
    expect((await play(scene, answer)).taken.transcript).toMatchObject([{ outcome: 'done' }]);
  });

  test('threat: an unproved mail to the desk reaches no incident by naming it (S1-01)', async () => {
    const { taken } = await play(scene, mailOf(scene, text(`${scene.here.id}\n/note x`), { to: desk }));
    expect(taken.incident).toBeUndefined();
  });
});

describe('the key of a reporter who is on the roster', () => {
  test('threat: is the one on file also where a journal holds another, as of somebody who came on the roster later', async () => {
    const thief = await strangersKey({ email: people.acme });
    const { armored: certificate } = thief.certificate;
    const told = (address: string) => certificateOfReporter({ reporter: { address, name: '' }, certificate }, scene.office, scene.now());
    expect((await told(people.acme))?.fingerprint).toBe((await keyOf(people.acme)).certificate.fingerprint);
    expect((await told('reporter@example.net'))?.fingerprint).toBe(thief.certificate.fingerprint);
  });

  test('threat: is the one on file; what came with the report is an offer to the register, for the operator too', async () => {
    const thief = await strangersKey({ email: 'operator@example.org' });
    const key = attachment('key.asc', 'application/pgp-keys', thief.certificate.armored.replaceAll('\r\n', '\n'));
    ground.town.change({ roster: { ...ground.town.office.roster, operator: { name: 'Operator', address: 'operator@example.org' } } });
    const operated = await ground.scene();
    const report = mailOf(operated, multipart('mixed', [text('A finding.'), key], 'k'), { from: 'operator@example.org', to: team });
    const { events, taken } = await play(operated, report);
    expect(events).toMatchObject([{ type: 'reported', reporter: { address: 'operator@example.org' } }]);
    expect(events[0]).not.toHaveProperty('certificate');
    const offers = taken.letters.filter(({ kind }) => kind.startsWith('key-')).map(({ kind, to }) => [kind, to.who]);
    expect(offers).toContainEqual(['key-challenge', 'operator']);
  });
});
