/** Steps of the account database for this service, in order; never change one that was released. */
export const snsTables = [
  `CREATE TABLE sns_topics (
     id INTEGER PRIMARY KEY AUTOINCREMENT, region TEXT NOT NULL, name TEXT NOT NULL, attributes TEXT NOT NULL, tags TEXT NOT NULL,
     deleted_subscriptions INTEGER NOT NULL, created_at REAL NOT NULL, UNIQUE (region, name));
   CREATE TABLE sns_subscriptions (
     id INTEGER PRIMARY KEY AUTOINCREMENT, topic INTEGER NOT NULL, arn TEXT NOT NULL UNIQUE, protocol TEXT NOT NULL, endpoint TEXT NOT NULL,
     attributes TEXT NOT NULL, token TEXT NOT NULL, state TEXT NOT NULL, created_at REAL NOT NULL);
   CREATE INDEX sns_subscriptions_topic ON sns_subscriptions (topic, id);
   CREATE TABLE sns_messages (
     id INTEGER PRIMARY KEY AUTOINCREMENT, topic INTEGER NOT NULL, published_at REAL NOT NULL, message TEXT NOT NULL, outcome TEXT NOT NULL);
   CREATE INDEX sns_messages_topic ON sns_messages (topic, id);
   CREATE INDEX sns_messages_time ON sns_messages (topic, published_at);
   CREATE TABLE sns_deliveries (
     id INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL, due_at REAL NOT NULL, record TEXT NOT NULL);
   CREATE INDEX sns_deliveries_subscription ON sns_deliveries (subscription, id);
   CREATE TABLE sns_deduplication (
     topic INTEGER NOT NULL, scope TEXT NOT NULL, deduplication_id TEXT NOT NULL, message_id TEXT NOT NULL, sequence TEXT NOT NULL,
     expires_at REAL NOT NULL, PRIMARY KEY (topic, scope, deduplication_id));
   CREATE INDEX sns_deduplication_expiry ON sns_deduplication (topic, expires_at);
   CREATE TABLE sns_keys (name TEXT PRIMARY KEY, private_key TEXT NOT NULL, certificate TEXT NOT NULL);`,
  `CREATE TABLE sns_platform_applications (arn TEXT PRIMARY KEY, attributes TEXT NOT NULL);
   CREATE TABLE sns_platform_endpoints (
     arn TEXT PRIMARY KEY, application TEXT NOT NULL, token TEXT NOT NULL, attributes TEXT NOT NULL);
   CREATE INDEX sns_platform_endpoints_application ON sns_platform_endpoints (application, arn);
   CREATE TABLE sns_text_settings (region TEXT PRIMARY KEY, attributes TEXT NOT NULL);`,
  `CREATE INDEX sns_platform_endpoints_token ON sns_platform_endpoints (application, token);`,
] as const;
