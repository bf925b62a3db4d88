import { isJsonObject } from "../../json.ts";
import { isFunctionType } from "../kinds.ts";
import { groupBy } from "../layers.ts";
import { mentionedIds } from "../references.ts";
import { at, type ResourceView } from "../view.ts";
import { allow } from "./allowing.ts";
import { grantReader, isAbout, isAllowed, type Grant } from "./grants.ts";
import { handlerFile } from "./handlerFile.ts";
import { moduleFacts } from "./javaScriptSource.ts";
import type { CheckInput } from "./report.ts";
import { modulesOf } from "./runtimeCode.ts";
import { actionsCalled, typesByService } from "./sdkCalls.ts";
import { either, words } from "../../words.ts";

/** A function that is told of a table or queue and may not use it, or not as its code does: on AWS its calls are denied. */
export function checkAccess(input: CheckInput): void {
  const grantsOf = grantReader(input.view);
  for (const resource of input.view.resources.values()) {
    if (!isFunctionType(resource.type)) continue;
    const told = toldOf(resource, input);
    const grants = told.length === 0 ? undefined : grantsOf(resource);
    if (!grants) continue;
    const calls = callsOf(resource, input);
    for (const [service, targets] of groupBy(told, ({ target }) => serviceOf(target.type) ?? "")) {
      if (service === "") continue;
      const denied = [...calls].filter(([action]) => action.startsWith(`${service}:`) && isDenied(action, targets, grants, input));
      // What the code is seen to do is said better than that it may do nothing.
      if (denied.length > 0) reportDenied(resource, targets, denied, input);
      else
        for (const { target, variable } of targets)
          if (!isAnythingAllowed(service, target.id, grants, input)) reportNoPolicy(resource, target, variable, input);
    }
  }
}

interface Told {
  readonly target: ResourceView;
  readonly variable: string;
}

/** Resources that the environment names. */
function toldOf(resource: ResourceView, { view }: CheckInput): Told[] {
  const variables = at(resource.properties, "Environment", "Variables");
  return Object.entries(isJsonObject(variables) ? variables : {}).flatMap(([variable, value]) =>
    mentionedIds(value).flatMap((id) => {
      const target = view.resources.get(id);
      return target && id !== resource.id ? [{ target, variable }] : [];
    }),
  );
}

function serviceOf(type: string): string | undefined {
  return Object.entries(typesByService).find(([, types]) => types.includes(type))?.[0];
}

/** Actions that the handler's code calls, and in which file. */
function callsOf(resource: ResourceView, input: CheckInput): Map<string, string> {
  const wanted = handlerFile(resource, input.document);
  const file = wanted?.candidates.find((candidate) => input.context.files?.has(candidate));
  const text = file === undefined ? undefined : input.context.readText?.(file);
  const facts = wanted?.language === "nodejs" && text !== undefined ? moduleFacts(text) : undefined;
  const calls = new Map<string, string>();
  if (!facts || file === undefined) return calls;
  for (const module of modulesOf(file, facts, input)) {
    for (const action of actionsCalled(module.code, module.imports)) calls.set(action, calls.get(action) ?? module.file);
  }
  return calls;
}

/** On every resource of its service that the function is told of: then on that which the code means, whichever it is. */
function isDenied(action: string, targets: readonly Told[], grants: readonly Grant[], { view }: CheckInput): boolean {
  return !targets.some(({ target }) => isAllowed(action, target.id, grants, view));
}

function reportDenied(
  resource: ResourceView,
  targets: readonly Told[],
  denied: readonly (readonly [action: string, file: string])[],
  input: CheckInput,
): void {
  const [[, file] = ["", ""]] = denied;
  const [first] = targets;
  if (!first) return;
  const ids = new Set(targets.map(({ target }) => target.id));
  const actions = denied.map(([action]) => action).join(", ");
  input.report({
    severity: "warning",
    rule: "design.permission",
    message: words(
      "{{file}} of {{resource}} makes calls that no policy of the function allows on {{ids}}: {{actions}}. On AWS they are denied.",
      { file, resource: resource.id, ids: either([...ids]), actions },
    ),
    path: [...resource.path, "Properties", "Environment", "Variables", first.variable],
    ...(ids.size === 1
      ? allow(
          resource,
          first.target,
          denied.map(([action]) => action),
          input,
        )
      : {}),
  });
}

function isAnythingAllowed(service: string, id: string, grants: readonly Grant[], { view }: CheckInput): boolean {
  return grants.some(
    (grant) => isAbout(grant, id, view) && grant.actions.some((action) => action === "*" || action.toLowerCase().startsWith(`${service}:`)),
  );
}

function reportNoPolicy(resource: ResourceView, target: ResourceView, variable: string, input: CheckInput): void {
  input.report({
    severity: "info",
    rule: "design.no-policy",
    message: words("{{resource}} knows the name of {{target}} but has no policy for it: on AWS its calls are denied.", {
      resource: resource.id,
      target: target.id,
    }),
    path: [...resource.path, "Properties", "Environment", "Variables", variable],
    ...allow(resource, target, [], input),
  });
}
