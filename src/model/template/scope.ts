// Makes the scope that intrinsics are resolved in: parameter values checked against their declarations, pseudo parameters.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { References, ResolveFinding, Scope } from "./resolve.ts";

interface ScopeOptions {
  /** Values given for parameters; defaults fill the rest. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  /** `arn:aws:cloudformation:…`; absent: one made from stack name, region and account. */
  readonly stackId?: string;
  readonly references: References;
}

interface ScopeResult {
  readonly scope: Scope;
  readonly findings: readonly ResolveFinding[];
}

/** Reads Parameters, Mappings and Conditions of a template (SAM or CloudFormation). */
export function createScope(template: JsonObject, options: ScopeOptions): ScopeResult {
  const findings: ResolveFinding[] = [];
  const declared = section(template, "Parameters");
  const given = options.parameters ?? {};
  const values: Record<string, Json> = Object.assign(Object.create(null), pseudoParameters(options));
  for (const [name, declaration] of Object.entries(declared)) {
    const path = ["Parameters", name];
    if (!isJsonObject(declaration)) {
      findings.push({ rule: "template.parameter", message: `The parameter ${name} needs a Type.`, path });
      continue;
    }
    const text = Object.hasOwn(given, name) ? given[name] : asText(declaration.Default);
    if (text === undefined) {
      findings.push({
        rule: "template.parameter-missing",
        message: `The parameter ${name} has no default: give it a value to run this template.`,
        path,
      });
      continue;
    }
    const value = parameterValue(name, text, declaration, findings, path);
    values[name] = value;
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) {
      findings.push({ rule: "template.unknown-parameter", message: `The template has no parameter named ${name}.`, path: ["Parameters"] });
    }
  }
  const scope: Scope = {
    parameters: values,
    mappings: section(template, "Mappings"),
    conditions: section(template, "Conditions"),
    references: options.references,
    evaluated: new Map(),
  };
  return { scope, findings };
}

function pseudoParameters(options: ScopeOptions): Record<string, Json> {
  const { region, accountId, stackName } = options;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return {
    "AWS::Region": region,
    "AWS::AccountId": accountId,
    "AWS::Partition": partition,
    "AWS::URLSuffix": partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
    "AWS::StackName": stackName,
    "AWS::StackId":
      options.stackId ?? `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/00000000-0000-0000-0000-000000000000`,
    "AWS::NotificationARNs": [],
  };
}

function section(template: JsonObject, name: string): JsonObject {
  const value = template[name];
  return isJsonObject(value) ? value : {};
}

function asText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map((item) => String(item)).join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function parameterValue(name: string, text: string, declaration: JsonObject, findings: ResolveFinding[], path: TemplatePath): Json {
  const type = typeof declaration.Type === "string" ? declaration.Type : "String";
  const reject = (message: string): void => {
    const described = typeof declaration.ConstraintDescription === "string" ? ` ${declaration.ConstraintDescription}` : "";
    findings.push({ rule: "template.parameter-value", message: `Parameter ${name}: ${message}${described}`, path });
  };
  const isList = type === "CommaDelimitedList" || type.startsWith("List<");
  const items = isList ? text.split(",").map((item) => item.trim()) : [text];
  const allowed = declaration.AllowedValues;
  if (Array.isArray(allowed)) {
    const texts = allowed.map((item) => asText(item));
    for (const item of items) if (!texts.includes(item)) reject(`"${item}" is not one of ${texts.join(", ")}.`);
  }
  if (type === "Number" || type === "List<Number>") {
    for (const item of items) {
      const number = Number(item);
      if (item.trim() === "" || !Number.isFinite(number)) reject(`"${item}" is not a number.`);
      else if (number < Number(declaration.MinValue ?? -Infinity)) reject(`${item} is less than ${asText(declaration.MinValue)}.`);
      else if (number > Number(declaration.MaxValue ?? Infinity)) reject(`${item} is more than ${asText(declaration.MaxValue)}.`);
    }
  }
  if (type === "String") {
    if (text.length < Number(declaration.MinLength ?? 0)) reject(`the value has fewer than ${asText(declaration.MinLength)} characters.`);
    if (text.length > Number(declaration.MaxLength ?? Infinity))
      reject(`the value has more than ${asText(declaration.MaxLength)} characters.`);
    if (typeof declaration.AllowedPattern === "string" && !matches(declaration.AllowedPattern, text)) {
      reject(`the value does not match ${declaration.AllowedPattern}.`);
    }
  }
  return isList ? items : text;
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch {
    // Java's regular expressions know forms that JavaScript's do not; such a pattern rejects nothing here.
    return true;
  }
}
