// Which resources must be there before which: Ref, GetAtt, Sub and DependsOn.
import type { TemplatePath } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { falseConditionWords, subVariables } from "./functions.ts";
import { beginEvaluation, callIn, evaluateCondition } from "./resolve.ts";
import type { ResolveFinding, Scope } from "./resolve.ts";
import { said, words } from "../words.ts";

export interface Reference {
  readonly logicalId: string;
  /** Absent: Ref, or DependsOn. */
  readonly attribute?: string;
  /** Where the reference stands, below the value searched. */
  readonly path: TemplatePath;
}

/** Names that a value refers to, parameters included. With a scope, branches of Fn::If that are not taken are left out. */
export function referencesIn(value: Json, scope?: Scope): readonly Reference[] {
  const found: Reference[] = [];
  collect(value, [], scope, found);
  return found;
}

/** `path` is one list that grows and shrinks on the way: it is copied where something is found. */
function collect(value: Json, path: (string | number)[], scope: Scope | undefined, found: Reference[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) below(item, path, index, scope, found);
    return;
  }
  const call = callIn(value);
  if (call === undefined) {
    for (const key in value) below(value[key] ?? null, path, key, scope, found);
    return;
  }
  path.push(call.name);
  collectCall(call, path, scope, found);
  path.pop();
}

function below(value: Json, path: (string | number)[], key: string | number, scope: Scope | undefined, found: Reference[]): void {
  if (typeof value !== "object" || value === null) return;
  path.push(key);
  collect(value, path, scope, found);
  path.pop();
}

function collectCall(
  { name, argument }: { readonly name: string; readonly argument: Json },
  path: (string | number)[],
  scope: Scope | undefined,
  found: Reference[],
): void {
  if (name === "Ref") {
    if (typeof argument === "string") found.push({ logicalId: argument, path: [...path] });
  } else if (name === "Fn::GetAtt") {
    const [logicalId, ...rest] = typeof argument === "string" ? argument.split(".") : Array.isArray(argument) ? argument : [];
    if (typeof logicalId === "string")
      found.push({ logicalId, attribute: rest.filter((part) => typeof part === "string").join("."), path: [...path] });
    for (const part of rest) collect(part, path, scope, found);
  } else if (name === "Fn::Sub") {
    const [text, locals] = Array.isArray(argument) ? argument : [argument];
    const own = isJsonObject(locals) ? locals : {};
    if (typeof text === "string") {
      for (const variable of subVariables(text)) {
        const [logicalId, ...rest] = variable.split(".");
        if (logicalId === undefined || Object.hasOwn(own, variable)) continue;
        found.push({ logicalId, ...(rest.length > 0 ? { attribute: rest.join(".") } : {}), path: [...path] });
      }
    }
    below(own, path, 1, scope, found);
  } else if (name === "Fn::If" && scope && Array.isArray(argument) && typeof argument[0] === "string") {
    const index = evaluateCondition(argument[0], scope).isTrue ? 1 : 2;
    below(argument[index] ?? null, path, index, scope, found);
  } else {
    collect(argument, path, scope, found);
  }
}

/** Where a resource names what it needs first, in order of appearance; what is no resource of the template is left out. */
function needsOf(resource: Json, resources: JsonObject, scope?: Scope): ReadonlyMap<string, TemplatePath> {
  const needs = new Map<string, TemplatePath>();
  if (!isJsonObject(resource)) return needs;
  const add = (name: string, path: TemplatePath): void => {
    if (!needs.has(name) && Object.hasOwn(resources, name)) needs.set(name, path);
  };
  for (const { name, path } of dependsOn(resource)) add(name, path);
  const { DependsOn: _, ...body } = resource;
  for (const reference of referencesIn(body, scope)) add(reference.logicalId, reference.path);
  if (scope) for (const name of storesOf(body, scope)) add(name, ["Properties"]);
  return needs;
}

function dependsOn({ DependsOn: written }: JsonObject): readonly { readonly name: string; readonly path: TemplatePath }[] {
  if (typeof written === "string") return [{ name: written, path: ["DependsOn"] }];
  if (!Array.isArray(written)) return [];
  return written.flatMap((name, index) => (typeof name === "string" ? [{ name, path: ["DependsOn", index] }] : []));
}

/** Resources whose values dynamic references take. */
function storesOf(body: JsonObject, scope: Scope): Iterable<string> {
  if (Object.keys(scope.stored.resources).length === 0 || !JSON.stringify(body).includes("{{resolve:")) return [];
  const { at } = beginEvaluation(scope);
  at.evaluate(body, []);
  return at.uses;
}

/** Logical IDs that a resource needs first. */
export function dependenciesOf(resource: Json, resources: JsonObject, scope?: Scope): readonly string[] {
  return [...needsOf(resource, resources, scope).keys()];
}

/** Names that nothing in the template carries, in what is deployed of it: CloudFormation refuses the template for one of them. */
export function missingTargets(resources: JsonObject, outputs: JsonObject, scope: Scope): readonly ResolveFinding[] {
  const findings: ResolveFinding[] = [];
  const isKnown = (name: string): boolean =>
    name === "AWS::NoValue" || Object.hasOwn(resources, name) || Object.hasOwn(scope.parameters, name);
  const report = (name: string, path: TemplatePath): void => {
    const condition = scope.conditionOf.get(name);
    if (condition === undefined)
      findings.push({
        rule: "template.missing-reference",
        ...said(words("There is no parameter or resource named {{name}}.", { name })),
        path,
      });
    else findings.push({ rule: "template.false-condition", ...said(falseConditionWords(name, condition)), path });
  };
  for (const [id, resource] of Object.entries(resources)) {
    if (!isJsonObject(resource)) continue;
    // A resource that a condition leaves out need not be waited for.
    for (const { name, path } of dependsOn(resource))
      if (!isKnown(name) && !scope.conditionOf.has(name)) report(name, ["Resources", id, ...path]);
    for (const { logicalId, path } of referencesIn(resource.Properties ?? null, scope))
      if (!isKnown(logicalId)) report(logicalId, ["Resources", id, "Properties", ...path]);
  }
  for (const [name, output] of Object.entries(outputs))
    for (const { logicalId, path } of referencesIn(output, scope)) if (!isKnown(logicalId)) report(logicalId, ["Outputs", name, ...path]);
  return findings;
}

interface DeployOrder {
  /** Logical IDs, dependencies first; members of a cycle come last. */
  readonly order: readonly string[];
  readonly findings: readonly ResolveFinding[];
}

/** Dependencies first, otherwise in the template's order. */
export function deployOrder(resources: JsonObject, scope?: Scope): DeployOrder {
  const needs = new Map(Object.entries(resources).map(([id, resource]) => [id, [...needsOf(resource, resources, scope)]]));
  const order: string[] = [];
  const findings: ResolveFinding[] = [];
  const state = new Map<string, "open" | "done">();
  // An own stack instead of recursion: chains may be as long as the template.
  for (const start of needs.keys()) {
    if (state.has(start)) continue;
    const stack = [{ id: start, next: 0 }];
    state.set(start, "open");
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const [need, path] = (needs.get(top.id) ?? [])[top.next] ?? [];
      top.next += 1;
      if (need === undefined || path === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        stack.pop();
      } else if (state.get(need) === undefined) {
        state.set(need, "open");
        stack.push({ id: need, next: 0 });
      } else if (state.get(need) === "open") {
        const ring = [...stack.slice(stack.findIndex((each) => each.id === need)).map((each) => each.id), need];
        findings.push({
          rule: "template.circular-dependency",
          ...said(
            words("These resources need each other: {{ring}}. Break the circle, for example with a name that is written out.", {
              ring: ring.join(" → "),
            }),
          ),
          path: ["Resources", top.id, ...path],
        });
      }
    }
  }
  return { order, findings };
}
