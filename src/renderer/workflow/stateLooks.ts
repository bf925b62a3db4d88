// What a state's tile shows: its kind, and of a task what it works on.
import { ArrowRight, CircleCheck, CircleX, Columns2, Hourglass, Repeat, Split, Zap, type LucideIcon } from "lucide-react";
import type { StateType } from "../../model/asl/definition.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Category } from "../../model/service.ts";
import type { WorkflowState } from "./workflowGraph.ts";

export const stateLooks: Record<StateType, { readonly icon: LucideIcon; readonly category: Category }> = {
  Task: { icon: Zap, category: "compute" },
  Choice: { icon: Split, category: "other" },
  Wait: { icon: Hourglass, category: "other" },
  Pass: { icon: ArrowRight, category: "other" },
  Succeed: { icon: CircleCheck, category: "other" },
  Fail: { icon: CircleX, category: "other" },
  Parallel: { icon: Columns2, category: "orchestration" },
  Map: { icon: Repeat, category: "orchestration" },
};

const workedOnBy: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/:lambda:/, "AWS::Serverless::Function"],
  [/:dynamodb:/, "AWS::DynamoDB::Table"],
  [/:sqs:/, "AWS::SQS::Queue"],
  [/:sns:/, "AWS::SNS::Topic"],
  [/:(events|eventbridge):/, "AWS::Events::EventBus"],
  [/:(states:startExecution|sfn:)/, "AWS::Serverless::StateMachine"],
  [/:s3:/, "AWS::S3::Bucket"],
  [/:(http|apigateway):/, "AWS::Serverless::HttpApi"],
];

/** The type of a task's resource; undefined: no task, or it is not known. */
export function workedOn({ type, written }: WorkflowState): string | undefined {
  if (type !== "Task") return undefined;
  const resource = written["Resource"];
  // `${ChargeArn}` and `!GetAtt Charge.Arn` are nearly always functions
  if (isJsonObject(resource) || (typeof resource === "string" && resource.startsWith("${"))) return "AWS::Serverless::Function";
  return workedOnBy.find(([pattern]) => typeof resource === "string" && pattern.test(resource.replace("aws-sdk:", "")))?.[1];
}
