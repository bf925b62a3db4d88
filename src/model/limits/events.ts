import { limitTable } from "./limit.ts";

const quotas = { url: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html", checkedOn: "2026-11-01" };
const putEvents = {
  url: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html",
  checkedOn: "2026-11-01",
};
const retryPolicy = {
  url: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html",
  checkedOn: "2026-11-01",
};

export const eventsLimits = limitTable("events", {
  targetsPerRule: [5, "targets", "hard", quotas],
  rulesPerBus: [300, "rules", "soft", quotas],
  entriesPerRequest: [10, "entries", "hard", putEvents],
  requestBytes: [1_048_576, "bytes", "hard", quotas],
  patternCharacters: [4_096, "characters", "hard", quotas],
  retryAttemptsMax: [185, "attempts", "hard", retryPolicy],
  eventAgeSecondsMin: [60, "s", "hard", retryPolicy],
  eventAgeSecondsMax: [86_400, "s", "hard", retryPolicy],
});
