// Designs of any size for the Studio, and hops in them as the runtime would tell them.
import type { SpanSummary } from "../../src/model/trace.ts";
import type { StudioSession } from "../../src/main/session.ts";

const batchMilliseconds = 50;

/** Queue → function → table, until there are as many resources as asked for. */
export function studioDesign(size: number): string {
  const resources = Array.from({ length: size }, (_, position) => {
    const index = Math.floor(position / 3);
    switch (position % 3) {
      case 0:
        return `  Queue${index}:\n    Type: AWS::SQS::Queue`;
      case 1:
        return `  Table${index}:\n    Type: AWS::Serverless::SimpleTable`;
      default:
        return `  Work${index}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: nodejs22.x\n      Handler: work.handler\n      InlineCode: "exports.handler = async () => {}"\n      Events:\n        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Queue${index}.Arn } }\n      Policies: [{ DynamoDBCrudPolicy: { TableName: !Ref Table${index} } }]`;
    }
  });
  return `Transform: AWS::Serverless-2016-10-31\nResources:${size === 0 ? " {}" : `\n${resources.join("\n")}`}\n`;
}

/** Hops from queues to functions, each told twice (begun, ended), in the batches in which the runtime tells them. */
export function sendHops(session: StudioSession, size: number, updatesPerSecond: number): () => void {
  let sequence = 0;
  const timer = setInterval(() => {
    const started: SpanSummary[] = [];
    for (let index = 0; index < (updatesPerSecond * batchMilliseconds) / 1_000 / 2; index++) {
      const pair = sequence++ % Math.max(1, Math.floor(size / 3));
      const resource = (service: string, type: string, id: string) => ({ service, type, name: id, region: "us-east-1", logicalId: id });
      started.push({
        traceId: `1-00000000-${String(sequence).padStart(24, "0")}`,
        spanId: String(sequence).padStart(16, "0"),
        parentId: null,
        links: [],
        kind: "invocation",
        service: "lambda",
        operation: "Invoke",
        actor: { type: "resource", resource: resource("sqs", "AWS::SQS::Queue", `Queue${pair}`) },
        target: resource("lambda", "AWS::Lambda::Function", `Work${pair}`),
        startedAt: Date.now(),
        endedAt: null,
        outcome: "running",
        error: null,
        status: null,
        effectCount: 0,
        logCount: 0,
      });
    }
    session.emit("spans", {
      started,
      ended: started.map((span) => ({ ...span, endedAt: span.startedAt + 3, outcome: "ok" as const })),
      logs: [],
    });
  }, batchMilliseconds);
  return () => clearInterval(timer);
}
