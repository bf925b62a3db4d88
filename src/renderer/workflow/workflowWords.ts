// What a state does, in one line.
import type { Amount, Condition, State } from "../../model/asl/definition.ts";
import { parseResource } from "../../model/asl/resource.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { t } from "../app/texts/texts.ts";

/** `written`: the state as it stands in the definition, for what the parsed form does not keep. */
export function stateWords(state: State, written: JsonObject): string {
  switch (state.type) {
    case "Task":
      return taskWords(written["Resource"], written);
    case "Choice":
      return t("{{count}} rules", { count: state.choices.length });
    case "Wait":
      switch (state.until.type) {
        case "seconds":
          return amountWords(state.until.seconds, "seconds");
        case "timestamp":
          return t("until {{timestamp}}", { timestamp: plainExpression(state.until.timestamp) });
        case "timestampPath":
          return t("until {{path}}", { path: state.until.path });
      }
      return "";
    case "Pass":
      return state.result !== undefined
        ? t("a fixed result")
        : state.parameters !== undefined || state.output !== undefined
          ? t("shapes its input")
          : t("passes its input on");
    case "Fail":
      return state.error === undefined
        ? t("ends in failure")
        : state.error.type === "text"
          ? plainExpression(state.error.text)
          : state.error.path;
    case "Succeed":
      return t("ends here");
    case "Parallel":
      return t("{{count}} branches", { count: state.branches.length });
    case "Map":
      return [
        state.itemReader !== undefined
          ? t("items from S3")
          : state.items === undefined
            ? t("each of {{itemsPath}}", { itemsPath: state.itemsPath })
            : t("each of {{items}}", { items: shortValue(state.items) }),
        ...(state.processor.mode === "DISTRIBUTED" ? [t("distributed")] : []),
        ...(state.maxConcurrency === undefined ? [] : [amountWords(state.maxConcurrency, "at once")]),
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
    const pattern = { requestResponse: "", sync: t(" · waits"), sync2: t(" · waits"), waitForTaskToken: t(" · waits for a token") }[
      parsed.pattern
    ];
    const name = subject === undefined ? "" : ` · ${lastName(typeof subject === "string" ? subject : mentioned(subject))}`;
    return `${parsed.service}:${parsed.operation}${name}${pattern}`;
  }
  if (parsed?.type === "activity") return t("activity {{arn}}", { arn: lastName(arn) });
  return arn === "" ? t("no resource") : lastName(arn);
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
        .join(condition.type === "and" ? t(" and ") : t(" or "));
    case "not":
      return t("not {{condition}}", { condition: conditionWords(condition.condition) });
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
      if (condition.operator === "StringMatches") return t("{{variable}} like {{operand}}", { variable, operand });
      const what = condition.operator.replace(/^Is/, "").toLowerCase();
      return operand === "false"
        ? t("{{variable}} is not {{what}}", { variable, what })
        : t("{{variable}} is {{what}}", { variable, what });
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
  if (unit === "seconds" && amount.type === "number") return secondsWords(amount.value);
  const value = amount.type === "path" ? amount.path : amount.type === "expression" ? plainExpression(amount.expression) : amount.value;
  return unit === "seconds" ? t("{{value}} seconds", { value }) : t("{{value}} at once", { value });
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
  return typeof value === "string"
    ? plainExpression(value)
    : Array.isArray(value)
      ? t("{{count}} items", { count: value.length })
      : t("an object");
}
