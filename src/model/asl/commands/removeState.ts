// Takes a state out of its flow and heals the flow: what led to it leads to where it went.
import { isJsonObject, type JsonObject } from "../../json.ts";
import type { TemplateEdit } from "../../template/document.ts";
import type { Steps } from "./command.ts";
import {
  flowAt,
  followerOf,
  freeStateName,
  listOf,
  namesIn,
  splitState,
  stateAt,
  statesOf,
  transitionsOf,
  type Transition,
} from "./flow.ts";
import { endThere, goTo } from "./transitions.ts";

export function removeState(definition: JsonObject, steps: Steps): readonly TemplateEdit[] {
  const { flow: at, name } = splitState(steps);
  const flow = flowAt(definition, at);
  const follower = followerOf(name, stateAt(definition, steps));
  const entering = transitionsOf(flow).filter(({ way, to }) => to === name && (way.kind === "start" || way.from !== name));
  const bySource = Map.groupBy(entering, ({ way }) => (way.kind === "start" ? null : way.from));
  const healed: TemplateEdit[] = [];
  // a rule has to lead somewhere: where all that a Choice can do is gone, the flow succeeds instead
  const isStranded = follower === null && [...bySource.values()].some((ways) => losesAllRules(flow, ways));
  const end = freeStateName("Done", namesIn(definition));
  for (const [from, ways] of bySource) {
    if (from === null) {
      const first = follower ?? Object.keys(statesOf(flow)).find((each) => each !== name);
      healed.push({ type: "set", path: [...at, "StartAt"], value: first ?? "" });
      continue;
    }
    const state = stateAt(flow, ["States", from]);
    const target = isStranded && losesAllRules(flow, ways) ? end : follower;
    healed.push(...ways.toReversed().flatMap((way) => heal(state, from, at, way, target)));
    const catchers = ways.filter(({ way }) => way.kind === "catch").length;
    if (target === null && catchers > 0 && catchers === listOf(state, "Catch").length)
      healed.push({ type: "remove", path: [...at, "States", from, "Catch"] });
  }
  const success: TemplateEdit = { type: "set", path: [...at, "States", end], value: { Type: "Succeed" }, after: name };
  return [...healed, ...(isStranded ? [success] : []), { type: "remove", path: steps }];
}

function losesAllRules(flow: JsonObject, ways: readonly Transition[]): boolean {
  const [first] = ways;
  if (first === undefined || first.way.kind === "start") return false;
  const rules = listOf(stateAt(flow, ["States", first.way.from]), "Choices").filter(isJsonObject);
  return rules.length > 0 && ways.filter(({ way }) => way.kind === "choice").length === rules.length;
}

function heal(state: JsonObject, from: string, at: Steps, { way, path }: Transition, target: string | null): readonly TemplateEdit[] {
  const own: Steps = [...at, "States", from];
  // a state that only led to itself by what is removed would never end
  if (way.kind === "next") return target === null || target === from ? endThere(state, own) : goTo(state, own, target);
  if (target !== null && (target !== from || way.kind === "choice")) return [{ type: "set", path: [...at, ...path], value: target }];
  return [{ type: "remove", path: way.kind === "default" ? [...at, ...path] : [...at, ...path.slice(0, -1)] }];
}
