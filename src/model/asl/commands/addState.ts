// Adds a state between the ends of a way, as the first of an empty flow, or standing alone.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { TemplateEdit } from "../../template/document.ts";
import type { WorkflowCommand } from "./command.ts";
import { checkName, flowAt, freeStateName, goesOn, listOf, namesIn, pathOf, statesOf, targetOf } from "./flow.ts";
import { pointTo } from "./transitions.ts";

export function addState(definition: JsonObject, command: WorkflowCommand & { type: "addState" }): readonly TemplateEdit[] {
  const { flow: at, name, into } = command;
  checkName(definition, name);
  const flow = flowAt(definition, at);
  const states = statesOf(flow);
  const isFirst = Object.keys(states).length === 0;
  const to = into === undefined ? null : targetOf(flow, into);
  const known = new Set(Object.keys(states));
  const end = freeStateName("Done", new Set([...namesIn(definition), name]));
  const needsEnd =
    to === null && command.state["Type"] === "Choice" && !listOf(command.state, "Choices").every((rule) => leadsTo(rule, known));
  const state = connected(command.state, needsEnd ? end : to, known);
  const after = into !== undefined && into.kind !== "start" ? into.from : undefined;
  const add = (key: string, value: JsonObject, behind: string | undefined): TemplateEdit => ({
    type: "set",
    path: [...at, "States", key],
    value,
    ...(behind === undefined ? {} : { after: behind }),
  });
  return [
    ...(into === undefined
      ? isFirst
        ? [{ type: "set", path: [...at, ...pathOf({ kind: "start" })], value: name } as const]
        : []
      : pointTo(flow, at, into, name)),
    ...(isFirst && (needsEnd || !isJsonObject(flow["States"]))
      ? [{ type: "set", path: [...at, "States"], value: { [name]: state, ...(needsEnd ? { [end]: { Type: "Succeed" } } : {}) } } as const]
      : [add(name, state, after), ...(needsEnd ? [add(end, { Type: "Succeed" }, name)] : [])]),
  ];
}

/** The state with its ways leading to `to`, or to the end, except those that lead to states of the flow already. */
function connected(state: JsonObject, to: string | null, known: ReadonlySet<string>): JsonObject {
  const { Next: next, End: _end, Default: otherwise, Catch: caught, Choices: rules, ...rest } = state;
  const kept: JsonObject = { ...rest };
  if (Array.isArray(rules)) {
    kept["Choices"] = rules.map((rule): Json =>
      leadsTo(rule, known) || !isJsonObject(rule) || to === null ? rule : { ...rule, Next: to },
    );
  }
  if (Array.isArray(caught)) {
    const catchers = caught.filter((catcher) => leadsTo(catcher, known));
    if (catchers.length > 0) kept["Catch"] = catchers;
  }
  if (state["Type"] === "Choice") {
    const target = typeof otherwise === "string" && known.has(otherwise) ? otherwise : to;
    if (target !== null) kept["Default"] = target;
  } else if (goesOn(state)) {
    if (to !== null) kept["Next"] = to;
    else if (typeof next === "string" && known.has(next)) kept["Next"] = next;
    else kept["End"] = true;
  }
  return kept;
}

function leadsTo(rule: Json, known: ReadonlySet<string>): boolean {
  const next = isJsonObject(rule) ? rule["Next"] : undefined;
  return typeof next === "string" && known.has(next);
}
