// Opens a config's store for one piece of work and closes it whatever happens.

import { openDatabaseOf } from '#config/database.ts';
import type { Config } from '#config/read.ts';
import { openStore, type Store } from '#store/store.ts';
import { openVault } from '#store/vault.ts';

/** Works with the store of a config. Throws a sentence when the database is away or another process has it. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const database = await openDatabaseOf(config);
  const store = await openStore(database, openVault({ keys: config.vaultKeys, mac: config.macKey }));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
