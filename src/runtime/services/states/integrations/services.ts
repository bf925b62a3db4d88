// Tables of the integrations that are run locally.
import { isArrayValue, isObjectValue, writeValue, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import { ExecutionFailure } from "../run/failure.ts";
import type { TaskWork } from "../run/task.ts";

export interface OptimisedIntegration {
  /** Service id of the runtime. */
  readonly service: string;
  readonly operation: string;
  /** Text members that take JSON. */
  readonly jsonMembers?: readonly string[];
  prepare?(input: ObjectValue, work: TaskWork): ObjectValue;
  /** Answers that are failures all the same. */
  check?(output: Value): void;
}

/** By service and operation as a Task's Resource writes them. */
export const optimised: Readonly<Record<string, OptimisedIntegration>> = {
  "dynamodb:getItem": { service: "dynamodb", operation: "GetItem" },
  "dynamodb:putItem": { service: "dynamodb", operation: "PutItem" },
  "dynamodb:updateItem": { service: "dynamodb", operation: "UpdateItem" },
  "dynamodb:deleteItem": { service: "dynamodb", operation: "DeleteItem" },
  "sqs:sendMessage": { service: "sqs", operation: "SendMessage", jsonMembers: ["MessageBody"] },
  "sns:publish": { service: "sns", operation: "Publish", jsonMembers: ["Message"] },
  "events:putEvents": { service: "events", operation: "PutEvents", prepare: withDetails, check: noFailedEntries },
  "states:startExecution": { service: "states", operation: "StartExecution", jsonMembers: ["Input"] },
};

export interface SdkService {
  readonly id: string;
  readonly jsonMembers?: readonly string[];
}

/** Names of the SDK's integrations: the runtime's services. */
export const sdkServices: Readonly<Record<string, SdkService>> = {
  apigateway: { id: "apigateway" },
  apigatewayv2: { id: "apigateway" },
  cloudformation: { id: "cloudformation" },
  cloudfront: { id: "cloudfront" },
  cloudwatchlogs: { id: "logs" },
  dynamodb: { id: "dynamodb" },
  eventbridge: { id: "events" },
  iam: { id: "iam" },
  kinesis: { id: "kinesis", jsonMembers: ["Data"] },
  lambda: { id: "lambda", jsonMembers: ["Payload"] },
  s3: { id: "s3", jsonMembers: ["Body"] },
  secretsmanager: { id: "secretsmanager" },
  sfn: { id: "states", jsonMembers: ["Input", "Output", "Definition"] },
  sns: { id: "sns" },
  sqs: { id: "sqs" },
  ssm: { id: "ssm" },
  sts: { id: "sts" },
};

/** Step Functions names itself in each event, and takes Detail as JSON. */
function withDetails(input: ObjectValue, work: TaskWork): ObjectValue {
  const { record } = work.visit.run;
  const entries = isArrayValue(input["Entries"]) ? input["Entries"] : [];
  return {
    ...input,
    Entries: entries.map((entry): Value => {
      if (!isObjectValue(entry)) return entry;
      const detail = entry["Detail"];
      const resources = isArrayValue(entry["Resources"]) ? entry["Resources"] : [];
      return {
        ...entry,
        ...(detail !== undefined && typeof detail !== "string" && { Detail: writeValue(detail) }),
        Resources: [...resources, record.arn, record.machineArn],
      };
    }),
  };
}

function noFailedEntries(output: Value): void {
  if (isObjectValue(output) && typeof output["FailedEntryCount"] === "number" && output["FailedEntryCount"] > 0)
    throw new ExecutionFailure("EventBridge.FailedEntry", writeValue(output));
}
