/** Steps of the account database for this service, in order; never change one that was released. Its settings are records (storage/records.ts). */
export const pipesTables = [
  "CREATE TABLE pipes_positions (pipe TEXT NOT NULL, shard TEXT NOT NULL, sequence TEXT NOT NULL, PRIMARY KEY (pipe, shard))",
] as const;
