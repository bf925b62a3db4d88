// How AWS names and words the errors of services behind a Task: the optimised integrations as the SDK for Java 1 does, the others as 2.
import type { AwsError } from "../../../kernel/awsError.ts";
import { ExecutionFailure } from "../run/failure.ts";
import type { TaskWork } from "../run/task.ts";

interface ErrorNames {
  /** `SQS` of `SQS.AmazonSQSException`. */
  readonly prefix: string;
  /** `Service:` in the cause. */
  readonly service: string;
  /** The class of errors that have none of their own. */
  readonly base: string;
  /** Codes that have no class. */
  readonly unnamed: readonly string[];
}

const optimisedNames: Readonly<Record<string, ErrorNames>> = {
  dynamodb: {
    prefix: "DynamoDB",
    service: "AmazonDynamoDBv2",
    base: "AmazonDynamoDBException",
    unnamed: ["ValidationException", "SerializationException"],
  },
  sqs: {
    prefix: "SQS",
    service: "AmazonSQS",
    base: "AmazonSQSException",
    unnamed: ["MissingParameter", "InvalidParameterValue", "InvalidAddress", "AccessDenied"],
  },
  sns: { prefix: "SNS", service: "AmazonSNS", base: "AmazonSNSException", unnamed: ["ValidationException"] },
  states: { prefix: "StepFunctions", service: "AWSStepFunctions", base: "AWSStepFunctionsException", unnamed: ["ValidationException"] },
  events: { prefix: "EventBridge", service: "AmazonEventBridge", base: "AmazonEventBridgeException", unnamed: ["ValidationException"] },
  lambda: { prefix: "Lambda", service: "AWSLambda", base: "AWSLambdaException", unnamed: ["ValidationException"] },
};

export function optimisedFailure(work: TaskWork, service: string, error: AwsError): ExecutionFailure {
  const names = optimisedNames[service] ?? { prefix: service, service, base: `${service}Exception`, unnamed: [] };
  const className = names.unnamed.includes(error.code) ? names.base : withSuffix(error.code);
  return new ExecutionFailure(
    `${names.prefix}.${className}`,
    `${error.message} (Service: ${names.service}; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${work.visit.run.sources.uuid()}; Proxy: null)`,
  );
}

/** As the SDK's integrations write the services. */
const sdkNames: Readonly<Record<string, string>> = {
  apigateway: "ApiGateway",
  apigatewayv2: "ApiGatewayV2",
  cloudformation: "CloudFormation",
  cloudfront: "CloudFront",
  cloudwatchlogs: "CloudWatchLogs",
  dynamodb: "DynamoDb",
  eventbridge: "EventBridge",
  iam: "Iam",
  kinesis: "Kinesis",
  lambda: "Lambda",
  s3: "S3",
  secretsmanager: "SecretsManager",
  sfn: "Sfn",
  sns: "Sns",
  sqs: "Sqs",
  ssm: "Ssm",
  sts: "Sts",
};

/** Codes without a class of their own in the SDK are errors of the service as a whole. */
const unnamedCodes: ReadonlySet<string> = new Set(["ValidationException", "MissingParameter", "InvalidParameterValue"]);

export function sdkFailure(work: TaskWork, service: string, error: AwsError): ExecutionFailure {
  const name = sdkNames[service] ?? service;
  const className = unnamedCodes.has(error.code) ? `${name}Exception` : withSuffix(error.code);
  const ids = `Request ID: ${work.visit.run.sources.uuid()}${service === "s3" ? `, Extended Request ID: ${work.visit.run.sources.uuid()}` : ""}`;
  return new ExecutionFailure(
    `${name}.${className}`,
    `${error.message} (Service: ${name}, Status Code: ${error.status}, ${ids}) (SDK Attempt Count: 1)`,
  );
}

function withSuffix(code: string): string {
  const short = code.slice(code.lastIndexOf(".") + 1);
  return short.endsWith("Exception") ? short : `${short}Exception`;
}
