import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import {
  invalidDefinitionMessage,
  placedDiagnostics,
  validateDefinition,
  validateJson,
  validationAnswer,
} from "../../src/model/asl/validate/validateDefinition.ts";

const pass = { Type: "Pass", End: true };
const nothing: readonly string[] = [];

function machine(states: Record<string, Json>, more: Record<string, Json> = {}): Record<string, Json> {
  return { StartAt: Object.keys(states)[0] ?? "", States: states, ...more };
}

/** Code, message and location of each error, as one line. */
function errorsOf(definition: Json, type: "STANDARD" | "EXPRESS" = "STANDARD"): string[] {
  return linesOf(definition, type, "ERROR");
}

function linesOf(definition: Json, type: "STANDARD" | "EXPRESS", severity: "ERROR" | "WARNING"): string[] {
  const found = validateDefinition(JSON.stringify(definition), type).filter((diagnostic) => diagnostic.severity === severity);
  return found.map(({ code, message, location }) => `${code}: ${message} at ${location ?? "nowhere"}`);
}

const lambda = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Parameters: { FunctionName: "f" }, End: true };

function distributed(
  more: Record<string, Json>,
  config: Record<string, Json> = { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
): Record<string, Json> {
  return machine({ M: { Type: "Map", ItemProcessor: { ProcessorConfig: config, ...machine({ P: pass }) }, End: true, ...more } });
}

describe("text that is no definition", () => {
  it("is told as the service's parser tells it", () => {
    expect(validateDefinition('{"StartAt": "A",}', "STANDARD")).toEqual([
      {
        severity: "ERROR",
        code: "INVALID_JSON_DESCRIPTION",
        message: `Unexpected character ('}' (code 125)): was expecting double-quote to start field name\n at [Source: (String)"{"StartAt": "A",}"; line: 1, column: 18]`,
        location: `[Source: (String)"{"StartAt": "A",}"; line: 1, column: 18]`,
        path: [],
      },
    ]);
  });

  it("may not name a field twice", () => {
    const [diagnostic] = validateDefinition(
      '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}, "A": {"Type": "Succeed"}}}',
      "STANDARD",
    );
    expect(diagnostic?.message).toMatch(/^Duplicate field 'A'\n at /);
  });

  it.each(["", "  ", "[]", '"text"', "5"])("must be an object: %j", (text) => {
    expect(validateDefinition(text, "STANDARD")).toEqual([
      { severity: "ERROR", code: "SCHEMA_VALIDATION_FAILED", message: "Definition must be a valid JSON object", path: [] },
    ]);
  });

  it("may not be nested without end", () => {
    const [diagnostic] = validateDefinition("[".repeat(1_000_000), "STANDARD");
    expect(diagnostic?.message).toMatch(/^Document nesting depth \(1001\)/);
  });
});

describe("fields", () => {
  const cases: readonly (readonly [what: string, definition: Json, errors: readonly string[]])[] = [
    ["both are missing", {}, ["SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /"]],
    [
      "an unknown one",
      machine({ A: { ...pass, Coment: "x" } }),
      ["SCHEMA_VALIDATION_FAILED: Field 'Coment' is not supported at /States/A"],
    ],
    [
      "one of another type of state",
      machine({ A: { ...pass, Catch: [] } }),
      ["SCHEMA_VALIDATION_FAILED: Field 'Catch' is not supported at /States/A"],
    ],
    [
      "an unknown type",
      machine({ A: { Type: "Jump" } }),
      [
        "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type",
      ],
    ],
    [
      "neither Next nor End",
      machine({ A: { Type: "Pass" } }),
      ["SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: [Next, End] at /States/A"],
    ],
    [
      "Next and End",
      machine({ A: { ...pass, Next: "A" } }),
      ["SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [Next, End] at /States/A"],
    ],
    [
      "two ways to wait",
      machine({ A: { Type: "Wait", Seconds: 1, SecondsPath: "$.s", End: true } }),
      [
        "SCHEMA_VALIDATION_FAILED: There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/A",
      ],
    ],
    [
      "a number too small",
      machine({ A: { ...lambda, TimeoutSeconds: 0 } }),
      ["SCHEMA_VALIDATION_FAILED: Minimum value is 1 at /States/A/TimeoutSeconds"],
    ],
    [
      "a text for a number",
      machine({ A: { ...lambda, TimeoutSeconds: "5" } }),
      ["SCHEMA_VALIDATION_FAILED: Expected value of type Integer at /States/A/TimeoutSeconds"],
    ],
    [
      "a day that does not exist",
      machine({ A: { Type: "Wait", Timestamp: "2026-02-30T00:00:00Z", End: true } }),
      ["SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/A/Timestamp"],
    ],
    [
      "another version",
      machine({ A: pass }, { Version: "2.0" }),
      ["SCHEMA_VALIDATION_FAILED: Value should be one of the following: [1.0] at /Version"],
    ],
    [
      "no branches",
      machine({ A: { Type: "Parallel", Branches: [], End: true } }),
      ["SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/A/Branches"],
    ],
    [
      "a branch without its states",
      machine({ A: { Type: "Parallel", Branches: [machine({ B: pass }), { StartAt: "C" }], End: true } }),
      ["SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /States/A/Branches[1]"],
    ],
  ];
  it.each(cases)("%s", (_what, definition, errors) => {
    expect(errorsOf(definition)).toEqual(errors);
  });
});

describe("the query language", () => {
  it("refuses the other's fields at the state", () => {
    expect(errorsOf(machine({ A: { ...pass, Output: {} }, B: pass }))[0]).toBe(
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A",
    );
    expect(errorsOf(machine({ A: { ...pass, InputPath: "$" } }, { QueryLanguage: "JSONata" }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/A",
    ]);
  });

  it("is the machine's inside a Map, whatever the Map has", () => {
    const map = { Type: "Map", QueryLanguage: "JSONata", ItemProcessor: machine({ P: { ...pass, Output: "x" } }), End: true };
    expect(errorsOf(machine({ M: map }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/M/ItemProcessor/States/P",
    ]);
  });

  it("cannot go back to JSONPath, nor be set in a processor", () => {
    expect(errorsOf(machine({ A: { ...pass, QueryLanguage: "JSONPath" } }, { QueryLanguage: "JSONata" }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
    ]);
    const map = { Type: "Map", ItemProcessor: { ...machine({ P: pass }), QueryLanguage: "JSONata" }, End: true };
    expect(errorsOf(machine({ M: map }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'QueryLanguage' is not supported at /States/M/ItemProcessor",
    ]);
  });

  it("wants both marks around an expression", () => {
    expect(errorsOf(machine({ A: { ...pass, Output: { a: ["{% 1"] } } }, { QueryLanguage: "JSONata" }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} at /States/A/Output/a[0]",
    ]);
  });
});

describe("paths and templates", () => {
  const inPass = (field: string, value: Json): string[] => errorsOf(machine({ A: { ...pass, [field]: value } }));

  it.each([
    "$",
    "$$",
    "$.a.b[0]",
    "$['a b']",
    "$..a[?(@.b == 'c')]",
    "$.a[*].b",
    "$.a[1:3]",
    "$.a[-1,2]",
    "$name.field",
    "$$.Execution.Id",
    "$.größe",
    "$.a.length()",
  ])("%s is a path", (path) => {
    expect(inPass("InputPath", path)).toEqual(nothing);
  });

  it.each(["", "a", "$a b", "$.", "$.a[", "$.a[b]", "$.a['b", "$x."])("%j is none", (path) => {
    expect(inPass("InputPath", path)).toEqual(["SCHEMA_VALIDATION_FAILED: Value must be a valid JSONPath. at /States/A/InputPath"]);
  });

  it("refuses a place for the result that is not one", () => {
    expect(inPass("ResultPath", "$.a[*]")).toEqual([
      "SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: '[' must be followed by ' or '[' at /States/A/ResultPath",
    ]);
    expect(inPass("ResultPath", "$$.a")).toEqual(["SCHEMA_VALIDATION_FAILED: Value must be a valid JSONPath. at /States/A/ResultPath"]);
    expect(inPass("ResultPath", null)).toEqual(nothing);
  });

  it.each([
    "States.Format('{} \\{ok\\} it\\'s', $.a)",
    "States.Array()",
    "States.ArrayContains(States.Array('a', 1, true, null), $.b[?(@.c > 1)])",
    "States.MathAdd($.a[0], -1)",
    "States.UUID()",
  ])("%s is a call", (call) => {
    expect(inPass("Parameters", { "x.$": call })).toEqual(nothing);
  });

  it.each([
    "a",
    "States.Nothing($.a)",
    "States.UUID(1)",
    "States.Format('a\"\\\"b')",
    "States.Format('a'",
    "States.Format('a') x",
    5,
    { a: 1 },
  ])("%j is neither path nor call", (value) => {
    expect(inPass("Parameters", { a: { "x.$": value } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at /States/A/Parameters/a",
    ]);
  });

  it("warns of what looks like a path and is not read as one", () => {
    const warnings = linesOf(
      machine({ A: { Type: "Pass", Parameters: { a: "$.b" }, Next: "B" }, B: { ...pass, Result: "$.a" } }),
      "STANDARD",
      "WARNING",
    );
    expect(warnings.map((line) => line.split(" at ")[1])).toEqual(["/States/A/Parameters/a", "/States/B/Result"]);
  });
});

describe("variables", () => {
  it("have names, and not the reserved one", () => {
    expect(errorsOf(machine({ A: { ...pass, Assign: { "ok.$": "$.a", größe2: 1, states: 1, "a-b": 1 } } }))).toEqual([
      "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/A/Assign/states",
      "INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains invalid characters. at /States/A/Assign/a-b",
    ]);
  });
});

describe("expressions", () => {
  const inOutput = (expression: string): string[] =>
    errorsOf(machine({ A: { ...pass, Output: { v: `{% ${expression} %}` } } }, { QueryLanguage: "JSONata" }));

  it.each([
    ["a[1,2)", 'Expected "]", got ","'],
    ['"unterminated', "String literal must be terminated by a matching quote"],
    ["1 +", "Unexpected end of expression"],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ["", "Unexpected end of expression"],
  ])("%s does not parse", (expression, message) => {
    expect(inOutput(expression)).toEqual([`INVALID_JSONATA_EXPRESSION: ${message} at /States/A/Output/v`]);
  });

  it.each([
    ["phone", "Reference to 'phone' at the top level is not supported."],
    ["$states.input.a & phone[0].number", "Reference to 'phone' at the top level is not supported."],
    ["$map($states.input.a, function($x) { b })", "Reference to 'b' at the top level is not supported."],
    ["$", "Reference to '$' at the top level is not supported."],
    ["$$.a", "Reference to '$$' is not supported."],
    ["$states.errorOutput.Cause", "Field '$states.errorOutput' does not exist."],
    ["$states.input[$states.result = 1]", "Field '$states.result' does not exist."],
  ])("%s reads what is not there", (expression, message) => {
    expect(inOutput(expression)).toEqual([`UNSUPPORTED_JSONATA_EXPRESSION: ${message} at /States/A/Output/v`]);
  });

  it.each([
    "$states.input.a[b = 1].c^(d){e: f}",
    "$undefined",
    "$states.context.Execution.Id",
    '($x := 1; {"a": $x})',
    "$states",
    "$map($states.input.a, $string)",
  ])("%s is fine", (expression) => {
    expect(inOutput(expression)).toEqual(nothing);
  });

  it("see a result after work, and an error in a catcher", () => {
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "E", Output: "{% $states.errorOutput %}", Assign: { a: "{% $states.result %}" } }];
    const task = {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Arguments: { FunctionName: "{% $states.result %}" },
      Output: "{% $states.result %}",
      Catch,
      Next: "E",
    };
    expect(errorsOf(machine({ T: task, E: { Type: "Succeed" } }, { QueryLanguage: "JSONata" }))).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/T/Arguments/FunctionName",
      "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/T/Catch[0]/Assign/a",
    ]);
  });

  it("nested without end are refused like all others", () => {
    expect(inOutput("(".repeat(100_000))).toHaveLength(1);
    expect(errorsOf(machine({ A: { ...pass, InputPath: "$[?(".repeat(100_000) } }))).toHaveLength(1);
    expect(errorsOf(machine({ A: { ...pass, Parameters: { "a.$": "States.Array(".repeat(50_000) } } }))).toHaveLength(1);
  });
});

describe("choices", () => {
  const rule = (value: Json): string[] => errorsOf(machine({ C: { Type: "Choice", Choices: [value] }, E: { Type: "Succeed" } }));

  it("compare one variable in one way", () => {
    expect(rule({ Variable: "$.a", Next: "E" })[0]).toMatch(
      /^SCHEMA_VALIDATION_FAILED: This object should have only one of the following fields: \[StringEquals, .* at \/States\/C\/Choices\[0\]$/,
    );
    expect(rule({ Variable: "$.a", IsNull: true, IsString: true, Next: "E" })[0]).toMatch(
      /There should only be one of the following fields: \[StringEquals, /,
    );
    expect(rule({ Variable: "a", StringEquals: "b", Next: "E" })).toEqual([
      "SCHEMA_VALIDATION_FAILED: Value is not a Reference Path: Reference path didn't start with '$' at /States/C/Choices[0]/Variable",
    ]);
  });

  it("are of one kind, and only the outer one leads on", () => {
    expect(rule({ And: [], Or: [{ Variable: "$", IsNull: true }], Next: "E" })).toContain(
      "SCHEMA_VALIDATION_FAILED: The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/C/Choices[0]",
    );
    expect(rule({ Not: { Variable: "$.a", IsNull: true, Next: "E" } })).toEqual([
      "SCHEMA_VALIDATION_FAILED: These fields are required: [Next] at /States/C/Choices[0]",
      "SCHEMA_VALIDATION_FAILED: Field 'Next' is not supported at /States/C/Choices[0]/Not",
    ]);
  });

  it("compare with what the operator takes", () => {
    expect(rule({ Variable: "$.a", TimestampEquals: "yesterday", Next: "E" })).toEqual([
      "SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/C/Choices[0]/TimestampEquals",
    ]);
  });
});

describe("retries and catches", () => {
  it("name States.ALL alone and last", () => {
    const Catch = [{ ErrorEquals: ["A", "States.ALL"], Next: "E" }];
    const Retry: Json = [{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["A"], MaxAttempts: -1, JitterStrategy: "SOME" }];
    expect(errorsOf(machine({ T: { ...lambda, Retry, Catch }, E: { Type: "Succeed" } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: States.ALL must appear alone and at end of list at /States/T/Retry[0]/ErrorEquals[0]",
      "SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/T/Retry[1]/MaxAttempts",
      "SCHEMA_VALIDATION_FAILED: Value should be one of the following: [NONE, FULL] at /States/T/Retry[1]/JitterStrategy",
      "SCHEMA_VALIDATION_FAILED: States.ALL must appear alone and at end of list at /States/T/Catch[0]/ErrorEquals[1]",
    ]);
  });
});

describe("tasks", () => {
  const task = (Resource: string, more: Record<string, Json> = {}): Json => machine({ T: { Type: "Task", Resource, End: true, ...more } });
  const unrecognized = (arn: string): string =>
    `SCHEMA_VALIDATION_FAILED: The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/T/Resource`;

  it.each([
    "arn:aws:states:::lambda:invoke.sync",
    "arn:aws:states:::sqs:sendMessage.sync:2",
    "arn:aws:states:::dynamodb:getItem.waitForTaskToken",
    "arn:aws:states:::sqs:purge",
    "arn:aws:states:::aws-sdk:s3:GetObject",
  ])("%s does not exist", (arn) => {
    expect(errorsOf(task(arn))).toEqual([unrecognized(arn)]);
  });

  it.each([
    "arn:aws:lambda:us-east-1:123456789012:function:f:live",
    "arn:aws:states:us-east-1:123456789012:activity:a",
    "arn:aws:states:::states:startExecution.sync:2",
    "arn:aws:states:::aws-sdk:s3:getObject",
    "arn:aws:states:::ecs:runTask.waitForTaskToken",
  ])("%s does", (arn) => {
    expect(errorsOf(task(arn))).toEqual(nothing);
  });

  it("has a name for what is no ARN", () => {
    expect(errorsOf(task("f"))).toEqual(["SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/T/Resource"]);
  });

  it("give an integration what it takes", () => {
    expect(errorsOf(task("arn:aws:states:::sqs:sendMessage", { Parameters: { "QueueUrl.$": "$.q", Body: "b" } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'MessageBody' is required but was missing at /States/T/Parameters",
      "SCHEMA_VALIDATION_FAILED: The field 'Body' is not supported by Step Functions at /States/T/Parameters",
    ]);
  });

  it("wait for nothing in an Express machine, nor in the express children of a Map", () => {
    const waiting = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    expect(errorsOf(task(waiting), "EXPRESS")).toEqual([
      "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration  at /States/T/Resource",
    ]);
    const processor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
      ...machine({ T: { Type: "Task", Resource: waiting, End: true } }),
    };
    expect(errorsOf(machine({ M: { Type: "Map", ItemProcessor: processor, End: true } }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Express state machine does not support '.waitForTaskToken' service integration  at /States/M/ItemProcessor/States/T/Resource",
    ]);
  });

  it("assume a role that is named, and never for an activity", () => {
    expect(errorsOf(task("arn:aws:states:us-east-1:123456789012:activity:a", { Credentials: {} }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/T/Credentials",
      "SCHEMA_VALIDATION_FAILED: The field 'Credentials' is not supported for activities at /States/T/Credentials",
    ]);
  });
});

describe("maps", () => {
  it("that are distributed say how, and are not in Express machines", () => {
    expect(errorsOf(distributed({}, { Mode: "DISTRIBUTED" }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: These fields are required: [ExecutionType] at /States/M/ItemProcessor/ProcessorConfig",
    ]);
    expect(errorsOf(distributed({}, { Mode: "INLINE", ExecutionType: "EXPRESS" }))).toEqual([
      "SCHEMA_VALIDATION_FAILED: Field 'ExecutionType' is not supported at /States/M/ItemProcessor/ProcessorConfig",
    ]);
    expect(errorsOf(distributed({}), "EXPRESS")).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at /States/M/ItemProcessor/ProcessorConfig/Mode",
    ]);
  });

  it("read and write what exists", () => {
    const reader = (ReaderConfig: Json, Resource = "arn:aws:states:::s3:getObject"): string[] =>
      errorsOf(distributed({ ItemReader: { Resource, ReaderConfig, Parameters: {} } }));
    expect(reader({ InputType: "JSON" }, "arn:aws:states:::s3:putObject")).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'Resource' does not match any of the allowed values at /States/M/ItemReader/Resource",
    ]);
    expect(reader({ InputType: "CSV" })).toEqual([
      "SCHEMA_VALIDATION_FAILED: The field 'CSVHeaderLocation' is required at /States/M/ItemReader/ReaderConfig",
    ]);
    expect(reader({ InputType: "JSON", CSVHeaderLocation: "GIVEN" })[0]).toBe(
      "SCHEMA_VALIDATION_FAILED: Field 'CSVHeaderLocation' is not supported at /States/M/ItemReader/ReaderConfig",
    );
    expect(reader({ InputType: "CSV", CSVHeaderLocation: "GIVEN" })).toEqual([
      "SCHEMA_VALIDATION_FAILED: These fields are required: [CSVHeaders] at /States/M/ItemReader/ReaderConfig",
    ]);
  });

  it("have labels of their own", () => {
    const map = (Label: string): Json => ({ Type: "Map", Label, ItemProcessor: machine({ [`P${Label}`]: pass }), End: true });
    expect(
      errorsOf(
        machine({
          A: {
            Type: "Parallel",
            Branches: [machine({ M: map("x") }), machine({ N: { ...(map("x") as object), ItemProcessor: machine({ Q: pass }) } })],
            End: true,
          },
        }),
      ),
    ).toEqual(["DUPLICATE_LABEL_NAME: Duplicate Label name: x at /States/A/Branches[1]/States/N/Label"]);
    expect(errorsOf(machine({ M: map("a b") }))[0]).toMatch(/^INVALID_LABEL_NAME: /);
  });
});

describe("the flow", () => {
  it("ends somewhere, and this alone is told when it does not", () => {
    expect(errorsOf(machine({ A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" }, C: { Type: "Pass", Next: "A" } }))).toEqual([
      "MISSING_END_STATE: Workflow has no terminal state at nowhere",
    ]);
  });

  it("leads to states that exist, whichever field leads there", () => {
    const choice = { Type: "Choice", Choices: [{ Variable: "$", IsNull: true, Next: "X" }], Default: "Y" };
    const task = { ...lambda, End: undefined, Next: "Z", Catch: [{ ErrorEquals: ["States.ALL"], Next: "W" }] };
    expect(errorsOf(JSON.parse(JSON.stringify({ StartAt: "S", States: { C: choice, T: task, E: pass } })))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: S at /StartAt",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/C/Choices[0]/Next",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Y at /States/C/Default",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /States/T/Next",
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: W at /States/T/Catch[0]/Next",
      'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C',
      'MISSING_TRANSITION_TARGET: State "T" is not reachable. at /States/T',
      'MISSING_TRANSITION_TARGET: State "E" is not reachable. at /States/E',
    ]);
  });

  it("reaches every state; of what hangs on an unreached one only that is told", () => {
    const states = {
      A: pass,
      B: { Type: "Pass", Next: "C" },
      C: { Type: "Pass", Next: "D" },
      D: pass,
      E: { Type: "Pass", Next: "F" },
      F: { Type: "Pass", Next: "E" },
    };
    expect(errorsOf(machine(states))).toEqual([
      'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
      'MISSING_TRANSITION_TARGET: State "E" is not reachable. at /States/E',
    ]);
  });

  it("stays inside its branch", () => {
    const branch = machine({ B: { Type: "Choice", Choices: [{ Variable: "$", IsNull: true, Next: "Outside" }], Default: "C" }, C: pass });
    expect(errorsOf(machine({ A: { Type: "Parallel", Branches: [branch], Next: "Outside" }, Outside: pass }))).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Outside at /States/A/Branches[0]/States/B/Choices[0]/Next",
    ]);
  });

  it("has names that are unique in the whole machine and not too long", () => {
    const long = "x".repeat(81);
    expect(errorsOf(machine({ A: { Type: "Parallel", Branches: [machine({ A: pass })], Next: long }, [long]: pass }))).toEqual([
      "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A",
      `INVALID_STATE_NAME: Invalid State name: State '${long}' exceeds the 80-character limit allowed by the service at /States/${long}`,
    ]);
  });
});

describe("the answer", () => {
  const states = { A: { Type: "Pass", Parameters: { a: "$.b" }, Nonsense: 1, More: 2 } };
  const diagnostics = validateDefinition(JSON.stringify(machine(states)), "STANDARD");

  it("is cut to the number asked for, errors first unless warnings are asked for", () => {
    const errors = validationAnswer(diagnostics, { maxResults: 2 });
    expect(errors).toMatchObject({ result: "FAIL", truncated: true });
    expect(errors.diagnostics).toHaveLength(2);
    expect(validationAnswer(diagnostics, {}).truncated).toBe(false);
    expect(validationAnswer(diagnostics, { severity: "WARNING" }).diagnostics.map(({ code }) => code)).toContain("NO_DOLLAR");
  });

  it("is OK with warnings alone", () => {
    const warned = validateDefinition(JSON.stringify(machine({ A: { ...pass, Result: "$.a" } })), "STANDARD");
    expect(validationAnswer(warned, { severity: "WARNING" })).toMatchObject({
      result: "OK",
      diagnostics: [{ code: "PASS_RESULT_IS_STATIC" }],
    });
    expect(invalidDefinitionMessage(warned)).toBeUndefined();
  });

  it("joins all errors in the text of InvalidDefinition", () => {
    expect(invalidDefinitionMessage(validateDefinition(JSON.stringify(machine({ A: { Type: "Pass", Next: "B" } })), "STANDARD"))).toBe(
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'",
    );
  });
});

describe("places", () => {
  it("are found in the text, escaped names and all", () => {
    const text =
      '{\n  "StartAt": "a\\u0062/c",\n  "States": {\n    "ab/c": { "Type": "Pass", "Next": "gone" },\n    "Z": { "Type": "Succeed" }\n  }\n}';
    const ranges = placedDiagnostics(text, "STANDARD").map(({ range }) => range && text.slice(range.start.offset, range.end.offset));
    expect(ranges).toEqual(['"gone"', '{ "Type": "Succeed" }']);
  });

  it("are steps into JSON that comes from elsewhere", () => {
    const [diagnostic] = validateJson(machine({ C: { Type: "Choice", Choices: [{ Variable: "$", IsNull: true }] }, E: pass }), "STANDARD");
    expect(diagnostic).toMatchObject({ location: "/States/C/Choices[0]", path: ["States", "C", "Choices", 0] });
  });
});

describe("size", () => {
  it("10,000 states in 1 MB are judged at once", () => {
    const states = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index): [string, Json] => [
        `s${index}`,
        index === 9_999 ? pass : { Type: "Pass", Result: "y".repeat(40), Next: `s${index + 1}` },
      ]),
    );
    const text = JSON.stringify(machine(states));
    const start = performance.now();
    expect(validateDefinition(text, "STANDARD")).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
