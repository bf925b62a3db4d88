/** Steps of the account database for this service, in order; never change one that was released. Its settings are records (storage/records.ts). */
export const eventsTables = [
  `CREATE TABLE events_deliveries (id TEXT PRIMARY KEY, due_at REAL NOT NULL, record TEXT NOT NULL);
   CREATE TABLE events_archived (
     id INTEGER PRIMARY KEY AUTOINCREMENT, archive TEXT NOT NULL, at REAL NOT NULL, bytes INTEGER NOT NULL, event TEXT NOT NULL);
   CREATE INDEX events_archived_at ON events_archived (archive, at, id);`,
] as const;
