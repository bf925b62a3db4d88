// A CloudFormation template with everything filled in that is known before it is deployed: parameters, mappings,
// conditions, texts made of them. What only a deployment knows (ids and attributes of resources) stays a reference, and
// so do parameters that nobody may see, so that the result is a template that can be deployed.
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { subVariables } from "../template/functions.ts";
import { callIn, evaluateCondition, type ResolveFinding, resolveValue, type Scope } from "../template/resolve.ts";
import { createScope } from "../template/scope.ts";
import { put } from "../template/value.ts";

interface ResolveOptions {
  readonly parameters: Readonly<Record<string, string>>;
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
}

/** Known only once there is a stack. */
const ofDeployment: ReadonlySet<string> = new Set(["AWS::StackId", "AWS::NotificationARNs"]);

export function resolvedTemplate(
  template: JsonObject,
  options: ResolveOptions,
): { readonly template: JsonObject; readonly findings: readonly ResolveFinding[] } {
  const references = { ref: () => undefined, attribute: () => undefined };
  const { scope: full, findings } = createScope(template, { ...options, references });
  // Values behind `{{resolve:…}}` are AWS's to fill in, and may be secrets.
  const scope: Scope = { ...full, stored: { ...full.stored, given: {}, resources: {} } };
  const { Parameters: parameters, Conditions: _c, Mappings: _m, Rules: _r, Resources: resources, Outputs: outputs, ...rest } = template;
  const hidden = hiddenParameters(parameters);
  const known = partialResolver(scope, hidden);
  const living = withoutDisabled(mapOf(resources), scope);
  const result: JsonObject = { ...rest };
  if (Object.keys(hidden).length > 0) result.Parameters = hidden;
  result.Resources = Object.fromEntries(
    Object.entries(living).map(([id, resource]) => [id, withoutDeadDependencies(mapOf(known(resource)), living)]),
  );
  if (isJsonObject(outputs)) result.Outputs = mapOf(known(withoutDisabled(outputs, scope)));
  return { template: result, findings: findings.filter(({ rule }) => rule !== "template.unknown-parameter") };
}

function hiddenParameters(parameters: Json | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(mapOf(parameters)).filter(([, declaration]) => isJsonObject(declaration) && String(declaration.NoEcho) === "true"),
  );
}

function withoutDisabled(members: JsonObject, scope: Scope): JsonObject {
  const living: JsonObject = {};
  for (const [id, member] of Object.entries(members)) {
    if (!isJsonObject(member) || typeof member.Condition !== "string") put(living, id, member);
    else if (evaluateCondition(member.Condition, scope).isTrue) {
      const { Condition: _, ...others } = member;
      put(living, id, others);
    }
  }
  return living;
}

function withoutDeadDependencies(resource: JsonObject, living: JsonObject): JsonObject {
  const { DependsOn: dependsOn, ...others } = resource;
  if (dependsOn === undefined) return resource;
  const names = (Array.isArray(dependsOn) ? dependsOn : [dependsOn]).filter(
    (name) => typeof name === "string" && Object.hasOwn(living, name),
  );
  return names.length > 0 ? { ...others, DependsOn: names } : others;
}

/** undefined: the value falls away. */
function partialResolver(scope: Scope, hidden: JsonObject): (value: Json) => Json | undefined {
  function isKnown(name: string): boolean {
    return Object.hasOwn(scope.parameters, name) && !Object.hasOwn(hidden, name) && !ofDeployment.has(name);
  }

  function known(value: Json): Json | undefined {
    if (Array.isArray(value)) return value.map(known).filter((item) => item !== undefined);
    if (!isJsonObject(value)) return value;
    const call = callIn(value);
    if (call !== undefined) return called(call.name, call.argument);
    const result: JsonObject = {};
    for (const [key, item] of Object.entries(value)) {
      const inner = known(item);
      if (inner !== undefined) put(result, key, inner);
    }
    return result;
  }

  function called(name: string, argument: Json): Json | undefined {
    if (name === "Ref") {
      if (argument === "AWS::NoValue") return undefined;
      return typeof argument === "string" && isKnown(argument) ? scope.parameters[argument] : { Ref: argument };
    }
    if (name === "Fn::If" && Array.isArray(argument) && typeof argument[0] === "string")
      return known(argument[evaluateCondition(argument[0], scope).isTrue ? 1 : 2] ?? null);
    if (name === "Fn::Sub") return substituted(argument);
    if (name === "Fn::GetAtt" || name === "Fn::Transform") return { [name]: argument };
    const inner = known(argument) ?? null;
    if (name === "Fn::Select" && Array.isArray(inner) && Array.isArray(inner[1]) && !isOpen(inner[0] ?? null))
      return inner[1][Number(inner[0])] ?? { [name]: inner };
    if (isOpen(inner)) return { [name]: inner };
    const { value, findings } = resolveValue({ [name]: inner }, scope);
    return findings.length === 0 && value !== undefined ? value : { [name]: inner };
  }

  function substituted(argument: Json): Json {
    const [text, locals] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== "string") return { "Fn::Sub": argument };
    const own = mapOf(known(mapOf(locals)));
    const left: JsonObject = {};
    for (const name of subVariables(text)) {
      if (!Object.hasOwn(own, name)) continue;
      const value = own[name] ?? null;
      if (isOpen(value)) put(left, name, value);
    }
    const isOpenName = (name: string): boolean => Object.hasOwn(left, name) || (!Object.hasOwn(own, name) && !isKnown(name));
    const open = subVariables(text).filter(isOpenName);
    if (open.length === 0) return resolveValue({ "Fn::Sub": [text, own] }, scope).value ?? { "Fn::Sub": argument };
    const filled = text.replaceAll(/\$\{([^!}][^}]*)\}/g, (whole, written: string) => {
      const name = written.trim();
      const value = Object.hasOwn(own, name) ? own[name] : isKnown(name) ? scope.parameters[name] : undefined;
      // what is filled in is text from now on, whatever it looks like
      return isOpenName(name) || typeof value === "object" || value === undefined ? whole : String(value).replaceAll("${", "${!");
    });
    return { "Fn::Sub": Object.keys(left).length > 0 ? [filled, left] : filled };
  }

  return known;
}

/** Whether a function call is left somewhere in it. */
function isOpen(value: Json): boolean {
  if (Array.isArray(value)) return value.some(isOpen);
  return isJsonObject(value) && (callIn(value) !== undefined || Object.values(value).some(isOpen));
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
