import type {
  AttributeDefinition,
  CreateTableInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  ProvisionedThroughput,
} from "@aws-sdk/client-dynamodb";
import { dynamodbLimits as limits } from "../../../model/limits/dynamodb.ts";
import type { Constraint } from "./constraints.ts";
import { atLeast, checkConstraints, nameConstraints, oneOf, required } from "./constraints.ts";
import { invalid, invalidParameter } from "./errors.ts";

/** Checks the input of CreateTable as AWS does: all broken constraints at once, then one by one what does not fit together. */
export function checkCreateTable(input: CreateTableInput): void {
  if (input.TableName === undefined) throw invalid("The parameter 'TableName' is required but was not present in the request");
  const definitions = input.AttributeDefinitions ?? [];
  const keySchema = input.KeySchema ?? [];
  checkConstraints([
    ...nameConstraints(input.TableName, "tableName"),
    required(input.AttributeDefinitions, "attributeDefinitions"),
    required(input.KeySchema, "keySchema"),
    oneOf(input.BillingMode, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"]),
    tableClassConstraint(input.TableClass),
    ...definitions.flatMap((definition, index) => [
      required(definition.AttributeName, `attributeDefinitions.${index + 1}.member.attributeName`),
      required(definition.AttributeType, `attributeDefinitions.${index + 1}.member.attributeType`),
      oneOf(definition.AttributeType, `attributeDefinitions.${index + 1}.member.attributeType`, ["B", "N", "S"]),
    ]),
    keySchema.length > 2
      ? `Value '[${keySchema.map(printKeyElement).join(", ")}]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2`
      : undefined,
    ...keySchemaConstraints(keySchema, "keySchema"),
    ...throughputConstraints(input.ProvisionedThroughput, "provisionedThroughput"),
    ...(input.GlobalSecondaryIndexes ?? []).flatMap((index, position) =>
      indexConstraints(index, `globalSecondaryIndexes.${position + 1}.member`),
    ),
    ...(input.LocalSecondaryIndexes ?? []).flatMap((index, position) =>
      indexConstraints(index, `localSecondaryIndexes.${position + 1}.member`),
    ),
  ]);
  checkBilling(input.BillingMode, input.ProvisionedThroughput);
  if (input.StreamSpecification?.StreamEnabled === true && input.StreamSpecification.StreamViewType === undefined)
    throw invalidParameter("StreamViewType must be specified when StreamEnabled is true");
  checkDefinitions(definitions);
  if (keySchema.length > definitions.length) throw invalid("Invalid KeySchema: Some index key attribute have no definition");
  checkKeySchema(keySchema, definitions, false);
  const local = input.LocalSecondaryIndexes;
  const global = input.GlobalSecondaryIndexes;
  if (local?.length === 0) throw invalidParameter("List of LocalSecondaryIndexes is empty");
  if (global?.length === 0) throw invalidParameter("List of GlobalSecondaryIndexes is empty");
  for (const index of local ?? []) checkLocalIndex(index, keySchema, definitions);
  for (const index of global ?? []) checkGlobalIndex(index, definitions);
  if ((local ?? []).length > limits.localIndexes.value) {
    throw invalidParameter(`Number of LocalSecondaryIndexes exceeds per-table limit of ${limits.localIndexes.value}`);
  }
  if ((global ?? []).length > limits.globalIndexes.value) {
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${limits.globalIndexes.value}`);
  }
  checkProjectedAttributes([...(local ?? []), ...(global ?? [])]);
  const names = [...(local ?? []), ...(global ?? [])].map((index) => index.IndexName);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw invalidParameter(`Duplicate index name: ${twice}`);
  checkAllUsed(definitions, [keySchema, ...[...(local ?? []), ...(global ?? [])].map((index) => index.KeySchema ?? [])]);
}

export function checkBilling(billingMode: string | undefined, throughput: ProvisionedThroughput | undefined): void {
  if (billingMode === "PAY_PER_REQUEST" && throughput) {
    throw invalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
  }
  if (billingMode !== "PAY_PER_REQUEST" && !throughput) {
    throw invalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
  }
}

function checkDefinitions(definitions: readonly AttributeDefinition[]): void {
  const names = definitions.map((definition) => definition.AttributeName);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw invalidParameter(`Duplicate AttributeName in AttributeDefinitions: ${twice}`);
}

/** `isMulti`: global indexes take up to four attributes per part. */
export function checkKeySchema(elements: readonly KeySchemaElement[], definitions: readonly AttributeDefinition[], isMulti: boolean): void {
  if (elements.length === 0)
    throw invalid(
      "1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  const names = elements.map((element) => element.AttributeName ?? "");
  const defined = definitions.map((definition) => definition.AttributeName ?? "");
  if (elements[0]?.KeyType !== "HASH") throw invalidParameter("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  const max = isMulti ? limits.globalIndexKeyAttributes.value : 1;
  const count = (keyType: string): number => elements.filter((element) => element.KeyType === keyType).length;
  if (elements.length > 2 * max) throw invalidParameter(`Too many KeySchema elements: at most ${2 * max} are allowed`);
  if (count("HASH") > max) throw invalidParameter("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  if (count("RANGE") > max) throw invalidParameter("Invalid KeySchema: Too many RANGE key attributes");
  const firstRange = elements.findIndex((element) => element.KeyType === "RANGE");
  if (firstRange >= 0 && elements.slice(firstRange).some((element) => element.KeyType === "HASH")) {
    throw invalidParameter("Invalid KeySchema: HASH keys must come before RANGE keys");
  }
  if (new Set(names).size < names.length)
    throw invalidParameter("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  const missing = names.filter((name) => !defined.includes(name));
  if (missing.length > 0) {
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(", ")}], AttributeDefinitions: [${defined.join(", ")}]`,
    );
  }
}

function checkLocalIndex(
  index: LocalSecondaryIndex,
  tableKey: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): void {
  const keySchema = index.KeySchema ?? [];
  checkKeySchema(keySchema, definitions, false);
  checkProjection(index);
  if (tableKey.length < 2)
    throw invalidParameter("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
  if (keySchema.length < 2) {
    throw invalidParameter(`Index KeySchema does not have a range key for index: ${index.IndexName ?? ""}`);
  }
  const [hash, tableHash] = [keySchema[0]?.AttributeName, tableKey[0]?.AttributeName];
  if (hash !== tableHash) {
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${index.IndexName ?? ""}. index hash key: ${hash ?? ""}, table hash key: ${tableHash ?? ""}`,
    );
  }
}

export function checkGlobalIndex(index: GlobalSecondaryIndex, definitions: readonly AttributeDefinition[]): void {
  checkKeySchema(index.KeySchema ?? [], definitions, true);
  checkProjection(index);
}

function checkProjection(index: LocalSecondaryIndex): void {
  const projection = index.Projection;
  const type = projection?.ProjectionType;
  if (type === undefined) throw invalidParameter("Unknown ProjectionType: null");
  if (!["ALL", "KEYS_ONLY", "INCLUDE"].includes(type)) throw invalidParameter(`Unknown ProjectionType: ${type}`);
  if (type === "INCLUDE" && !projection?.NonKeyAttributes)
    throw invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  if (type !== "INCLUDE" && projection?.NonKeyAttributes)
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
}

/** Attributes that a table's indexes name beside their keys are limited together. */
export function checkProjectedAttributes(indexes: readonly LocalSecondaryIndex[]): void {
  const count = indexes.reduce((sum, index) => sum + (index.Projection?.NonKeyAttributes?.length ?? 0), 0);
  if (count > limits.projectedAttributes.value)
    throw invalidParameter(
      `The number of projected attributes across all indexes exceeds the limit of ${limits.projectedAttributes.value}`,
    );
}

export function tableClassConstraint(tableClass: string | undefined): Constraint {
  return oneOf(tableClass, "tableClass", ["STANDARD", "STANDARD_INFREQUENT_ACCESS"]);
}

/** Every defined attribute has to be part of a key. */
export function checkAllUsed(definitions: readonly AttributeDefinition[], keySchemas: readonly (readonly KeySchemaElement[])[]): void {
  const used = new Set(keySchemas.flat().map((element) => element.AttributeName));
  if (definitions.some((definition) => !used.has(definition.AttributeName))) {
    throw invalidParameter("Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
  }
}

/** As AWS prints it in its messages. */
function printKeyElement({ AttributeName: name, KeyType: type }: KeySchemaElement): string {
  return `KeySchemaElement(attributeName=${name ?? "null"}, keyType=${type ?? "null"})`;
}

function keySchemaConstraints(elements: readonly KeySchemaElement[], at: string): Constraint[] {
  return elements.flatMap((element, index) => [
    required(element.AttributeName, `${at}.${index + 1}.member.attributeName`),
    required(element.KeyType, `${at}.${index + 1}.member.keyType`),
    oneOf(element.KeyType, `${at}.${index + 1}.member.keyType`, ["HASH", "RANGE"]),
  ]);
}

function indexConstraints(index: LocalSecondaryIndex, at: string): Constraint[] {
  return [
    ...nameConstraints(index.IndexName, `${at}.indexName`),
    required(index.KeySchema, `${at}.keySchema`),
    required(index.Projection, `${at}.projection`),
    ...keySchemaConstraints(index.KeySchema ?? [], `${at}.keySchema`),
  ];
}

function throughputConstraints(throughput: ProvisionedThroughput | undefined, at: string): Constraint[] {
  if (!throughput) return [];
  return [
    required(throughput.ReadCapacityUnits, `${at}.readCapacityUnits`),
    required(throughput.WriteCapacityUnits, `${at}.writeCapacityUnits`),
    atLeast(throughput.ReadCapacityUnits, `${at}.readCapacityUnits`, 1),
    atLeast(throughput.WriteCapacityUnits, `${at}.writeCapacityUnits`, 1),
  ];
}
