// What a person has written for the test of each state, and how its last test went: kept while the page lives.
import { create } from "zustand";
import type { Json } from "../../../model/json.ts";

type Mock = "none" | "result" | "error";

export interface TestDraft {
  /** JSON texts; null: not touched, so the prefilled one holds. */
  readonly input: string | null;
  readonly context: string | null;
  readonly variables: string | null;
  /** null: for real, or with a result where that is not possible. */
  readonly mock: Mock | null;
  readonly result: string | null;
  readonly error: string;
  readonly cause: string;
  readonly validation: "STRICT" | "PRESENT" | "NONE";
  /** How often the retrier that takes the failure has tried before. */
  readonly retryCount: number;
  /** Of a Map: how many of its items failed. */
  readonly failedItems: number;
}

/** TestState's answer, or why it was refused. */
export type TestOutcome =
  | {
      readonly type: "answered";
      readonly answer: Json;
      readonly traceId: string;
      readonly variables: Json;
      readonly mockResult: Json | undefined;
    }
  | { readonly type: "refused"; readonly title: string; readonly message: string };

export const untouched: TestDraft = {
  input: null,
  context: null,
  variables: null,
  mock: null,
  result: null,
  error: "States.TaskFailed",
  cause: "",
  validation: "STRICT",
  retryCount: 0,
  failedItems: 0,
};

interface Tests {
  readonly drafts: Readonly<Record<string, TestDraft>>;
  readonly outcomes: Readonly<Record<string, TestOutcome>>;
  readonly testing: string | null;
}

const useTests = create<Tests>(() => ({ drafts: {}, outcomes: {}, testing: null }));

export function testKey(machine: string, state: string): string {
  return `${machine} ${state}`;
}

export function useDraft(key: string): TestDraft {
  return useTests((tests) => tests.drafts[key] ?? untouched);
}

export function draftOf(key: string): TestDraft {
  return useTests.getState().drafts[key] ?? untouched;
}

/** By the state's name, which is unique in its machine. */
export function draftOfState(machine: string, name: string): TestDraft {
  const { drafts } = useTests.getState();
  const key = Object.keys(drafts).find((one) => one.startsWith(`${machine} `) && one.endsWith(`/States/${name}`));
  return (key === undefined ? undefined : drafts[key]) ?? untouched;
}

export function changeDraft(key: string, change: Partial<TestDraft>): void {
  useTests.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: { ...(drafts[key] ?? untouched), ...change } } }));
}

export function useOutcome(key: string): TestOutcome | undefined {
  return useTests((tests) => tests.outcomes[key]);
}

export function useIsTesting(key: string): boolean {
  return useTests((tests) => tests.testing === key);
}

export function beginTest(key: string): void {
  useTests.setState({ testing: key });
}

export function endTest(key: string, outcome: TestOutcome): void {
  useTests.setState(({ outcomes, testing }) => ({ outcomes: { ...outcomes, [key]: outcome }, testing: testing === key ? null : testing }));
}
