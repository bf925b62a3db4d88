// What a Map state reads, batches and writes.
import { isJsonObject, type Json } from "../../json.ts";
import type { Place } from "./diagnostic.ts";
import { isExpressionTemplate } from "./expressions.ts";
import { checkObject, type Check, type Field, type StateCheck } from "./objects.ts";
import { isPathTemplate, isReferencePath } from "./paths.ts";
import { inBoth, integer, isText, listOf, oneOf, onlyIn, orExpression } from "./values.ts";

const call = { Parameters: onlyIn("JSONPath", isPathTemplate), Arguments: onlyIn("JSONata", isExpressionTemplate) };

function amount(name: string, minimum: number): Readonly<Record<string, Field>> {
  return { [name]: inBoth(orExpression(integer(minimum))), [`${name}Path`]: onlyIn("JSONPath", isReferencePath) };
}

function resourceOf(operations: readonly string[]): Check {
  const allowed = new RegExp(`^arn:[^:]+:states:[^:]*:[^:]*:s3:(?:${operations.join("|")})$`);
  return (value, place, state) => {
    if (typeof value !== "string") return isText(value, place, state);
    if (!allowed.test(value)) state.diagnostics.schema("The field 'Resource' does not match any of the allowed values", place);
  };
}

const csv = {
  CSVHeaderLocation: inBoth(oneOf(["FIRST_ROW", "GIVEN"])),
  CSVHeaders: inBoth(listOf(isText)),
  CSVDelimiter: inBoth(oneOf(["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"])),
};

export const isItemReader: Check = (value, place, state) => {
  const fields = { ...call, Resource: inBoth(resourceOf(["getObject", "listObjectsV2"])), ReaderConfig: inBoth(isReaderConfig) };
  checkObject(value, place, state, { fields, required: ["Resource"] });
};

function isReaderConfig(value: Json, place: Place, state: StateCheck): void {
  const type = isJsonObject(value) ? value["InputType"] : undefined;
  const isCsv = type === undefined || type === "CSV" || type === "MANIFEST";
  const fields = {
    InputType: inBoth(oneOf(["CSV", "JSON", "JSONL", "MANIFEST", "PARQUET"])),
    Transformation: inBoth(oneOf(["NONE", "LOAD_AND_FLATTEN"])),
    ManifestType: inBoth(oneOf(["S3_INVENTORY", "ATHENA_DATA"])),
    ItemsPointer: inBoth(isText),
    ...amount("MaxItems", 0),
    ...(isCsv ? csv : {}),
  };
  if (!checkObject(value, place, state, { fields, groups: [{ fields: ["MaxItems", "MaxItemsPath"] }] }) || !isJsonObject(value)) return;
  if (type === "CSV" && value["CSVHeaderLocation"] === undefined)
    state.diagnostics.schema("The field 'CSVHeaderLocation' is required", place);
  if (value["CSVHeaderLocation"] === "GIVEN" && value["CSVHeaders"] === undefined)
    state.diagnostics.schema("These fields are required: [CSVHeaders]", place);
}

export const isItemBatcher: Check = (value, place, state) => {
  const batchInput = state.language === "JSONata" ? isExpressionTemplate : isPathTemplate;
  const fields = { BatchInput: inBoth(batchInput), ...amount("MaxItemsPerBatch", 1), ...amount("MaxInputBytesPerBatch", 1) };
  checkObject(value, place, state, {
    fields,
    groups: [{ fields: ["MaxItemsPerBatch", "MaxItemsPerBatchPath"] }, { fields: ["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"] }],
  });
};

export const isResultWriter: Check = (value, place, state) => {
  const config = { Transformation: inBoth(oneOf(["NONE", "COMPACT", "FLATTEN"])), OutputType: inBoth(oneOf(["JSON", "JSONL"])) };
  const isWriterConfig: Check = (inner, at, of) =>
    void checkObject(inner, at, of, { fields: config, required: ["Transformation", "OutputType"] });
  const fields = { ...call, Resource: inBoth(resourceOf(["putObject"])), WriterConfig: inBoth(isWriterConfig) };
  if (!checkObject(value, place, state, { fields }) || !isJsonObject(value)) return;
  const target = state.language === "JSONata" ? "Arguments" : "Parameters";
  if (value["Resource"] === undefined && value["WriterConfig"] === undefined)
    state.diagnostics.schema("These fields are required: [Resource]", place);
  if (value["Resource"] !== undefined && value[target] === undefined)
    state.diagnostics.schema(`These fields are required: [${target}]`, place);
};

const longestLabel = 40;
const forbiddenInLabel = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u;

export const isLabel: Check = (value, place, state) => {
  if (typeof value !== "string") return isText(value, place, state);
  const { diagnostics } = state;
  if ([...value].length > longestLabel) {
    diagnostics.error(
      "INVALID_LABEL_NAME",
      `Invalid Label name: Label '${value}' exceeds the ${longestLabel}-character limit allowed by the service`,
      place,
    );
  } else if (value === "" || forbiddenInLabel.test(value)) {
    diagnostics.error("INVALID_LABEL_NAME", `Invalid Label name: Label '${value}' contains invalid characters`, place);
  }
};
