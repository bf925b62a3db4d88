// What a state does, in one line.
import type { Amount, Condition, State } from "../../model/asl/definition.ts";
import { parseResource } from "../../model/asl/resource.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";

/** `written`: the state as it stands in the definition, for what the parsed form does not keep. */
export function stateWords(state: State, written: JsonObject): string {
  switch (state.type) {
    case "Task":
      return taskWords(written["Resource"], written);
    case "Choice":
      return `${state.choices.length} ${state.choices.length === 1 ? "rule" : "rules"}`;
    case "Wait":
      switch (state.until.type) {
        case "seconds":
          return amountWords(state.until.seconds, "seconds");
        case "timestamp":
          return `until ${plainExpression(state.until.timestamp)}`;
        case "timestampPath":
          return `until ${state.until.path}`;
      }
      return "";
    case "Pass":
      return state.result !== undefined
        ? "a fixed result"
        : state.parameters !== undefined || state.output !== undefined
          ? "shapes its input"
          : "passes its input on";
    case "Fail":
      return state.error === undefined
        ? "ends in failure"
        : state.error.type === "text"
          ? plainExpression(state.error.text)
          : state.error.path;
    case "Succeed":
      return "ends here";
    case "Parallel":
      return `${state.branches.length} ${state.branches.length === 1 ? "branch" : "branches"}`;
    case "Map":
      return [
        state.itemReader !== undefined
          ? "items from S3"
          : state.items === undefined
            ? `each of ${state.itemsPath}`
            : `each of ${shortValue(state.items)}`,
        ...(state.processor.mode === "DISTRIBUTED" ? ["distributed"] : []),
        ...(state.maxConcurrency === undefined ? [] : [`${amountWords(state.maxConcurrency, "at once")}`]),
      ].join(" · ");
  }
}

function taskWords(resource: Json | undefined, written: JsonObject): string {
  const arn = typeof resource === "string" ? resource : mentioned(resource);
  const parsed = parseResource(arn.replace(/\$\{AWS::Partition\}/g, "aws"));
  if (parsed?.type === "integration") {
    const input = written["Arguments"] ?? written["Parameters"];
    const subject = isJsonObject(input)
      ? Object.entries(input).find(([key]) =>
          /^(FunctionName|TableName|QueueUrl|TopicArn|StateMachineArn|Bucket|Name)(\.\$)?$/.test(key),
        )?.[1]
      : undefined;
    const pattern = { requestResponse: "", sync: " · waits", sync2: " · waits", waitForTaskToken: " · waits for a token" }[parsed.pattern];
    const name = subject === undefined ? "" : ` · ${lastName(typeof subject === "string" ? subject : mentioned(subject))}`;
    return `${parsed.service}:${parsed.operation}${name}${pattern}`;
  }
  if (parsed?.type === "activity") return `activity ${lastName(arn)}`;
  return arn === "" ? "no resource" : lastName(arn);
}

/** `charge` of an ARN; of `${ChargeArn}` the name that stands for one, `Charge`. */
function lastName(arn: string): string {
  const name = /^\$\{([^}]+)\}$/.exec(arn)?.[1] ?? arn.split(/[:/]/).at(-1) ?? arn;
  return plainExpression(name).replace(/(?<=.)\.?Arn$/, "");
}

/** The logical ID that an intrinsic function names. */
function mentioned(value: Json | undefined): string {
  if (!isJsonObject(value)) return "";
  const { Ref: ref, "Fn::GetAtt": attribute, "Fn::Sub": sub } = value;
  const named = ref ?? (Array.isArray(attribute) ? attribute[0] : attribute) ?? (Array.isArray(sub) ? sub[0] : sub);
  return typeof named === "string" ? (named.split(".")[0] ?? named) : "";
}

export function conditionWords(condition: Condition): string {
  switch (condition.type) {
    case "and":
    case "or":
      return condition.conditions
        .map((one) => (one.type === "and" || one.type === "or" ? `(${conditionWords(one)})` : conditionWords(one)))
        .join(` ${condition.type} `);
    case "not":
      return `not ${conditionWords(condition.condition)}`;
    case "expression":
      return typeof condition.expression === "string" ? plainExpression(condition.expression) : String(condition.expression);
    case "compare": {
      const operand = condition.operand.type === "path" ? condition.operand.path : JSON.stringify(condition.operand.value);
      const variable = condition.variable.replace(/^\$\./, "");
      const sign =
        comparisonSigns[
          /(?:Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals)$/.exec(
            condition.operator.replace(/^(String|Numeric|Boolean|Timestamp)/, ""),
          )?.[0] ?? ""
        ];
      if (sign !== undefined) return `${variable} ${sign} ${operand}`;
      if (condition.operator === "StringMatches") return `${variable} like ${operand}`;
      const what = condition.operator.replace(/^Is/, "").toLowerCase();
      return `${variable} ${operand === "false" ? "is not" : "is"} ${what}`;
    }
  }
}

/** By the end of the operator's name. */
export const comparisonSigns: Readonly<Record<string, string>> = {
  Equals: "=",
  LessThan: "<",
  GreaterThan: ">",
  LessThanEquals: "≤",
  GreaterThanEquals: "≥",
};

function amountWords(amount: Amount, unit: "seconds" | "at once"): string {
  if (amount.type === "path") return `${amount.path} ${unit}`;
  if (amount.type === "expression") return `${plainExpression(amount.expression)} ${unit}`;
  if (unit === "at once") return `${amount.value} at once`;
  return secondsWords(amount.value);
}

export function secondsWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor((seconds % 86_400) / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(" ") || "0 s"
  );
}

/** `{% $x %}` without its brackets. */
function plainExpression(text: string): string {
  return text.replace(/^\{%\s*|\s*%\}$/g, "");
}

function shortValue(value: Json): string {
  return typeof value === "string" ? plainExpression(value) : Array.isArray(value) ? `${value.length} items` : "an object";
}
