// Builds the parsed state machine from a definition's JSON. It never judges: `validate/` does, and what it refuses is
// never run; here a field of the wrong kind is as if it were absent.
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import {
  choiceOperators,
  type Amount,
  type Catcher,
  type ChoiceOperator,
  type ChoiceRule,
  type Condition,
  type FailText,
  type Flow,
  type ItemBatcher,
  type ItemReader,
  type MapProcessor,
  type MapState,
  type QueryLanguage,
  type ReaderConfig,
  type ResultWriter,
  type Retrier,
  type State,
  type StateMachineDefinition,
  type WaitUntil,
} from "./definition.ts";
import { ExactNumber } from "./number.ts";
import { readValue } from "./value.ts";
import { readJsonText } from "./jsonText.ts";
import { parseResource, type TaskResource } from "./resource.ts";

/** The state machine of a text that validation found no error in; undefined: it is no JSON object. */
export function parseDefinition(text: string): StateMachineDefinition | undefined {
  const json = readJsonText(text);
  if (!json.ok || !isJsonObject(json.value)) return undefined;
  // Literals keep their form: what a Pass gives as 1.0 is 1.0.
  return definitionOf(readValue(text) as JsonObject);
}

/** The same of JSON that was read before: of a YAML file, of a template's `Definition`. */
export function definitionOf(json: JsonObject): StateMachineDefinition {
  const queryLanguage = languageOf(json, "JSONPath");
  return {
    ...flowOf(json, "", queryLanguage),
    queryLanguage,
    ...optional("comment", text(json["Comment"])),
    ...optional("version", text(json["Version"])),
    ...optional("timeoutSeconds", number(json["TimeoutSeconds"])),
  };
}

/** What a machine or a state says about its language: all but the exact word of JSONPath is JSONata, as in AWS. */
export function languageOf(json: JsonObject, inherited: QueryLanguage): QueryLanguage {
  const value = json["QueryLanguage"];
  if (value === undefined) return inherited;
  return value === "JSONPath" ? "JSONPath" : "JSONata";
}

/** Nested states take the machine's language, never that of the Map or Parallel around them. */
function flowOf(json: JsonObject, location: string, machineLanguage: QueryLanguage): Flow {
  const states = new Map<string, State>();
  for (const [name, state] of Object.entries(object(json["States"]) ?? {})) {
    if (isJsonObject(state)) states.set(name, stateOf(name, state, `${location}/States/${name}`, machineLanguage));
  }
  return { startAt: text(json["StartAt"]) ?? "", states, location };
}

/** One state; `machineLanguage` is what it has when it says nothing itself. */
export function stateOf(name: string, json: JsonObject, location: string, machineLanguage: QueryLanguage): State {
  const queryLanguage = languageOf(json, machineLanguage);
  const isPath = queryLanguage === "JSONPath";
  const own = { name, location, queryLanguage, ...optional("comment", text(json["Comment"])) };
  const data = {
    inputPath: isPath ? path(json["InputPath"]) : "$",
    outputPath: isPath ? path(json["OutputPath"]) : "$",
    ...optional("output", isPath ? undefined : json["Output"]),
    ...optional("assign", object(json["Assign"])),
  };
  const transition = optional("next", text(json["Next"]));
  const input = {
    ...optional("parameters", isPath ? json["Parameters"] : undefined),
    ...optional("arguments", isPath ? undefined : json["Arguments"]),
  };
  const result = {
    resultPath: isPath ? path(json["ResultPath"]) : "$",
    ...optional("resultSelector", isPath ? json["ResultSelector"] : undefined),
  };
  const errors = () => ({
    retry: list(json["Retry"]).flatMap((item, index) => retrierOf(item, `${location}/Retry[${index}]`)),
    catch: list(json["Catch"]).flatMap((item, index) => catcherOf(item, `${location}/Catch[${index}]`, isPath)),
  });
  switch (json["Type"]) {
    case "Task":
      return {
        ...own,
        ...data,
        ...transition,
        ...input,
        ...result,
        ...errors(),
        type: "Task",
        resource: resourceOf(json["Resource"]),
        ...optional("timeout", amountOf(json, "TimeoutSeconds", isPath)),
        ...optional("heartbeat", amountOf(json, "HeartbeatSeconds", isPath)),
        ...optional("credentials", object(json["Credentials"])),
      };
    case "Choice":
      return {
        ...own,
        ...data,
        type: "Choice",
        choices: list(json["Choices"]).flatMap((rule, index) => choiceOf(rule, `${location}/Choices[${index}]`, isPath)),
        ...optional("default", text(json["Default"])),
      };
    case "Wait":
      return { ...own, ...data, ...transition, type: "Wait", until: untilOf(json, isPath) };
    case "Succeed":
      return { ...own, ...data, type: "Succeed" };
    case "Fail":
      return {
        ...own,
        type: "Fail",
        ...optional("error", failTextOf(json, "Error", isPath)),
        ...optional("cause", failTextOf(json, "Cause", isPath)),
      };
    case "Parallel":
      return {
        ...own,
        ...data,
        ...transition,
        ...input,
        ...result,
        ...errors(),
        type: "Parallel",
        branches: list(json["Branches"]).map((branch, index) =>
          flowOf(object(branch) ?? {}, `${location}/Branches[${index}]`, machineLanguage),
        ),
      };
    case "Map":
      return { ...own, ...data, ...transition, ...result, ...errors(), ...mapOf(json, location, machineLanguage, isPath) };
    default:
      return {
        ...own,
        ...data,
        ...transition,
        type: "Pass",
        ...optional("result", isPath ? json["Result"] : undefined),
        ...optional("parameters", isPath ? json["Parameters"] : undefined),
        resultPath: result.resultPath,
      };
  }
}

type MapFields = Pick<
  MapState,
  | "type"
  | "processor"
  | "itemsPath"
  | "items"
  | "itemSelector"
  | "itemReader"
  | "itemBatcher"
  | "resultWriter"
  | "maxConcurrency"
  | "toleratedFailureCount"
  | "toleratedFailurePercentage"
  | "label"
>;

function mapOf(json: JsonObject, location: string, machineLanguage: QueryLanguage, isPath: boolean): MapFields {
  return {
    type: "Map",
    processor: processorOf(json, location, machineLanguage),
    itemsPath: (isPath ? text(json["ItemsPath"]) : undefined) ?? "$",
    ...optional("items", isPath ? undefined : json["Items"]),
    ...optional("itemSelector", json["ItemSelector"] ?? (isPath ? json["Parameters"] : undefined)),
    ...optional("itemReader", readerOf(json["ItemReader"], `${location}/ItemReader`, isPath)),
    ...optional("itemBatcher", batcherOf(json["ItemBatcher"], isPath)),
    ...optional("resultWriter", writerOf(json["ResultWriter"], `${location}/ResultWriter`, isPath)),
    ...optional("maxConcurrency", amountOf(json, "MaxConcurrency", isPath)),
    ...optional("toleratedFailureCount", amountOf(json, "ToleratedFailureCount", isPath)),
    ...optional("toleratedFailurePercentage", amountOf(json, "ToleratedFailurePercentage", isPath)),
    ...optional("label", text(json["Label"])),
  };
}

function processorOf(json: JsonObject, location: string, machineLanguage: QueryLanguage): MapProcessor {
  const isIterator = json["ItemProcessor"] === undefined;
  const field = isIterator ? "Iterator" : "ItemProcessor";
  const processor = object(json[field]) ?? {};
  const config = object(processor["ProcessorConfig"]) ?? {};
  return {
    ...flowOf(processor, `${location}/${field}`, machineLanguage),
    mode: config["Mode"] === "DISTRIBUTED" ? "DISTRIBUTED" : "INLINE",
    executionType: config["ExecutionType"] === "EXPRESS" ? "EXPRESS" : "STANDARD",
    isIterator,
  };
}

function readerOf(value: Json | undefined, location: string, isPath: boolean): ItemReader | undefined {
  if (!isJsonObject(value)) return undefined;
  const config = object(value["ReaderConfig"]) ?? {};
  const headers = list(config["CSVHeaders"]).filter((header) => typeof header === "string");
  const readerConfig: ReaderConfig = {
    ...optional("inputType", oneOf(config["InputType"], ["CSV", "JSON", "JSONL", "MANIFEST", "PARQUET"])),
    ...optional("transformation", oneOf(config["Transformation"], ["NONE", "LOAD_AND_FLATTEN"])),
    ...optional("manifestType", oneOf(config["ManifestType"], ["S3_INVENTORY", "ATHENA_DATA"])),
    ...optional("csvHeaderLocation", oneOf(config["CSVHeaderLocation"], ["FIRST_ROW", "GIVEN"])),
    ...optional("csvHeaders", headers.length > 0 ? headers : undefined),
    ...optional("csvDelimiter", text(config["CSVDelimiter"])),
    ...optional("itemsPointer", text(config["ItemsPointer"])),
    ...optional("maxItems", amountOf(config, "MaxItems", isPath)),
  };
  return { location, resource: resourceOf(value["Resource"]), ...callOf(value, isPath), config: readerConfig };
}

function batcherOf(value: Json | undefined, isPath: boolean): ItemBatcher | undefined {
  if (!isJsonObject(value)) return undefined;
  return {
    ...optional("batchInput", value["BatchInput"]),
    ...optional("maxItemsPerBatch", amountOf(value, "MaxItemsPerBatch", isPath)),
    ...optional("maxInputBytesPerBatch", amountOf(value, "MaxInputBytesPerBatch", isPath)),
  };
}

function writerOf(value: Json | undefined, location: string, isPath: boolean): ResultWriter | undefined {
  if (!isJsonObject(value)) return undefined;
  const config = object(value["WriterConfig"]) ?? {};
  return {
    location,
    ...optional("resource", value["Resource"] === undefined ? undefined : resourceOf(value["Resource"])),
    ...callOf(value, isPath),
    ...optional("transformation", oneOf(config["Transformation"], ["NONE", "COMPACT", "FLATTEN"])),
    ...optional("outputType", oneOf(config["OutputType"], ["JSON", "JSONL"])),
  };
}

function callOf(value: JsonObject, isPath: boolean): { parameters?: Json; arguments?: Json } {
  return isPath ? optional("parameters", value["Parameters"]) : optional("arguments", value["Arguments"]);
}

function resourceOf(value: Json | undefined): TaskResource {
  const arn = text(value) ?? "";
  return parseResource(arn) ?? { type: "function", arn };
}

function retrierOf(value: Json, location: string): Retrier[] {
  if (!isJsonObject(value)) return [];
  return [
    {
      location,
      errorEquals: names(value["ErrorEquals"]),
      intervalSeconds: number(value["IntervalSeconds"]) ?? 1,
      maxAttempts: number(value["MaxAttempts"]) ?? 3,
      backoffRate: number(value["BackoffRate"]) ?? 2,
      ...optional("maxDelaySeconds", number(value["MaxDelaySeconds"])),
      jitterStrategy: value["JitterStrategy"] === "FULL" ? "FULL" : "NONE",
    },
  ];
}

function catcherOf(value: Json, location: string, isPath: boolean): Catcher[] {
  if (!isJsonObject(value)) return [];
  return [
    {
      location,
      errorEquals: names(value["ErrorEquals"]),
      next: text(value["Next"]) ?? "",
      resultPath: isPath ? path(value["ResultPath"]) : "$",
      ...optional("assign", object(value["Assign"])),
      ...optional("output", isPath ? undefined : value["Output"]),
    },
  ];
}

function choiceOf(value: Json, location: string, isPath: boolean): ChoiceRule[] {
  if (!isJsonObject(value)) return [];
  const condition = conditionOf(value, isPath);
  if (!condition) return [];
  return [
    {
      location,
      condition,
      next: text(value["Next"]) ?? "",
      ...optional("assign", object(value["Assign"])),
      ...optional("output", isPath ? undefined : value["Output"]),
    },
  ];
}

function conditionOf(value: Json | undefined, isPath: boolean): Condition | undefined {
  if (!isJsonObject(value)) return undefined;
  if (!isPath) {
    const expression = value["Condition"];
    return typeof expression === "string" || typeof expression === "boolean" ? { type: "expression", expression } : undefined;
  }
  for (const [field, type] of [
    ["And", "and"],
    ["Or", "or"],
  ] as const) {
    if (value[field] !== undefined) return { type, conditions: list(value[field]).flatMap((item) => conditionOf(item, isPath) ?? []) };
  }
  const inner = conditionOf(value["Not"], isPath);
  if (inner) return { type: "not", condition: inner };
  const variable = text(value["Variable"]);
  if (variable === undefined) return undefined;
  for (const [field, operand] of Object.entries(value)) {
    const literal = operatorOf(field);
    if (literal) return { type: "compare", variable, operator: literal, operand: { type: "literal", value: operand } };
    const byPath = field.endsWith("Path") ? operatorOf(field.slice(0, -4)) : undefined;
    if (byPath && typeof operand === "string")
      return { type: "compare", variable, operator: byPath, operand: { type: "path", path: operand } };
  }
  return undefined;
}

const operators: ReadonlyMap<string, ChoiceOperator> = new Map(choiceOperators.map((operator) => [operator, operator]));

function operatorOf(field: string): ChoiceOperator | undefined {
  return operators.get(field);
}

function untilOf(json: JsonObject, isPath: boolean): WaitUntil {
  const timestamp = text(json["Timestamp"]);
  if (timestamp !== undefined) return { type: "timestamp", timestamp };
  const timestampPath = isPath ? text(json["TimestampPath"]) : undefined;
  if (timestampPath !== undefined) return { type: "timestampPath", path: timestampPath };
  return { type: "seconds", seconds: amountOf(json, "Seconds", isPath) ?? { type: "number", value: 0 } };
}

function failTextOf(json: JsonObject, field: "Error" | "Cause", isPath: boolean): FailText | undefined {
  const written = text(json[field]);
  if (written !== undefined) return { type: "text", text: written };
  const byPath = isPath ? text(json[`${field}Path`]) : undefined;
  return byPath === undefined ? undefined : { type: "path", path: byPath };
}

/** `TimeoutSeconds`: a number, an expression of JSONata; or `TimeoutSecondsPath` of JSONPath. */
function amountOf(json: JsonObject, field: string, isPath: boolean): Amount | undefined {
  const value = json[field];
  const plain = number(value);
  if (plain !== undefined) return { type: "number", value: plain };
  if (!isPath) return typeof value === "string" ? { type: "expression", expression: value } : undefined;
  const byPath = text(json[`${field}Path`]);
  return byPath === undefined ? undefined : { type: "path", path: byPath };
}

function optional<Key extends string, const Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  const result: { [K in Key]?: Value } = {};
  if (value !== undefined) result[key] = value;
  return result;
}

function path(value: Json | undefined): string | null {
  return value === null ? null : (text(value) ?? "$");
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  if (value instanceof ExactNumber) return value.valueOf();
  return typeof value === "number" ? value : undefined;
}

function object(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function names(value: Json | undefined): string[] {
  return list(value).filter((name) => typeof name === "string");
}

function oneOf<const Value extends string>(value: Json | undefined, values: readonly Value[]): Value | undefined {
  return values.find((one) => one === value);
}
