// What a Task may call: functions and state machines of the design, operations of the services that run here.
import { useEffect, useState } from "react";
import { integrationOf } from "../../../model/asl/validate/integrations.ts";
import type { IntegrationPattern } from "../../../model/asl/resource.ts";
import type { Json } from "../../../model/json.ts";
import { call } from "../../app/api.ts";
import { isServing, useRun } from "../../app/stores/run.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

export interface TaskTarget {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** Heading in the list of targets. */
  readonly group: string;
  readonly resource: string;
  /** Members that the call cannot do without. */
  readonly input: Readonly<Record<string, Json>>;
}

type Operations = Readonly<Record<string, readonly string[]>>;

/** Operations of the services that run; empty until they do. */
export function useOperations(): Operations {
  const isRunning = useRun(({ run }) => isServing(run));
  const [operations, setOperations] = useState<Operations>({});
  useEffect(() => {
    if (!isRunning) return;
    // without them the optimised ones can still be chosen
    void call("workflow.operations", {}).then(setOperations, () => undefined);
  }, [isRunning]);
  return operations;
}

const optimised = [
  ["lambda", "invoke", "lambda"],
  ["dynamodb", "getItem", "dynamodb"],
  ["dynamodb", "putItem", "dynamodb"],
  ["dynamodb", "updateItem", "dynamodb"],
  ["dynamodb", "deleteItem", "dynamodb"],
  ["sqs", "sendMessage", "sqs"],
  ["sns", "publish", "sns"],
  ["events", "putEvents", "events"],
  ["states", "startExecution", "states"],
] as const;

/** Where the SDK names a service otherwise than the runtime. */
const sdkNames: Readonly<Record<string, string>> = { states: "sfn", events: "eventbridge", logs: "cloudwatchlogs" };

export function taskTargets(operations: Operations): readonly TaskTarget[] {
  const isKnown = Object.keys(operations).length > 0;
  return [
    ...optimised.flatMap(([service, operation, id]): TaskTarget[] => {
      const runs = operations[id]?.includes(upperFirst(operation)) ?? false;
      const required = integrationOf(service, operation)?.input?.required ?? [];
      return [
        {
          id: `${service}:${operation}`,
          title: `${service}:${operation}`,
          detail: isKnown && !runs ? t("not run locally") : "",
          group: t("Optimised"),
          resource: `arn:aws:states:::${service}:${operation}`,
          input: Object.fromEntries(required.map((name) => [name, exampleOf(name)])),
        },
      ];
    }),
    ...Object.entries(operations).flatMap(([id, names]) =>
      names.map((name): TaskTarget => {
        const sdk = `aws-sdk:${sdkNames[id] ?? id}:${name.charAt(0).toLowerCase()}${name.slice(1)}`;
        return { id: sdk, title: sdk, detail: "", group: "AWS SDK", resource: `arn:aws:states:::${sdk}`, input: {} };
      }),
    ),
  ];
}

function exampleOf(name: string): Json {
  return /^(?:Key|Item|Entries)$/.test(name) ? (name === "Entries" ? [] : {}) : "";
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const suffixes: Readonly<Record<IntegrationPattern, string>> = {
  requestResponse: "",
  sync: ".sync",
  sync2: ".sync:2",
  waitForTaskToken: ".waitForTaskToken",
};

const patternWords = perLanguage((): Readonly<Record<IntegrationPattern, string>> => ({
  requestResponse: t("Answers at once"),
  sync: t("Waits for the job"),
  sync2: t("Waits, output as JSON"),
  waitForTaskToken: t("Waits for a token"),
}));

export interface PatternChoice {
  readonly value: IntegrationPattern;
  readonly title: string;
}

export function patternsOf(service: string, operation: string, isSdk: boolean): readonly PatternChoice[] {
  const patterns: readonly IntegrationPattern[] = isSdk
    ? ["requestResponse", "waitForTaskToken"]
    : (integrationOf(service, operation)?.patterns ?? ["requestResponse"]);
  return patterns.map((value) => ({ value, title: patternWords()[value] }));
}

export function withPattern(arn: string, pattern: IntegrationPattern): string {
  return `${arn.replace(/\.(?:sync(?::2)?|waitForTaskToken)$/, "")}${suffixes[pattern]}`;
}

/** Names that an integration's input may have. */
export function inputNames(service: string, operation: string): readonly string[] {
  const input = integrationOf(service, operation)?.input;
  return input === undefined ? [] : [...input.required, ...input.optional];
}
