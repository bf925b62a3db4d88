// A definition as a picture's parts: states with what they hold, and the ways between them. Pure; laid out in workflowLayout.ts.
import type { Flow, State, StateType } from "../../model/asl/definition.ts";
import { valueAt } from "../../model/asl/commands/flow.ts";
import { definitionOf } from "../../model/asl/parse.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Steps, Way as WrittenWay } from "../../model/asl/commands/command.ts";
import { conditionWords, secondsWords, stateWords } from "./workflowWords.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

export interface WorkflowState {
  /** Unique: its location, as diagnostics name it. */
  readonly id: string;
  readonly name: string;
  readonly type: StateType;
  readonly words: string;
  /** `retries 3×`; null: it does not retry. */
  readonly retry: string | null;
  /** Below the definition. */
  readonly steps: Steps;
  readonly written: JsonObject;
  /** Branches of a Parallel, the processor of a Map. */
  readonly lanes: readonly WorkflowFlow[];
}

export interface WorkflowFlow {
  readonly id: string;
  /** Below the definition. */
  readonly steps: Steps;
  readonly title: string;
  /** Name of the state that it starts at. */
  readonly startAt: string;
  readonly states: readonly WorkflowState[];
  readonly ways: readonly Way[];
  /** Start and end marks stand in the outermost flow only. */
  readonly isOutermost: boolean;
}

export interface Way {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: "next" | "choice" | "default" | "catch";
  readonly label: string;
  /** The places that name where it leads: several rules may lead to the same state. */
  readonly written: readonly WrittenWay[];
}

export function startMark(flow: string): string {
  return `${flow}#start`;
}

export function endMark(flow: string): string {
  return `${flow}#end`;
}

/** A definition that was read is not changed: what was made of it holds, with its words in one language. */
const graphs = perLanguage(() => new WeakMap<JsonObject, WorkflowFlow>());

export function workflowGraph(definition: JsonObject): WorkflowFlow {
  const known = graphs().get(definition) ?? flowOf(definitionOf(definition), definition, [], "", true);
  graphs().set(definition, known);
  return known;
}

/** The flow itself and those inside its states. */
export function allFlows(flow: WorkflowFlow): readonly WorkflowFlow[] {
  return [flow, ...flow.states.flatMap((state) => state.lanes.flatMap(allFlows))];
}

/** Every state, outer ones before those they hold. */
export function allStates(flow: WorkflowFlow): readonly WorkflowState[] {
  return flow.states.flatMap((state) => [state, ...state.lanes.flatMap(allStates)]);
}

function flowOf(flow: Flow, json: JsonObject, steps: Steps, title: string, isOutermost: boolean): WorkflowFlow {
  const states = [...flow.states.values()];
  const names = new Map(states.map((state) => [state.name, state.location]));
  const start = names.get(flow.startAt);
  const ways = new Map<string, Way>();
  const go: Go = (from, to, kind, written, label = "") => {
    if (to === undefined) return;
    const id = `${from}>${to}:${kind}`;
    const before = ways.get(id);
    ways.set(
      id,
      before === undefined
        ? { id, from, to, kind, label, written: [written] }
        : { ...before, label: t("{{label}} or {{label2}}", { label: before.label, label2: label }), written: [...before.written, written] },
    );
  };
  if (isOutermost) go(startMark(flow.location), start, "next", { kind: "start" });
  const end = isOutermost ? endMark(flow.location) : undefined;
  for (const state of states) waysOf(state, names, end, go);
  return {
    id: flow.location,
    steps,
    title,
    startAt: flow.startAt,
    isOutermost,
    // the first state first: the layout begins with it
    states: states
      .toSorted((a, b) => Number(b.location === start) - Number(a.location === start))
      .map((state) => stateOf(state, [...steps, "States", state.name], json)),
    ways: [...ways.values()],
  };
}

type Go = (from: string, to: string | undefined, kind: Way["kind"], written: WrittenWay, label?: string) => void;

function waysOf(state: State, names: ReadonlyMap<string, string>, end: string | undefined, go: Go): void {
  const { location, name: from } = state;
  switch (state.type) {
    case "Choice":
      for (const [index, rule] of state.choices.entries())
        go(location, names.get(rule.next), "choice", { kind: "choice", from, index }, conditionWords(rule.condition));
      if (state.default !== undefined) go(location, names.get(state.default), "default", { kind: "default", from }, "otherwise");
      return;
    case "Fail":
      return;
    case "Succeed":
      go(location, end, "next", { kind: "next", from });
      return;
    default:
      go(location, state.next === undefined ? end : names.get(state.next), "next", { kind: "next", from });
  }
  if (state.type === "Pass" || state.type === "Wait") return;
  for (const [index, catcher] of state.catch.entries()) {
    const errors = catcher.errorEquals.map((error) => (error === "States.ALL" ? t("any error") : error));
    go(location, names.get(catcher.next), "catch", { kind: "catch", from, index }, errors.join(", "));
  }
}

function stateOf(state: State, steps: Steps, json: JsonObject): WorkflowState {
  const value = valueAt(json, ["States", state.name]);
  const written = isJsonObject(value) ? value : {};
  return {
    id: state.location,
    name: state.name,
    type: state.type,
    words: stateWords(state, written),
    retry: retryWords(state),
    steps,
    written,
    lanes: lanesOf(state, steps, written),
  };
}

function lanesOf(state: State, steps: Steps, written: JsonObject): readonly WorkflowFlow[] {
  const lane = (flow: Flow, below: Steps, title: string): WorkflowFlow => {
    const value = valueAt(written, below);
    return flowOf(flow, isJsonObject(value) ? value : {}, [...steps, ...below], title, false);
  };
  if (state.type === "Parallel")
    return state.branches.map((branch, index) => lane(branch, ["Branches", index], t("Branch {{index}}", { index: index + 1 })));
  if (state.type === "Map") return [lane(state.processor, [state.processor.isIterator ? "Iterator" : "ItemProcessor"], t("For each item"))];
  return [];
}

function retryWords(state: State): string | null {
  if (state.type !== "Task" && state.type !== "Parallel" && state.type !== "Map") return null;
  const [first] = state.retry;
  if (first === undefined) return null;
  const attempts = state.retry.reduce((sum, retrier) => sum + retrier.maxAttempts, 0);
  return t("retries {{attempts}}×, first after {{intervalSeconds}}", { attempts, intervalSeconds: secondsWords(first.intervalSeconds) });
}
