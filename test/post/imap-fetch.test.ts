// Which mails are downloaded together, and what a server that says wrong sizes gets.
import type { ImapFlow } from 'imapflow';
import { expect, test } from 'vitest';
import { batches, batchLimit, download, measure } from '#post/imap-fetch.ts';

const waiting = (...sizes: number[]) => sizes.map((size, index) => ({ uid: index + 1, size, arrived: new Date(0) }));
const cut = (sizes: number[], largest = 1e9, alone: number[] = []) =>
  batches(waiting(...sizes), largest, (uid) => alone.includes(uid)).map((batch) => batch.map(({ uid }) => uid));

test('batches keep to the bytes and the number', () => {
  expect(cut([1, 1, 1])).toEqual([[1, 2, 3]]);
  expect(cut([batchLimit.bytes, 1, 1])).toEqual([[1], [2, 3]]);
  expect(cut([batchLimit.bytes * 2, 1])).toEqual([[1], [2]]);
  expect(cut(Array(batchLimit.mails + 1).fill(1)).map((batch) => batch.length)).toEqual([batchLimit.mails, 1]);
});

test('a mail that must be alone is alone, one too large to download weighs nothing', () => {
  expect(cut([1, 1, 1], 1e9, [2])).toEqual([[1], [2], [3]]);
  expect(cut([batchLimit.bytes * 2, 1, 1], 100)).toEqual([[1, 2, 3]]);
});

const answering = (...rows: object[]) => ({ fetchAll: async () => rows }) as unknown as ImapFlow;

test('a mail larger than the server said is not taken', async () => {
  const bytes = await download(
    answering({ uid: 1, source: Buffer.alloc(11) }, { uid: 2, source: Buffer.alloc(10) }, { uid: null, source: Buffer.alloc(1) }),
    [1, 2, 3],
    10,
  );
  expect([...bytes].map(([uid, source]) => [uid, source?.length])).toEqual([
    [1, undefined],
    [2, 10],
  ]);
});

test('answers nobody asked for are passed over', async () => {
  const client = answering(
    { uid: 2, size: 5, internalDate: new Date(1) },
    { uid: null, size: 5 },
    { uid: 1 },
    { uid: 9, size: 9, internalDate: 'never' },
  );
  expect(await measure(client, [1, 2])).toEqual([{ uid: 2, size: 5, arrived: new Date(1) }]);
});
