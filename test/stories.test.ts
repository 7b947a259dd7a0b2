// Plays every story of test/stories: real mails, real OpenPGP, a real database, a settable clock and a post made of arrays.
import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, test } from 'vitest';
import { openStore, type Store } from '#store/store.ts';
import { onEmbedded, testVault } from '#test/store/database.ts';
import { play } from '#test/story/play.ts';
import { readStory } from '#test/story/script.ts';

let ground: Awaited<ReturnType<typeof onEmbedded>>;
let store: Store;
beforeAll(async () => {
  ground = await onEmbedded();
});
afterAll(() => ground.end());
// One database for all: making one takes longer than playing a story.
beforeEach(async () => {
  await ground.database.run(async (db) => {
    await db.execute(sql`alter table event disable trigger event_append_only`);
    await db.execute(sql`truncate deadline, event, lease, letter, message, signature, subject, setting cascade`);
    await db.execute(sql`alter table event enable trigger event_append_only`);
  });
  store = await openStore(ground.database, testVault());
});

const folder = 'test/stories';
const stories = readdirSync(folder)
  .sort()
  .map((name) => ({ name, story: readStory(`${folder}/${name}`) }));

test.each(stories.map(({ name, story }) => [story.about.proves, name, story] as const))('%s [%s]', async (_, name, story) => {
  await play(story, store).catch((error: unknown) => {
    throw new Error(`${name}/${error instanceof Error ? error.message : String(error)}`);
  });
});
