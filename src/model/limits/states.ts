import { limitTable } from "./limit.ts";

const quotas = {
  url: "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html",
  checkedOn: "2026-11-21",
};
const variables = {
  url: "https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#variable-limits",
  checkedOn: "2026-11-21",
};
const inlineMap = {
  url: "https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html",
  checkedOn: "2026-11-21",
};
const createStateMachine = {
  url: "https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html",
  checkedOn: "2026-11-21",
};

export const statesLimits = limitTable("states", {
  definitionBytes: [1_048_576, "bytes", "hard", createStateMachine],
  dataBytes: [262_144, "bytes", "hard", quotas],
  historyEvents: [25_000, "events", "hard", quotas],
  expressSeconds: [300, "s", "hard", quotas],
  variableNameCharacters: [80, "characters", "hard", variables],
  stateNameCharacters: [80, "characters", "hard", quotas],
  nameCharacters: [80, "characters", "hard", createStateMachine],
  tags: [50, "tags", "hard", quotas],
  assignBytes: [262_144, "bytes", "hard", variables],
  variablesBytes: [10_485_760, "bytes", "hard", variables],
  inlineMapConcurrency: [40, "iterations", "hard", inlineMap],
  distributedMapConcurrency: [1_000, "executions", "soft", quotas],
});
