import type { ServiceEnvironment } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { migrate } from "../../storage/database.ts";
import { RequestTokens } from "./requestTokens.ts";
import { Streams } from "./streams.ts";
import { dynamodbTables, Tables } from "./tables.ts";
import { TimeToLive } from "./ttl.ts";

/** What every operation of this service works with. */
export interface DynamoDb {
  readonly environment: ServiceEnvironment;
  readonly database: Database;
  readonly tables: Tables;
  readonly streams: Streams;
  readonly timeToLive: TimeToLive;
  readonly requestTokens: RequestTokens;
}

export function openDynamoDb(environment: ServiceEnvironment): DynamoDb {
  const { database, kernel, accountId } = environment;
  migrate(database, "dynamodb", dynamodbTables);
  const streams = new Streams(database, kernel, accountId);
  const tables = new Tables(database, kernel, accountId, streams);
  const timeToLive = new TimeToLive(kernel, accountId, tables);
  return { environment, database, tables, streams, timeToLive, requestTokens: new RequestTokens(database) };
}
