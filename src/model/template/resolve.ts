// Evaluates intrinsic functions. Used at deploy, where references answer with physical ids, and for the design, where they
// stay symbolic (see symbolicReferences). Unresolvable parts become findings with their path; nothing is thrown.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { Problem } from "../problem.ts";
import { isTrue } from "./conditions.ts";
import type { TemplateDocument } from "./document.ts";
import { resolveDynamic } from "./dynamicReferences.ts";
import type { StoredValues } from "./dynamicReferences.ts";
import { functions } from "./functions.ts";
import type { Evaluation } from "./functions.ts";
import { put } from "./value.ts";
import { said, words, type Words } from "../words.ts";

/** What names in a template stand for. Made by createScope. */
export interface Scope {
  /** Parameters and pseudo parameters: `Ref` and `${…}` look here first. */
  readonly parameters: Readonly<Record<string, Json>>;
  /** Names of all parameters, those without a value too. */
  readonly declared: ReadonlySet<string>;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly references: References;
  /** Conditions already evaluated; undefined marks one under way. */
  readonly evaluated: Map<string, boolean | undefined>;
  /** Names of the conditions that resources have, by logical ID. */
  readonly conditionOf: ReadonlyMap<string, string>;
  /** What dynamic references find: `{{resolve:ssm:name}}`. */
  readonly stored: StoredValues;
}

/** Answers for resources. undefined: no such resource or attribute. */
export interface References {
  ref(logicalId: string): Json | undefined;
  attribute(logicalId: string, name: string): Json | undefined;
  /** What another stack exports under a name. */
  exported?(name: string): Json | undefined;
}

export interface Resolved {
  /** undefined: AWS::NoValue, or nothing that could be resolved. */
  readonly value: Json | undefined;
  readonly findings: readonly ResolveFinding[];
}

export interface ResolveFinding {
  /** Where it is not as grave as what the finder looks for. */
  readonly severity?: Problem["severity"];
  readonly rule: string;
  readonly message: string;
  readonly words: Words;
  readonly path: TemplatePath;
}

/** `path` says where the value stands in the template, for findings. */
export function resolveValue(value: Json, scope: Scope, path: TemplatePath = []): Resolved {
  const { at, findings } = beginEvaluation(scope);
  return { value: at.evaluate(value, path), findings };
}

/** Whether a condition of the template holds. */
export function evaluateCondition(
  name: string,
  scope: Scope,
  path: TemplatePath = [],
): { readonly isTrue: boolean; readonly findings: readonly ResolveFinding[] } {
  const { at, findings } = beginEvaluation(scope);
  return { isTrue: at.holds(name, path), findings };
}

/** What is wrong with any of the conditions, used or not: CloudFormation decides them all before it makes anything. */
export function conditionFindings(scope: Scope): readonly ResolveFinding[] {
  const { at, findings } = beginEvaluation(scope);
  for (const name of Object.keys(scope.conditions)) at.holds(name, ["Conditions", name]);
  return findings;
}

export interface EvaluationResult {
  readonly at: Evaluation;
  /** Fills while the evaluation runs. */
  readonly findings: readonly ResolveFinding[];
}

export function beginEvaluation(scope: Scope): EvaluationResult {
  return evaluationIn(scope, new Set(), { reads: 0 });
}

function evaluationIn(scope: Scope, uses: Set<string>, budget: { reads: number }): EvaluationResult {
  const findings: ResolveFinding[] = [];
  const at: Evaluation = {
    scope,
    uses,
    budget,
    evaluate: (value, path) => evaluate(value, at, path),
    holds: (condition, path) => namedCondition(condition, at, path),
    quietly: () => evaluationIn(scope, uses, budget).at,
    fail: (path, rule, what) => {
      // What an inner function said of a text is not said again by the ones around it.
      const { message } = said(what);
      const isSaid = findings.some((each) => each.message === message && path.every((step, index) => each.path[index] === step));
      if (!isSaid) findings.push({ rule, message, words: what, path });
      return undefined;
    },
  };
  return { at, findings };
}

/** Conditions are decided before there are resources. */
function withoutResources(at: Evaluation): Evaluation {
  const { at: inner } = evaluationIn({ ...at.scope, references: noReferences }, at.uses, at.budget);
  const evaluation: Evaluation = {
    ...inner,
    evaluate: (value, path) => evaluate(value, evaluation, path),
    holds: (condition, path) => namedCondition(condition, evaluation, path),
    fail: (path, rule, what) =>
      at.fail(
        path,
        rule,
        rule === "template.missing-reference" ? words("Conditions know parameters and mappings alone. {{fault}}", { fault: what }) : what,
      ),
  };
  return evaluation;
}

const noReferences: References = { ref: () => undefined, attribute: () => undefined };

/** References by name, for the design: `${Table}` and `${Table.Arn}` survive Join, Sub and Split and can be found in the result. */
export function symbolicReferences(logicalIds: ReadonlySet<string>): References {
  return {
    ref: (id) => (logicalIds.has(id) ? `\${${id}}` : undefined),
    attribute: (id, name) => (logicalIds.has(id) ? `\${${id}.${name}}` : undefined),
  };
}

/** Gives findings their place in the document's text. */
export function locateFindings(
  document: TemplateDocument,
  findings: readonly ResolveFinding[],
  severity: Problem["severity"] = "error",
): Problem[] {
  return findings.map((finding) => {
    const range = nearestRange(document, finding.path);
    const resource = finding.path[0] === "Resources" && typeof finding.path[1] === "string" ? finding.path[1] : undefined;
    return {
      severity: finding.severity ?? severity,
      rule: finding.rule,
      message: finding.message,
      words: finding.words,
      file: document.path,
      ...(range ? { range } : {}),
      ...(resource === undefined ? {} : { resource }),
    };
  });
}

function nearestRange(document: TemplateDocument, path: TemplatePath): ReturnType<TemplateDocument["rangeOf"]> {
  for (let length = path.length; length > 0; length -= 1) {
    // A whole resource, parameter or section is known by its name.
    const range = document.rangeOf(path.slice(0, length), length <= 2 ? "key" : "value");
    if (range) return range;
  }
  return undefined;
}

function evaluate(value: Json, at: Evaluation, path: TemplatePath): Json | undefined {
  if (typeof value === "string") return resolveDynamic(value, at, path);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return evaluateList(value, at, path);
  const call = callIn(value);
  if (call) {
    const run = functions[call.name];
    const inner = [...path, call.name];
    if (run) {
      const answer = run(call.argument, at, inner);
      return typeof answer === "string" ? resolveDynamic(answer, at, inner) : answer;
    }
    return at.fail(inner, "template.unsupported-function", words("{{name}} is not supported here.", { name: call.name }));
  }
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = [...path, key];
    // May stand beside other keys, unlike all other functions.
    const resolved = key === "Fn::Transform" ? functions[key]?.(item, at, inner) : evaluate(item, at, inner);
    if (resolved !== undefined) put(result, key, resolved);
  }
  return result;
}

function evaluateList(value: readonly Json[], at: Evaluation, path: TemplatePath): Json[] {
  const result: Json[] = [];
  for (const [index, item] of value.entries()) {
    const resolved = evaluate(item, at, [...path, index]);
    if (resolved !== undefined) result.push(resolved);
  }
  return result;
}

/** The function call that a map is, if it is one: `{ "Fn::Sub": … }`. */
export function callIn(value: Json): { readonly name: string; readonly argument: Json } | undefined {
  if (!isJsonObject(value)) return undefined;
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length !== 1 || name === undefined || (name !== "Ref" && !name.startsWith("Fn::"))) return undefined;
  return { name, argument: value[name] ?? null };
}

function namedCondition(name: string, at: Evaluation, path: TemplatePath): boolean {
  const { conditions, evaluated } = at.scope;
  if (evaluated.has(name)) {
    const known = evaluated.get(name);
    if (known === undefined) at.fail(path, "template.circular-condition", words("The condition {{name}} depends on itself.", { name }));
    return known ?? false;
  }
  const definition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
  if (definition === undefined) {
    at.fail(path, "template.missing-condition", words("There is no condition named {{name}}.", { name }));
    return false;
  }
  evaluated.set(name, undefined);
  const outcome = isTrue(definition, withoutResources(at), ["Conditions", name]) ?? false;
  evaluated.set(name, outcome);
  return outcome;
}
