/** Steps of the account database for this service, in order; never change one that was released. */
export const statesTables = [
  `CREATE TABLE states_machines (region TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (region, name));
   CREATE TABLE states_definitions (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL);
   CREATE TABLE states_activities (region TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (region, name));
   CREATE TABLE states_map_runs (arn TEXT PRIMARY KEY, execution_arn TEXT NOT NULL, record TEXT NOT NULL);
   CREATE INDEX states_map_runs_execution ON states_map_runs (execution_arn);`,
  // Pieces of logs stand one behind the other as they are written, whoever's they are, and are found by a small index.
  `DROP TABLE IF EXISTS states_executions;
   DROP TABLE IF EXISTS states_events;
   CREATE TABLE states_executions (
     id INTEGER PRIMARY KEY, arn TEXT NOT NULL, machine_arn TEXT NOT NULL, name TEXT NOT NULL, map_run_arn TEXT,
     status TEXT NOT NULL, record TEXT NOT NULL, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
     started_at REAL NOT NULL, stopped_at REAL, redrive_count INTEGER NOT NULL, redriven_at REAL);
   CREATE TABLE states_names (hash INTEGER NOT NULL, execution INTEGER NOT NULL, PRIMARY KEY (hash, execution)) WITHOUT ROWID;
   CREATE TABLE states_names_until (id INTEGER PRIMARY KEY CHECK (id = 1), execution INTEGER NOT NULL);
   CREATE INDEX states_executions_machine ON states_executions (machine_arn, started_at);
   CREATE INDEX states_executions_map_run ON states_executions (map_run_arn, id) WHERE map_run_arn IS NOT NULL;
   CREATE INDEX states_executions_running ON states_executions (id) WHERE status = 'RUNNING';
   CREATE TABLE states_log (id INTEGER PRIMARY KEY, execution INTEGER NOT NULL, first_event INTEGER NOT NULL, events TEXT NOT NULL);
   CREATE INDEX states_log_execution ON states_log (execution, first_event);`,
  "CREATE TABLE states_express_starts (arn TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID",
] as const;
