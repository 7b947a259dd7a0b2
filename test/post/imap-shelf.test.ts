// What the mailbox remembers of the mails it handed out, without any server.
import { expect, test } from 'vitest';
import { openShelf } from '#post/imap-shelf.ts';

const shelf = () => {
  const opened = openShelf({ first: 100, most: 1000, jitter: () => 1 });
  opened.open('1');
  return opened;
};

test('a mail that was handed out is held back for growing pauses', () => {
  const known = shelf();
  known.tried(7, 0);
  expect([known.due([7, 8], 99), known.due([7, 8], 100), known.nextDue()]).toEqual([[8], [7, 8], 100]);
  known.tried(7, 100);
  expect([known.due([7], 299), known.due([7], 300)]).toEqual([[], [7]]);
});

test('a mail under way to its folder is not handed out, nor one that was filed', () => {
  const known = shelf();
  known.tried(7, 0);
  known.filing(7);
  expect([known.due([7], 1000), known.nextDue()]).toEqual([[], Number.POSITIVE_INFINITY]);
  known.filed(7);
  expect(known.due([7], 1000)).toEqual([]);
});

test('a mail that could not be filed is due again', () => {
  const known = shelf();
  known.tried(7, 0);
  known.filing(7);
  known.unfiled(7);
  expect(known.due([7], 100)).toEqual([7]);
});

test('a mail that left the inbox is forgotten', () => {
  const known = shelf();
  known.tried(7, 0);
  known.due([], 1);
  expect(known.due([7], 1)).toEqual([7]);
});

test('another UIDVALIDITY forgets everything, the same one nothing', () => {
  const known = shelf();
  known.tried(7, 0);
  known.open('1');
  expect(known.due([7], 1)).toEqual([]);
  known.open('2');
  expect(known.due([7], 1)).toEqual([7]);
});

test('mails of a failed download are due at once and alone; one that failed alone waits', () => {
  const known = shelf();
  known.failed([7, 8], 0);
  expect([known.due([7, 8], 0), known.alone(7), known.alone(9)]).toEqual([[7, 8], true, false]);
  known.failed([7], 0);
  expect(known.due([7, 8], 0)).toEqual([8]);
  known.tried(8, 0);
  expect(known.alone(8)).toBe(false);
});
