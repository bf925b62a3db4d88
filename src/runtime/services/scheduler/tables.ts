/** Steps of the account database for this service, in order; never change one that was released. Its settings are records (storage/records.ts). */
export const schedulerTables = [
  "CREATE TABLE scheduler_deliveries (id TEXT PRIMARY KEY, due_at REAL NOT NULL, record TEXT NOT NULL)",
] as const;
