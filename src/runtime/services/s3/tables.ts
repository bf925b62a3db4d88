/** Steps of the account database for this service, in order; never change one that was released. */
export const s3Tables = [
  `CREATE TABLE s3_buckets (
     id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, region TEXT NOT NULL, created_at REAL NOT NULL,
     versioning TEXT, settings TEXT NOT NULL);
   CREATE TABLE s3_objects (
     id INTEGER PRIMARY KEY AUTOINCREMENT, bucket INTEGER NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
     is_latest INTEGER NOT NULL, is_marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at REAL NOT NULL,
     tags TEXT NOT NULL, details TEXT NOT NULL, files TEXT NOT NULL, content BLOB);
   CREATE UNIQUE INDEX s3_objects_current ON s3_objects (bucket, key) WHERE is_latest = 1;
   CREATE INDEX s3_objects_versions ON s3_objects (bucket, key, id DESC);
   CREATE TABLE s3_uploads (
     id TEXT PRIMARY KEY, bucket INTEGER NOT NULL, key TEXT NOT NULL, initiated_at REAL NOT NULL, request TEXT NOT NULL);
   CREATE INDEX s3_uploads_key ON s3_uploads (bucket, key, id);
   CREATE TABLE s3_parts (
     upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified_at REAL NOT NULL,
     checksums TEXT NOT NULL, files TEXT NOT NULL, content BLOB, PRIMARY KEY (upload, number));
   CREATE TABLE s3_notifications (
     id INTEGER PRIMARY KEY AUTOINCREMENT, bucket INTEGER NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL,
     cause_trace TEXT NOT NULL, cause_span TEXT NOT NULL);`,
] as const;
