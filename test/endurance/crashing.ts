// A process that takes turns on an embedded database as fast as it can and says which ones were acknowledged: made to be killed.
import { openDatabase } from '#store/database.ts';
import { openStore } from '#store/store.ts';
import { testVault } from '#test/store/database.ts';
import { aMail, noted, now, queued } from '#test/store/suite/fixture.ts';

const [directory = '', round = ''] = process.argv.slice(2);
const store = await openStore(await openDatabase({ directory }), testVault());
for (let number = 1; ; number += 1) {
  const id = `SRC-${round}-${number}`;
  const mail = { ...aMail({ subject: id, id, fingerprint: id }), place: { mailbox: 'INBOX', uidValidity: round, uid: number } };
  await store.turn(async (turn) => {
    await turn.create({ id, team: 'src', kind: 'incident', openedAt: now });
    const letters = [queued({ id, cause: id, messageId: `${id}@example.org` })];
    await turn.commit({ message: mail, subject: { id, stage: 'reported' }, events: [noted('one'), noted('two')], letters, now });
  });
  process.stdout.write(`${id}\n`);
}
