import { expect, test } from "vitest";
import type { SpanSummary } from "../../src/model/trace.ts";
import { traceMembers } from "../../src/renderer/timeline/traceMembers.ts";

function span(traceId: string, spanId: string, parentId: string | null, linkedTo: readonly string[] = []): SpanSummary {
  return {
    traceId,
    spanId,
    parentId,
    links: linkedTo.map((linked) => ({ traceId: linked, spanId: "sent" })),
    kind: "invocation",
    service: "lambda",
    operation: "Invoke",
    actor: { type: "runtime" },
    target: null,
    startedAt: 0,
    endedAt: null,
    outcome: "running",
    error: null,
    status: null,
    effectCount: 0,
    logCount: 0,
  };
}

test("a batch that serves the open trace brings its children, as they come", () => {
  const isMember = traceMembers("opened");
  const feed = [
    span("opened", "send", null),
    span("other", "batch", null, ["third", "opened"]),
    span("other", "put", "batch"),
    span("other", "stream", "put"),
    span("other", "elsewhere", null),
    span("stranger", "request", "send-of-another"),
  ];
  expect(feed.filter(isMember).map(({ spanId }) => spanId)).toEqual(["send", "batch", "put", "stream"]);
  expect(isMember({ ...span("other", "put", "batch"), endedAt: 5 })).toBe(true);
});
