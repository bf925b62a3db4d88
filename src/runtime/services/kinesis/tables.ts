/** Steps of the account database for this service, in order; never change one that was released. */
export const kinesisTables = [
  `CREATE TABLE kinesis_streams (
     id INTEGER PRIMARY KEY AUTOINCREMENT, region TEXT NOT NULL, name TEXT NOT NULL, settings TEXT NOT NULL, created_at REAL NOT NULL,
     UNIQUE (region, name));
   CREATE TABLE kinesis_shards (
     stream INTEGER NOT NULL, number INTEGER NOT NULL, parent INTEGER, adjacent_parent INTEGER, first_hash TEXT NOT NULL,
     last_hash TEXT NOT NULL, first_record INTEGER NOT NULL, last_record INTEGER, opened_at REAL NOT NULL, closed_at REAL,
     PRIMARY KEY (stream, number));
   CREATE TABLE kinesis_records (
     id INTEGER PRIMARY KEY AUTOINCREMENT, stream INTEGER NOT NULL, shard INTEGER NOT NULL, written_at REAL NOT NULL,
     partition_key TEXT NOT NULL, data BLOB NOT NULL, cause_trace TEXT, cause_span TEXT);
   CREATE INDEX kinesis_records_shard ON kinesis_records (stream, shard, id);
   CREATE INDEX kinesis_records_time ON kinesis_records (stream, written_at);
   CREATE TABLE kinesis_consumers (
     stream INTEGER NOT NULL, name TEXT NOT NULL, tags TEXT NOT NULL, created_at REAL NOT NULL, PRIMARY KEY (stream, name));`,
] as const;
