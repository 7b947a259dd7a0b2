// What a letter carries is opened once for all its readers, and every one of them gets it whole.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultLimits } from '#mail/entity.ts';
import { openCarried } from '#office/carried.ts';
import { keyring } from '#pgp/keyring.ts';
import type { Kept } from '#store/messages.ts';
import { keyOf, openTown, people, type Town, team } from '#test/town.ts';
import { after } from '#time.ts';

const now = new Date('2026-03-02T09:00:00Z');
let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

async function mailWith(size: number, encrypted = false): Promise<Buffer> {
  const content = Buffer.alloc(size, 'a');
  const attachments = [{ filename: 'crash.bin', contentType: 'application/octet-stream', content }];
  return town.bytesOf('reporter', { text: 'It crashes.', encrypted, attachments });
}

/** Kept mails that count how often they are asked for, and wait until they are told to answer. */
async function kept(raw: Buffer) {
  const asked: string[] = [];
  const message = async (id: string): Promise<Kept> => {
    asked.push(id);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { id, team: 'security', place: { mailbox: 'INBOX', uidValidity: '1', uid: 1 }, kind: 'report', receivedAt: now, raw, note: {} };
  };
  const source = { messages: { message }, keyring: keyring([await keyOf(team)], []), limits: defaultLimits, now };
  return { asked, source };
}

test('a mail that letters to many carry is opened once, also when they leave at the same time', async () => {
  const { asked, source } = await kept(await mailWith(1000, true));
  const carried = openCarried();
  const all = await Promise.all(Array.from({ length: 20 }, () => carried.attachments(['one'], source)));
  for (const attachments of all) expect(attachments).toMatchObject([{ filename: 'crash.bin', content: Buffer.alloc(1000, 'a') }]);
  expect((await carried.attachments(['one', 'two'], source)).map(({ filename }) => filename)).toEqual(['crash.bin', 'crash.bin']);
  expect(asked).toEqual(['one', 'two']);
});

test('what was opened is forgotten after some minutes', async () => {
  const { asked, source } = await kept(await mailWith(10));
  const carried = openCarried();
  for (const at of [now, after(now, '4m'), after(now, '6m')]) await carried.attachments(['one'], { ...source, now: at });
  expect(asked).toEqual(['one', 'one']);
});

test('threat: memory: of many large attachments the oldest are forgotten', async () => {
  const { asked, source } = await kept(await mailWith(19_000_000));
  const carried = openCarried();
  for (const id of ['one', 'two', 'three', 'three', 'two', 'one']) await carried.attachments([id], source);
  expect(asked).toEqual(['one', 'two', 'three', 'one']);
});

test('a database that was away is asked again for the next reader', async () => {
  const { source, asked } = await kept(await mailWith(10));
  const away = { ...source, messages: { message: () => Promise.reject(new Error('away')) } };
  const carried = openCarried();
  await expect(carried.attachments(['one'], away)).rejects.toThrow('away');
  expect(await carried.attachments(['one'], source)).toHaveLength(1);
  expect(asked).toEqual(['one']);
});

test('the report with its attachment reaches every member from one look at the kept mail', async () => {
  const attachments = [{ filename: 'crash.bin', contentType: 'application/octet-stream', content: Buffer.from([0, 1, 2, 255]) }];
  await town.writes('reporter', { text: 'It crashes.', attachments });
  const { message } = town.store.messages;
  let looks = 0;
  Object.assign(town.store.messages, {
    message: (id: string) => {
      looks += 1;
      return message(id);
    },
  });
  const reports = (await town.post()).filter(({ kind }) => kind === 'report');
  expect(reports.map(({ to }) => to).sort()).toEqual([people.lead, people.second, people.third]);
  for (const { opened } of reports) expect(opened.attachments).toMatchObject([{ content: Buffer.from([0, 1, 2, 255]) }]);
  expect(looks).toBe(1);
});
