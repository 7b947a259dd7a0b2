// Every attack class we know, each mail taken the whole way: not obeyed, not told, not lost; and its honest twin is obeyed.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { marks } from '#test/attacks/attack.ts';
import { attacks, table } from '#test/attacks/list.ts';
import { type Ground, openGround, type Scene } from '#test/attacks/scene.ts';
import { play, wrongWith } from '#test/attacks/verdict.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

describe.each(attacks.map((attack) => [attack.name, attack] as const))('%s', (_, attack) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await ground.scene(attack.released);
  });

  test.each(attack.mails.filter(({ open }) => open === undefined).map((mail) => [mail.name, mail] as const))(
    'threat: %s is not obeyed, tells nobody and is not lost',
    async (_, mail) => {
      const bytes = await mail.build(scene);
      const outcome = await play(scene, bytes);
      expect(await wrongWith(mail, bytes, outcome, scene)).toEqual([]);
    },
  );

  for (const mail of attack.mails)
    if (mail.open !== undefined)
      test.fails(`${mail.name}: known and open, ${mail.open}`, async () => {
        const bytes = await mail.build(scene);
        expect(await wrongWith(mail, bytes, await play(scene, bytes), scene)).toEqual([]);
      });

  test.each(attack.honest.map((mail) => [mail.name, mail] as const))('%s is obeyed', async (_, mail) => {
    const { taken, events } = await play(scene, await mail.build(scene));
    const { shows } = mail;
    const shown = events.filter((event) => (shows ? event.type === shows : event.type === 'noted' && event.text.includes(marks.honest)));
    expect({ transcript: taken.transcript, shown: shown.length }).toMatchObject({ shown: 1 });
  });
});

test('the table in docs/security.md counts the attacks that are tried here', () => {
  const [, between = ''] = /<!-- attacks -->\n([\s\S]*?)\n<!-- \/attacks -->/.exec(readFileSync('docs/security.md', 'utf8')) ?? [];
  // When it fails, the table that is right stands in the difference.
  expect(between.trim()).toBe(table().trim());
});

test('every class has mails of its own and an honest one, and no two mails of a class share a name', () => {
  for (const { id, mails, honest } of attacks) {
    const names = [...mails, ...honest].map(({ name }) => name);
    expect(mails.length, id).toBeGreaterThan(4);
    expect(honest.length, id).toBeGreaterThan(0);
    expect(
      names.filter((name, index) => names.indexOf(name) !== index),
      id,
    ).toEqual([]);
  }
});
