// Makes the scope that intrinsics are resolved in: parameter values checked against their declarations, pseudo parameters.
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { isDynamicName, isStored, storedParameter } from "./dynamicReferences.ts";
import { parameterFinding, parameterText, storedType, typedValue } from "./parameters.ts";
import { beginEvaluation } from "./resolve.ts";
import type { References, ResolveFinding, Scope } from "./resolve.ts";
import { said, words } from "../words.ts";

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

/** Reads Parameters, Mappings, Conditions and what resources store, of a template (SAM or CloudFormation). */
export function createScope(template: JsonObject, options: ScopeOptions): ScopeResult {
  const findings: ResolveFinding[] = [];
  const declared = section(template, "Parameters");
  const given = options.parameters ?? {};
  const values: Record<string, Json> = Object.assign(Object.create(null), pseudoParameters(options));
  const resources = Object.entries(section(template, "Resources"));
  const scope: Scope = {
    parameters: values,
    declared: new Set(Object.keys(declared)),
    mappings: section(template, "Mappings"),
    conditions: section(template, "Conditions"),
    references: options.references,
    evaluated: new Map(),
    conditionOf: new Map(
      resources.flatMap(([id, resource]): [string, string][] =>
        isJsonObject(resource) && typeof resource.Condition === "string" ? [[id, resource.Condition]] : [],
      ),
    ),
    stored: {
      given,
      resources: Object.fromEntries(resources.filter(([, resource]) => isJsonObject(resource) && isStored(resource.Type))),
      open: new Set(),
    },
  };
  // Those that name a stored value come last: its name may be made of the others.
  const entries = Object.entries(declared);
  const isStoredName = ([, declaration]: [string, Json]): boolean =>
    isJsonObject(declaration) && storedType(declaration.Type) !== undefined;
  for (const [name, declaration] of [...entries.filter((each) => !isStoredName(each)), ...entries.filter(isStoredName)]) {
    const path = ["Parameters", name];
    if (!isJsonObject(declaration)) {
      findings.push({ rule: "template.parameter", ...said(words("The parameter {{name}} needs a Type.", { name })), path });
      continue;
    }
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    const text = own ?? parameterText(declaration.Default);
    if (text === undefined) {
      const what = words("The parameter {{name}} has no default: give it a value to run this template.", { name });
      findings.push({ rule: "template.parameter-missing", ...said(what), path });
      continue;
    }
    const stored = storedType(declaration.Type);
    const found = stored === undefined ? text : storedParameter(text, beginEvaluation(scope).at);
    if (found === undefined && own === undefined) {
      const what = words(
        "The parameter {{name}} stands for {{text}} of AWS's parameter store, which is not asked here: give it the value to run with.",
        { name, text },
      );
      findings.push({ severity: "info", rule: "template.parameter-store", ...said(what), path: [...path, "Default"] });
    }
    // A value given in place of a name of the store is not what the constraints are about.
    const isChecked = stored === undefined || own === undefined;
    const finding = isChecked ? parameterFinding(name, text, declaration, own === undefined ? [...path, "Default"] : path) : undefined;
    if (finding) findings.push(finding);
    values[name] = typedValue(stored ?? String(declaration.Type ?? "String"), found ?? text);
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name) && !isDynamicName(name)) {
      findings.push({
        rule: "template.unknown-parameter",
        ...said(words("The template has no parameter named {{name}}.", { name })),
        path: ["Parameters"],
      });
    }
  }
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
