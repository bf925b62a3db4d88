/** Steps of the account database for this service, in order; never change one that was released. */
export const statesTables = [
  `CREATE TABLE states_machines (region TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (region, name));
   CREATE TABLE states_definitions (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL);
   CREATE TABLE states_activities (region TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (region, name));
   CREATE TABLE states_executions (
     id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, machine_arn TEXT NOT NULL, name TEXT NOT NULL, map_run_arn TEXT,
     status TEXT NOT NULL, record TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
     started_at REAL NOT NULL, stopped_at REAL, redrive_count INTEGER NOT NULL, redriven_at REAL);
   CREATE INDEX states_executions_machine ON states_executions (machine_arn, started_at);
   CREATE INDEX states_executions_map_run ON states_executions (map_run_arn, id) WHERE map_run_arn IS NOT NULL;
   CREATE INDEX states_executions_running ON states_executions (id) WHERE status = 'RUNNING';
   CREATE TABLE states_events (id INTEGER PRIMARY KEY, events TEXT NOT NULL);
   CREATE TABLE states_map_runs (arn TEXT PRIMARY KEY, execution_arn TEXT NOT NULL, record TEXT NOT NULL);
   CREATE INDEX states_map_runs_execution ON states_map_runs (execution_arn);`,
] as const;
