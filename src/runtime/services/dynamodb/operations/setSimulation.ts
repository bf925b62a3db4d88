import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, oneOf } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { tableNotFound } from "../errors.ts";

interface SimulationInput {
  /** Absent: settings of the whole account only. */
  readonly TableName?: string | undefined;
  /** Whether requests beyond the table's capacity are refused. */
  readonly EnforceCapacity?: boolean | undefined;
  /** Whether tables of the account take their time to be created, changed and deleted. */
  readonly TableStates?: string | undefined;
}

interface SimulationOutput {
  readonly TableStates: "realistic" | "instant";
  readonly EnforceCapacity?: boolean;
}

/** Not an operation of AWS: how closely AWS is imitated. Only the Studio and those who hold the runtime reach it. */
export function setSimulation(dynamodb: DynamoDb, input: SimulationInput, call: Call): SimulationOutput {
  checkConstraints([oneOf(input.TableStates, "tableStates", ["realistic", "instant"])]);
  const { states, tables } = dynamodb;
  if (input.TableStates !== undefined) states.setRealistic(input.TableStates === "realistic");
  const TableStates = states.areRealistic ? "realistic" : "instant";
  if (input.TableName === undefined) return { TableStates };
  const table = tables.find(call.region, input.TableName);
  if (!table) throw tableNotFound(input.TableName);
  if (input.EnforceCapacity !== undefined) tables.update(table, { ...table.settings, isCapacityEnforced: input.EnforceCapacity });
  return { TableStates, EnforceCapacity: table.settings.isCapacityEnforced === true };
}
