import type { ServiceEnvironment } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { migrate } from "../../storage/database.ts";
import { RequestTokens } from "./requestTokens.ts";
import { dynamodbTables, Tables } from "./tables.ts";

/** What every operation of this service works with. */
export interface DynamoDb {
  readonly environment: ServiceEnvironment;
  readonly database: Database;
  readonly tables: Tables;
  readonly requestTokens: RequestTokens;
}

export function openDynamoDb(environment: ServiceEnvironment): DynamoDb {
  const { database, kernel, accountId } = environment;
  migrate(database, "dynamodb", dynamodbTables);
  return { environment, database, tables: new Tables(database, kernel, accountId), requestTokens: new RequestTokens(database) };
}
