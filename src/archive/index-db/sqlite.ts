import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

/** An open SQLite database; keep hold of it for as long as its statements are in use. */
export type Database = DatabaseSyncInstance;
/** A prepared statement of a `Database`. */
export type Statement = StatementSyncInstance;

/** Opens a database file, made where there is none, or one in memory for `:memory:`. */
export async function openDatabase(file: string): Promise<Database> {
  const { DatabaseSync } = await import('@photostructure/sqlite');
  return new DatabaseSync(file, { timeout: 10_000 });
}
