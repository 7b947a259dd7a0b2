// Fresh mails with real keys: every command signed, reports and replies encrypted, inline OpenPGP, forwards, bounces, answers of distributors.
import { commands } from '#command/list.ts';
import type { Recipe } from '#test/fuzz/corpus.ts';
import type { Dice } from '#test/fuzz/dice.ts';
import { type Ground, sealedWord } from '#test/fuzz/ground.ts';
import { armored, bytewise, clearsigned, sealed, signature } from '#test/fuzz/openpgp.ts';
import { parts } from '#test/fuzz/parts.ts';
import { handles, letterTo, saying, signs } from '#test/fuzz/signing.ts';
import { entityOf, leaf, multipart, type Part, print, readTree, under } from '#test/fuzz/tree.ts';
import { markers } from '#test/story/always.ts';
import { keyOf, people, team, type Writing } from '#test/town.ts';

/** Recipes of mails that are made anew each time. */
export function fresh(): Recipe[] {
  const made = {
    commanded: commanded(),
    worded: worded(),
    inline: inline(),
    outside: [...outside(), ...parts(recipe)],
    machines: machines(),
  };
  return Object.entries(made).flatMap(([group, recipes]) => recipes.map((one) => ({ ...one, group: group as keyof typeof made })));
}

function recipe(name: string, make: Recipe['make']): Omit<Recipe, 'group'> {
  return { name: `fresh/${name}`, make };
}

function commanded(): Omit<Recipe, 'group'>[] {
  const examples = commands.flatMap((command) => command.examples.map((example) => ({ word: command.word, example })));
  return examples.map(({ word, example }, index) =>
    recipe(`command-${word}-${index}`, (ground, dice) => {
      const about = dice.chance(0.5) ? ground.first : ground.other;
      const text = dice.chance(0.5) ? example : `/note ${dice.word()}\n${example}`;
      return signs(ground, dice.pick(handles), about, text, dice.chance(0.4) ? { encrypted: true } : {});
    }),
  );
}

function worded(): Omit<Recipe, 'group'>[] {
  const note = (dice: Dice) => `/note ${markers.teamOnly} ${dice.word()}\n/critique ${dice.word()}\n\nThat is ${dice.word()}, I think.`;
  const quoted = (dice: Dice) =>
    `/note ${dice.word()}\n\nOn Mon, 2 Mar 2026, somebody wrote:\n> /accept ${dice.word()}\n> /reply ${dice.word()}\n`;
  const patch = (dice: Dice) => ({ filename: 'fix.patch', contentType: 'text/x-patch', content: Buffer.from(`+ ${dice.word()}\n`) });
  return [
    recipe('note', (ground, dice) => signs(ground, 'lead', dice.pick([ground.first, ground.other]), note(dice))),
    recipe('note-sealed', (ground, dice) => signs(ground, 'third', ground.first, note(dice), { encrypted: true })),
    recipe('quotes', (ground, dice) => signs(ground, 'second', ground.first, quoted(dice))),
    recipe('patch', (ground, dice) => signs(ground, 'lead', ground.first, `/note ${dice.word()}`, { attachments: [patch(dice)] })),
    recipe('reply', (ground, dice) => answers(ground, dice, false)),
    recipe('reply-sealed', (ground, dice) => answers(ground, dice, true)),
    recipe('bare-line-feeds', async (ground, dice) => {
      const made = await signs(ground, 'lead', ground.first, `/note ${dice.word()}`);
      return { ...made, text: made.text.replaceAll('\r\n', '\n') };
    }),
    recipe('no-incident', async (ground, dice) => {
      const text = `/list\n/note ${dice.word()}\n`;
      const bytes = await ground.town.bytesOf('lead', { text, signed: { at: ground.now() }, encrypted: dice.chance(0.5) });
      return { text: bytes.toString('latin1'), said: [saying('lead', text, undefined)] };
    }),
    recipe('not-signed', async (ground, dice) => {
      const bytes = await ground.town.bytesOf('lead', { text: `/note ${dice.word()}\n/accept`, answers: letterTo('lead', ground.first) });
      return { text: bytes.toString('latin1'), said: [] };
    }),
    recipe('alternative', (ground, dice) => alternative(ground, dice)),
  ];
}

// What a /reply says may be read by the reporter of its own incident, and by nobody else outside.
async function answers(ground: Ground, dice: Dice, encrypted: boolean) {
  const about = dice.pick([ground.first, ground.other]);
  const word = `FORREPORTER-${dice.word(12)}`;
  ground.replies.set(word, about.id);
  return signs(ground, dice.pick(handles), about, `/reply\n${word} is fixed.\n/end\n\nI told them.`, {
    encrypted,
    // People change the subject of what they answer.
    ...(dice.chance(0.4) && { subject: `about ${dice.word()}` }),
  });
}

async function alternative(ground: Ground, dice: Dice) {
  const text = `/note ${dice.word()} ${ground.first.id}`;
  const html = leaf('text/html; charset=utf-8', `<p>${text}</p><p>/accept ${dice.word()}</p>`);
  const entity = multipart('multipart/alternative', `a-${dice.word()}`, [leaf('text/plain; charset=utf-8', text), html]);
  const root = readTree((await ground.town.bytesOf('lead', { text: '', answers: letterTo('lead', ground.first) })).toString('latin1'));
  const whole = print(entity).trimEnd();
  const signed = await signedPart(whole, people.lead, ground, dice);
  return { text: print(under(root, signed)), said: [saying('lead', text, ground.first.id)] };
}

async function signedPart(entity: string, by: string, ground: Ground, dice: Dice): Promise<Part> {
  const made = leaf('application/pgp-signature; name="signature.asc"', await signature(entity, by, ground.now()));
  return multipart('multipart/signed; micalg="pgp-sha512"; protocol="application/pgp-signature"', `s-${dice.word()}`, [
    readTree(entity),
    made,
  ]);
}

function inline(): Omit<Recipe, 'group'>[] {
  const made = async (ground: Ground, dice: Dice, body: (text: string) => Promise<string>) => {
    const text = `${ground.first.id}\n\n/note ${dice.word()} ä\n`;
    const answered = { text: '', answers: letterTo('lead', ground.first) };
    const root = readTree((await ground.town.bytesOf('lead', answered)).toString('latin1'));
    const entity = leaf('text/plain; charset=utf-8', await body(text));
    return { text: print(under(root, entity)), said: [saying('lead', text, ground.first.id)] };
  };
  const before = (dice: Dice) => (dice.chance(0.3) ? `Hello,\r\n/note ${dice.word()}\r\n` : '');
  return [
    recipe('clearsigned', (ground, dice) =>
      made(ground, dice, async (text) => `${before(dice)}${await clearsigned(text, people.lead, ground.now())}`),
    ),
    recipe('opaque', (ground, dice) =>
      made(ground, dice, async (text) => armored(await sealed(bytewise(text), { by: people.lead, at: ground.now() }))),
    ),
    recipe('inline-sealed', (ground, dice) =>
      made(ground, dice, async (text) => armored(await sealed(bytewise(text), { by: people.lead, at: ground.now(), to: team }))),
    ),
    recipe('two-blocks', (ground, dice) =>
      made(ground, dice, async (text) => {
        const stranger = await clearsigned(`/accept ${dice.word()}\n`, people.reporter, ground.now());
        return `${await clearsigned(text, people.lead, ground.now())}\r\n${stranger}`;
      }),
    ),
    recipe('exchange', async (ground, dice) => {
      const mail = await signs(ground, 'lead', ground.first, `/note ${dice.word()}`, { encrypted: true });
      const text = mail.text.replace(/multipart\/encrypted; protocol="[^"]+"/, 'multipart/mixed');
      return { ...mail, text };
    }),
  ];
}

function outside(): Omit<Recipe, 'group'>[] {
  const bytes = async (ground: Ground, from: string, writing: Writing) => ({
    text: (await ground.town.bytesOf(from, writing)).toString('latin1'),
    said: [],
  });
  const key = async () => [
    { filename: 'key.asc', contentType: 'application/pgp-keys', content: Buffer.from((await keyOf(people.reporter)).certificate.armored) },
  ];
  return [
    recipe('report', (ground, dice) =>
      bytes(ground, `finder-${dice.word(4)}@example.net`, { text: `${markers.reported} ${dice.word()}`, subject: dice.word() }),
    ),
    recipe('report-sealed', async (ground, dice) =>
      bytes(ground, 'reporter', {
        text: `${sealedWord} ${dice.word()}`,
        subject: `${sealedWord} ${dice.word()}`,
        encrypted: true,
        attachments: await key(),
      }),
    ),
    recipe('answer-of-reporter', async (ground, dice) => {
      const letter = ground.first.got.find(({ audience }) => audience === 'reporter');
      return bytes(ground, 'reporter', {
        text: `${sealedWord} more: ${dice.word()}\n/accept`,
        encrypted: true,
        ...(letter && { answers: letter }),
      });
    }),
    recipe('answer-of-distributor', async (ground, dice) => {
      const letter = ground.first.got.find(({ kind }) => kind === 'notice');
      const text = `We are affected. ${dice.word()}\n/status`;
      const made = await bytes(ground, 'acme', {
        text,
        signed: { at: ground.now() },
        encrypted: dice.chance(0.5),
        ...(letter && { answers: letter }),
      });
      return { ...made, said: [saying('acme', text, ground.first.id)] };
    }),
    recipe('forwarded-order', async (ground, dice) => {
      const inner = await signs(ground, 'lead', ground.first, `/note ${dice.word()}`);
      const root = readTree(
        (await ground.town.bytesOf('finder@example.net', { text: 'see below', subject: 'Fwd: hello' })).toString('latin1'),
      );
      const entity = multipart('multipart/mixed', `f-${dice.word()}`, [entityOf(root), leaf('message/rfc822', inner.text)]);
      // Attached it is somebody else's mail; a mutation may take it out again.
      return { text: print(under(root, entity)), said: inner.said };
    }),
    recipe('vouched', async (ground, dice) => {
      const made = await bytes(ground, 'second', { text: `/status\n/note ${dice.word()}`, answers: letterTo('second', ground.first) });
      return { ...made, text: `Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n${made.text}` };
    }),
  ];
}

function machines(): Omit<Recipe, 'group'>[] {
  return [
    recipe('bounce', async (ground, dice) => {
      const letter = dice.pick(ground.got);
      const status = `Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; ${letter.to}\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
      const parts = [
        leaf('text/plain', 'It was not delivered.'),
        leaf('message/delivery-status', status),
        leaf('message/rfc822', letter.bytes.toString('latin1')),
      ];
      const head = [
        'Return-Path: <>',
        'From: MAILER-DAEMON@mx.example.net',
        `To: ${team}`,
        'Subject: Undelivered',
        `Message-ID: <${dice.word(12)}@mx.example.net>`,
      ];
      const root = { ...leaf('text/plain', ''), fields: head.map((field) => `${field}\r\n`) };
      return { text: print(under(root, multipart('multipart/report; report-type=delivery-status', `r-${dice.word()}`, parts))), said: [] };
    }),
    recipe('away', async (ground, dice) => {
      const letter = dice.pick(ground.got);
      const made = await ground.town.bytesOf(letter.to, { text: 'I am away.', answers: letter });
      return { text: `Auto-Submitted: auto-replied\r\n${made.toString('latin1')}`, said: [] };
    }),
  ];
}
