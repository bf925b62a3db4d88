import { limitTable } from "./limit.ts";

const quotas = { url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html", checkedOn: "2026-11-01" };
const createFunction = { url: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html", checkedOn: "2026-10-01" };
const mapping = { url: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html", checkedOn: "2026-10-01" };
const invokeConfig = {
  url: "https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html",
  checkedOn: "2026-10-01",
};
const recursion = { url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html", checkedOn: "2026-09-01" };
const scaling = { url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html", checkedOn: "2026-11-01" };
const pollers = { url: "https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html", checkedOn: "2026-10-01" };
const visibility = { url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html", checkedOn: "2026-11-01" };

export const lambdaLimits = limitTable("lambda", {
  memoryMegabytesMin: [128, "MB", "hard", createFunction],
  memoryMegabytesMax: [10_240, "MB", "hard", quotas],
  memoryMegabytesDefault: [128, "MB", "hard", createFunction],
  /** Memory at which a function has one full vCPU. */
  memoryMegabytesPerVcpu: [1_769, "MB", "hard", quotas],
  timeoutSecondsMin: [1, "s", "hard", createFunction],
  timeoutSecondsMax: [900, "s", "hard", quotas],
  timeoutSecondsDefault: [3, "s", "hard", createFunction],
  ephemeralStorageMegabytesMin: [512, "MB", "hard", quotas],
  ephemeralStorageMegabytesMax: [10_240, "MB", "hard", quotas],
  environmentVariablesBytes: [4_096, "bytes", "hard", quotas],
  syncPayloadBytes: [6_291_456, "bytes", "hard", quotas],
  asyncPayloadBytes: [1_048_576, "bytes", "hard", quotas],
  streamedResponseBytes: [209_715_200, "bytes", "soft", quotas],
  clientContextBytes: [3_583, "bytes", "hard", quotas],
  layers: [5, "layers", "hard", quotas],
  zippedPackageBytes: [52_428_800, "bytes", "hard", quotas],
  unzippedPackageBytes: [262_144_000, "bytes", "hard", quotas],
  concurrentExecutions: [1_000, "executions", "soft", quotas],
  initSeconds: [10, "s", "hard", quotas],
  functionNameCharacters: [64, "characters", "hard", createFunction],
  descriptionCharacters: [256, "characters", "hard", createFunction],
  handlerCharacters: [128, "characters", "hard", createFunction],
  /** So often a function comes back to itself in one chain before it is stopped. */
  recursiveInvocations: [16, "invocations", "hard", recursion],
  asyncRetryAttemptsMax: [2, "attempts", "hard", invokeConfig],
  asyncEventAgeSecondsMin: [60, "s", "hard", invokeConfig],
  asyncEventAgeSecondsMax: [21_600, "s", "hard", invokeConfig],
  sqsBatchSizeDefault: [10, "messages", "hard", mapping],
  sqsBatchSizeMax: [10_000, "messages", "hard", mapping],
  sqsFifoBatchSizeMax: [10, "messages", "hard", mapping],
  /** From here on a batching window of at least one second is required. */
  sqsBatchSizeWithoutWindowMax: [10, "messages", "hard", mapping],
  streamBatchSizeDefault: [100, "records", "hard", mapping],
  streamBatchSizeMax: [10_000, "records", "hard", mapping],
  batchingWindowSecondsMax: [300, "s", "hard", mapping],
  sqsMaximumConcurrencyMin: [2, "executions", "hard", mapping],
  sqsMaximumConcurrencyMax: [1_000, "executions", "hard", mapping],
  /** Batches of one queue at the function at once: at first, how many more each minute, and at most. */
  sqsConcurrencyAtFirst: [5, "executions", "hard", scaling],
  sqsConcurrencyPerMinute: [300, "executions", "hard", scaling],
  sqsConcurrencyMax: [1_250, "executions", "hard", scaling],
  provisionedPollersMin: [2, "pollers", "hard", pollers],
  provisionedPollersMax: [10_000, "pollers", "hard", pollers],
  provisionedPollersMaximumDefault: [200, "pollers", "hard", pollers],
  parallelizationFactorMax: [10, "batches", "hard", mapping],
  tumblingWindowSecondsMax: [900, "s", "hard", mapping],
  /** AWS's advice: a queue's visibility timeout is at least this many function timeouts. */
  recommendedVisibilityPerTimeout: [6, "times", "soft", visibility],
});
