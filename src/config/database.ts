// The database a config names: a server, or the one embedded in its data folder.
import type { Config } from '#config/config.ts';
import { type Database, openDatabase } from '#store/database.ts';

/** Opens it; throws as `openDatabase` does. */
export function openDatabaseOf({ databaseUrl, data }: Config): Promise<Database> {
  return openDatabase(databaseUrl === undefined ? { directory: data } : { url: databaseUrl });
}
