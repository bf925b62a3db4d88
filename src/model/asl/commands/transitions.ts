// The edits that make a way lead elsewhere.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TemplateEdit } from "../../template/document.ts";
import { CommandError } from "../../design/commandError.ts";
import type { Steps, Way, WorkflowCommand } from "./command.ts";
import { flowAt, goesOn, listOf, pathOf, stateAt, statesOf, valueAt } from "./flow.ts";
import { words, type Words } from "../../words.ts";

export function setTransition(definition: JsonObject, command: WorkflowCommand & { type: "setTransition" }): readonly TemplateEdit[] {
  const { flow: at, way, to } = command;
  const flow = flowAt(definition, at);
  if (to !== null && !isJsonObject(statesOf(flow)[to])) throw new CommandError(words("No state of this flow is named {{to}}.", { to }));
  if (way.kind === "start") {
    if (to === null) throw new CommandError(words("A flow has to start somewhere. Choose the state that it starts at."));
    return pointTo(flow, at, way, to);
  }
  const state = stateAt(flow, ["States", way.from]);
  if (to !== null) return pointTo(flow, at, way, to, command.fields);
  switch (way.kind) {
    case "next":
      return endThere(state, [...at, "States", way.from]);
    case "default":
      return [{ type: "remove", path: [...at, ...pathOf(way)] }];
    case "choice":
      if (listOf(state, "Choices").length === 1)
        throw new CommandError(words("{{from}} has one rule, and a Choice needs at least one.", { from: way.from }));
      return [{ type: "remove", path: [...at, "States", way.from, "Choices", way.index] }];
    case "catch":
      return removeItem(state, [...at, "States", way.from], "Catch", way.index);
  }
}

/** Makes the way lead to a state; what it is written as is made where it is not there yet. */
export function pointTo(flow: JsonObject, at: Steps, way: Way, to: string, fields?: JsonObject): readonly TemplateEdit[] {
  const path = [...at, ...pathOf(way)];
  switch (way.kind) {
    case "start":
      return [{ type: "set", path, value: to }];
    case "next":
      return goTo(stateAt(flow, ["States", way.from]), [...at, "States", way.from], to);
    case "default":
      requireType(stateAt(flow, ["States", way.from]), way.from, ["Choice"], words("a default"));
      return [{ type: "set", path, value: to }];
    case "choice":
    case "catch": {
      const state = stateAt(flow, ["States", way.from]);
      const isChoice = way.kind === "choice";
      requireType(state, way.from, isChoice ? ["Choice"] : ["Task", "Parallel", "Map"], isChoice ? words("rules") : words("catchers"));
      const list = listOf(state, isChoice ? "Choices" : "Catch");
      if (way.index < list.length) return [{ type: "set", path, value: to }];
      const fresh: JsonObject = isChoice ? (fields ?? emptyRule(list)) : (fields ?? { ErrorEquals: ["States.ALL"] });
      return isChoice
        ? [{ type: "append", path: path.slice(0, -2), value: { ...fresh, Next: to } }]
        : addCatcher(path.slice(0, -2), list, { ...fresh, Next: to });
    }
  }
}

/** `States.ALL` stands last and alone: what is more particular goes before it. */
function addCatcher(path: Steps, catchers: readonly Json[], catcher: JsonObject): readonly TemplateEdit[] {
  const last = catchers.at(-1);
  const errors = isJsonObject(last) ? last["ErrorEquals"] : undefined;
  if (!Array.isArray(errors) || !errors.includes("States.ALL")) return [{ type: "append", path, value: catcher }];
  const named = catcher["ErrorEquals"];
  const isSecondForAll = Array.isArray(named) && named.includes("States.ALL");
  const before = isSecondForAll ? { ...catcher, ErrorEquals: ["States.TaskFailed"] } : catcher;
  return [{ type: "set", path, value: [...catchers.slice(0, -1), before, ...catchers.slice(-1)] }];
}

function emptyRule(rules: readonly Json[]): JsonObject {
  const isJsonata = rules.some((rule) => isJsonObject(rule) && typeof rule["Condition"] === "string");
  return isJsonata ? { Condition: "{% $exists($states.input.value) %}" } : { Variable: "$.value", IsPresent: true };
}

function requireType(state: JsonObject, name: string, types: readonly string[], what: Words): void {
  if (types.includes(String(state["Type"]))) return;
  throw new CommandError(
    words("{{name}} is a {{type}} state; only {{types}} states have {{what}}.", {
      name,
      type: String(state["Type"]),
      types: types.join(", "),
      what,
    }),
  );
}

/** `End` becomes `Next` where it stands. */
export function goTo(state: JsonObject, path: Steps, to: string): readonly TemplateEdit[] {
  if (!goesOn(state))
    throw new CommandError(
      words("{{name}} is a {{type}} state: it leads nowhere by Next.", { name: String(path.at(-1)), type: String(state["Type"]) }),
    );
  if (Object.hasOwn(state, "Next"))
    return [
      { type: "set", path: [...path, "Next"], value: to },
      ...(Object.hasOwn(state, "End") ? [{ type: "remove", path: [...path, "End"] } as const] : []),
    ];
  return [
    ...(Object.hasOwn(state, "End") ? [{ type: "renameKey", path: [...path, "End"], key: "Next" } as const] : []),
    { type: "set", path: [...path, "Next"], value: to },
  ];
}

/** `Next` becomes `End` where it stands. */
export function endThere(state: JsonObject, path: Steps): readonly TemplateEdit[] {
  if (!goesOn(state)) return [];
  if (Object.hasOwn(state, "End"))
    return [
      { type: "set", path: [...path, "End"], value: true },
      ...(Object.hasOwn(state, "Next") ? [{ type: "remove", path: [...path, "Next"] } as const] : []),
    ];
  return [
    ...(Object.hasOwn(state, "Next") ? [{ type: "renameKey", path: [...path, "Next"], key: "End" } as const] : []),
    { type: "set", path: [...path, "End"], value: true },
  ];
}

/** With its list when it was the only one. */
export function removeItem(state: JsonObject, path: Steps, field: string, index: number): readonly TemplateEdit[] {
  if (valueAt(state, [field, index]) === undefined) return [];
  return [{ type: "remove", path: listOf(state, field).length === 1 ? [...path, field] : [...path, field, index] }];
}
