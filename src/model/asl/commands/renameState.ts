// A new name for a state, wherever its flow names it: transitions, and expressions that compare the name of the running state.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TemplateEdit } from "../../template/document.ts";
import type { Steps } from "./command.ts";
import { checkName, flowAt, splitState, stateAt, transitionsOf } from "./flow.ts";

export function renameState(definition: JsonObject, steps: Steps, name: string): readonly TemplateEdit[] {
  const { flow: at, name: old } = splitState(steps);
  stateAt(definition, steps);
  if (name === old) return [];
  checkName(definition, name);
  return [
    ...transitionsOf(flowAt(definition, at))
      .filter(({ to }) => to === old)
      .map(({ path }): TemplateEdit => ({ type: "set", path: [...at, ...path], value: name })),
    ...mentionsOf(definition, old, name, []),
    { type: "renameKey", path: steps, key: name },
  ];
}

/** `$$.State.Name` and `$states.context.State.Name` hold the name as text; so does whatever is compared with them. */
function mentionsOf(value: Json, old: string, name: string, at: Steps): readonly TemplateEdit[] {
  if (typeof value === "string") {
    if (!/\.State\.Name\b/.test(value)) return [];
    const renamed = value.replaceAll(`'${old}'`, `'${name}'`).replaceAll(`"${old}"`, `"${name}"`);
    return renamed === value ? [] : [{ type: "set", path: at, value: renamed }];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => mentionsOf(item, old, name, [...at, index]));
  if (!isJsonObject(value)) return [];
  const isComparison = value["Variable"] === "$$.State.Name" && value["StringEquals"] === old;
  return [
    ...(isComparison ? [{ type: "set", path: [...at, "StringEquals"], value: name } as const] : []),
    ...Object.entries(value).flatMap(([key, item]) => mentionsOf(item, old, name, [...at, key])),
  ];
}
