// The fields of the language with what they do, in one line each: forms show it, and completion in the text.
import type { QueryLanguage, StateType } from "../definition.ts";

export interface StateField {
  readonly name: string;
  readonly help: string;
  /** Only of this query language. */
  readonly language?: QueryLanguage;
  /** What it takes, where that is one of a few words. */
  readonly values?: readonly string[];
  readonly kind: FieldKind;
}

export type FieldKind =
  | "text"
  | "flag"
  | "number"
  /** A number, or an expression; in JSONPath the same name with `Path` takes a path. */
  | "amount"
  | "path"
  /** A path or null. */
  | "place"
  /** JSON in which paths or expressions are filled in. */
  | "template"
  | "literal"
  | "state"
  | "resource"
  | "list"
  | "object";

const field = (name: string, kind: FieldKind, help: string, language?: QueryLanguage, values?: readonly string[]): StateField => ({
  name,
  kind,
  help,
  ...(language === undefined ? {} : { language }),
  ...(values === undefined ? {} : { values }),
});

function amount(name: string, help: string): readonly StateField[] {
  return [field(name, "amount", help), field(`${name}Path`, "path", `Path to ${lowerFirst(help)}`, "JSONPath")];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const type = field("Type", "text", "What kind of state it is.", undefined, [
  "Task",
  "Choice",
  "Wait",
  "Pass",
  "Succeed",
  "Fail",
  "Parallel",
  "Map",
]);
const comment = field("Comment", "text", "For people; it changes nothing.");
const queryLanguage = field(
  "QueryLanguage",
  "text",
  "How the state reads and shapes data; not set: as the machine says. A JSONPath machine may have JSONata states.",
  undefined,
  ["JSONPath", "JSONata"],
);
const next = [
  field("Next", "state", "The state that comes after it."),
  field("End", "flag", "true: the flow ends with this state.", undefined, ["true"]),
];
const inputPath = field("InputPath", "place", "The part of the input that the state works with; null gives it {}. Default $.", "JSONPath");
const outputPath = field("OutputPath", "place", "The part of what it has made that goes on; null gives {}. Default $.", "JSONPath");
const output = field(
  "Output",
  "template",
  "What goes on to the next state. Default: the result, or the input where there is none.",
  "JSONata",
);
const assign = field("Assign", "template", "Variables that later states can read, by name.");
const resultSelector = field("ResultSelector", "template", "Builds what is kept of the result, with $ as the result.", "JSONPath");
const resultPath = field(
  "ResultPath",
  "place",
  "Where in the input the result is put; null keeps the input and drops the result. Default $.",
  "JSONPath",
);
const parameters = field(
  "Parameters",
  "template",
  "Builds what the work is given; names ending in .$ take a path or a function.",
  "JSONPath",
);
const args = field("Arguments", "template", "What the work is given, as JSON with {% expressions %}.", "JSONata");
const retry = field("Retry", "list", "Which errors are tried again, how often, and after what pauses.");
const catches = field("Catch", "list", "Where the flow goes on when an error is left.");

export const stateFields: Readonly<Record<StateType, readonly StateField[]>> = {
  Task: [
    type,
    field("Resource", "resource", "What is called: a function, an activity, or an operation of a service."),
    parameters,
    args,
    field("Credentials", "template", "The role that the call is made with: RoleArn."),
    inputPath,
    resultSelector,
    resultPath,
    outputPath,
    output,
    assign,
    ...amount("TimeoutSeconds", "Longest time that it may take; after it, it fails with States.Timeout."),
    ...amount("HeartbeatSeconds", "Longest time between two heartbeats of a worker."),
    retry,
    catches,
    ...next,
    comment,
    queryLanguage,
  ],
  Choice: [
    type,
    field("Choices", "list", "Rules in order: the first that holds says where to go."),
    field("Default", "state", "Where to go when no rule holds; without it that is an error."),
    inputPath,
    outputPath,
    output,
    assign,
    comment,
    queryLanguage,
  ],
  Wait: [
    type,
    ...amount("Seconds", "How long to wait."),
    field("Timestamp", "text", "The moment to wait for, as in 2030-01-01T00:00:00Z."),
    field("TimestampPath", "path", "Path to the moment to wait for.", "JSONPath"),
    inputPath,
    outputPath,
    output,
    assign,
    ...next,
    comment,
    queryLanguage,
  ],
  Pass: [
    type,
    parameters,
    field("Result", "literal", "A fixed result, taken as it is written.", "JSONPath"),
    inputPath,
    resultPath,
    outputPath,
    output,
    assign,
    ...next,
    comment,
    queryLanguage,
  ],
  Succeed: [type, inputPath, outputPath, output, comment, queryLanguage],
  Fail: [
    type,
    field("Error", "text", "Name of the error, which a Catch around it can name."),
    field("ErrorPath", "path", "Path or function that gives the error's name.", "JSONPath"),
    field("Cause", "text", "What went wrong, for people."),
    field("CausePath", "path", "Path or function that gives the cause.", "JSONPath"),
    comment,
    queryLanguage,
  ],
  Parallel: [
    type,
    field("Branches", "list", "Flows that run side by side; the result is the list of their outputs."),
    parameters,
    args,
    inputPath,
    resultSelector,
    resultPath,
    outputPath,
    output,
    assign,
    retry,
    catches,
    ...next,
    comment,
    queryLanguage,
  ],
  Map: [
    type,
    field("ItemProcessor", "object", "The flow that each item goes through."),
    field("ItemsPath", "path", "The array of the input whose items are processed. Default $.", "JSONPath"),
    field("Items", "template", "The array whose items are processed. Default: the state's input.", "JSONata"),
    field(
      "ItemSelector",
      "template",
      "Builds what each item's flow is given; $$.Map.Item.Value or $states.context.Map.Item.Value is the item.",
    ),
    field("ItemReader", "object", "Reads the items from S3 (distributed)."),
    field("ItemBatcher", "object", "Gives each child execution several items (distributed)."),
    field("ResultWriter", "object", "Writes the results to S3 (distributed)."),
    ...amount("MaxConcurrency", "How many items are processed at once; 0: as many as can be."),
    ...amount("ToleratedFailureCount", "How many items may fail (distributed)."),
    ...amount("ToleratedFailurePercentage", "How many of a hundred items may fail (distributed)."),
    field("Label", "text", "Stands in the name of the Map run (distributed)."),
    inputPath,
    resultSelector,
    resultPath,
    outputPath,
    output,
    assign,
    retry,
    catches,
    ...next,
    comment,
    queryLanguage,
  ],
};

const condition: readonly StateField[] = [
  field("Variable", "path", "What is compared.", "JSONPath"),
  field("And", "list", "All of these hold.", "JSONPath"),
  field("Or", "list", "One of these holds.", "JSONPath"),
  field("Not", "object", "This does not hold.", "JSONPath"),
];

/** Fields of what stands inside a state, by the field that holds it. */
export const innerFields: Readonly<Record<string, readonly StateField[]>> = {
  Retry: [
    field("ErrorEquals", "list", "Names of the errors that it takes; States.ALL alone and last takes any."),
    field("IntervalSeconds", "number", "Pause before the first retry. Default 1."),
    field("MaxAttempts", "number", "How often it is tried again; 0: never. Default 3."),
    field("BackoffRate", "number", "What each pause is multiplied by for the next. Default 2."),
    field("MaxDelaySeconds", "number", "The longest pause."),
    field("JitterStrategy", "text", "FULL: each pause is a random part of what it would be.", undefined, ["NONE", "FULL"]),
    comment,
  ],
  Catch: [
    field("ErrorEquals", "list", "Names of the errors that it takes; States.ALL alone and last takes any."),
    field("Next", "state", "Where the flow goes on."),
    field("ResultPath", "place", "Where in the input the error is put. Default $: it replaces the input.", "JSONPath"),
    field("Output", "template", "What goes on; $states.errorOutput is the error. Default: the error.", "JSONata"),
    assign,
    comment,
  ],
  Choices: [
    field("Condition", "template", "Holds when this expression is true.", "JSONata"),
    field("Next", "state", "Where to go when it holds."),
    ...condition,
    assign,
    field("Output", "template", "What goes on when it holds.", "JSONata"),
    comment,
  ],
  Condition: condition,
  ItemProcessor: [
    field("ProcessorConfig", "object", "Inline, or distributed into executions of their own."),
    field("StartAt", "state", "The first state of the flow."),
    field("States", "object", "The states of the flow."),
    comment,
  ],
  ProcessorConfig: [
    field("Mode", "text", "DISTRIBUTED runs each item as an execution of its own.", undefined, ["INLINE", "DISTRIBUTED"]),
    field("ExecutionType", "text", "Of the child executions.", undefined, ["STANDARD", "EXPRESS"]),
  ],
  ItemReader: [
    field("Resource", "resource", "Reads one object, or lists a bucket.", undefined, [
      "arn:aws:states:::s3:getObject",
      "arn:aws:states:::s3:listObjectsV2",
    ]),
    parameters,
    args,
    field("ReaderConfig", "object", "How the object is read."),
  ],
  ReaderConfig: [
    field("InputType", "text", "What kind of file it is.", undefined, ["CSV", "JSON", "JSONL", "MANIFEST", "PARQUET"]),
    field("CSVHeaderLocation", "text", "Where the names of the columns stand.", undefined, ["FIRST_ROW", "GIVEN"]),
    field("CSVHeaders", "list", "Names of the columns."),
    field("CSVDelimiter", "text", "What separates columns. Default COMMA.", undefined, ["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
    field("ItemsPointer", "text", "Where in the JSON the array stands: /orders."),
    field("ManifestType", "text", "Who wrote the manifest.", undefined, ["S3_INVENTORY", "ATHENA_DATA"]),
    field("Transformation", "text", "LOAD_AND_FLATTEN reads the objects that are listed.", undefined, ["NONE", "LOAD_AND_FLATTEN"]),
    ...amount("MaxItems", "The most items that are read."),
  ],
  ItemBatcher: [
    ...amount("MaxItemsPerBatch", "The most items in one batch."),
    ...amount("MaxInputBytesPerBatch", "The most bytes in one batch."),
    field("BatchInput", "template", "Given to each batch besides its items."),
  ],
  ResultWriter: [
    field("Resource", "resource", "Writes the results to S3.", undefined, ["arn:aws:states:::s3:putObject"]),
    parameters,
    args,
    field("WriterConfig", "object", "How the results are formatted."),
  ],
  WriterConfig: [
    field(
      "Transformation",
      "text",
      "NONE: with all about each execution; COMPACT: outputs alone; FLATTEN: outputs in one list.",
      undefined,
      ["NONE", "COMPACT", "FLATTEN"],
    ),
    field("OutputType", "text", "JSON: one array; JSONL: one line each.", undefined, ["JSON", "JSONL"]),
  ],
  Branches: [field("StartAt", "state", "The first state of the branch."), field("States", "object", "The states of the branch."), comment],
};

export const machineFields: readonly StateField[] = [
  comment,
  queryLanguage,
  field("Version", "text", "Of the language: 1.0.", undefined, ["1.0"]),
  field("TimeoutSeconds", "number", "Longest time that an execution may take."),
  field("StartAt", "state", "The first state."),
  field("States", "object", "The states by name."),
];

/** Of the state and its language, without what the other language has. */
export function fieldsOf(fields: readonly StateField[], language: QueryLanguage): readonly StateField[] {
  return fields.filter((one) => one.language === undefined || one.language === language);
}
