/** What AWS allows in the names that a template gives: by resource type and property. */
export interface NameLimit {
  readonly min: number;
  readonly max: number;
  readonly pattern: RegExp;
  /** `letters, digits, - and _` */
  readonly allowed: string;
}

function name(min: number, max: number, pattern: RegExp, allowed: string): NameLimit {
  return { min, max, pattern, allowed };
}

const dashes = "letters, digits, - and _";
const table = name(3, 255, /^[\w.-]+$/, "letters, digits, -, _ and .");
const stateMachine = name(1, 80, /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]+$/, 'no spaces and none of < > { } [ ] ? * " # % \\ ^ | ~ ` $ & , ; : /');
const stage = name(1, 128, /^([\w-]+|\$default)$/, dashes);

// Each from the page of the operation that creates it, in AWS's API references, as of 2026-11-01.
export const nameLimits: Readonly<Record<string, NameLimit>> = {
  "AWS::ApiGateway::Stage.StageName": stage,
  "AWS::Serverless::Api.StageName": stage,
  "AWS::ApiGatewayV2::Stage.StageName": stage,
  "AWS::Serverless::HttpApi.StageName": stage,
  "AWS::DynamoDB::Table.TableName": table,
  "AWS::Serverless::SimpleTable.TableName": table,
  "AWS::Events::EventBus.Name": name(1, 256, /^[\w./-]+$/, "letters, digits, ., /, - and _"),
  "AWS::Events::Rule.Name": name(1, 64, /^[\w.-]+$/, "letters, digits, ., - and _"),
  "AWS::IAM::ManagedPolicy.ManagedPolicyName": name(1, 128, /^[\w+=,.@-]+$/, "letters, digits and _+=,.@-"),
  "AWS::IAM::Role.RoleName": name(1, 64, /^[\w+=,.@-]+$/, "letters, digits and _+=,.@-"),
  "AWS::Kinesis::Stream.Name": name(1, 128, /^[\w.-]+$/, "letters, digits, ., - and _"),
  "AWS::Lambda::Function.FunctionName": name(1, 64, /^[\w-]+$/, dashes),
  "AWS::Serverless::Function.FunctionName": name(1, 64, /^[\w-]+$/, dashes),
  "AWS::Lambda::LayerVersion.LayerName": name(1, 140, /^([\w-]+|arn:.*)$/, dashes),
  "AWS::Serverless::LayerVersion.LayerName": name(1, 140, /^([\w-]+|arn:.*)$/, dashes),
  "AWS::Logs::LogGroup.LogGroupName": name(1, 512, /^[\w./#-]+$/, "letters, digits and . - _ / #"),
  "AWS::S3::Bucket.BucketName": name(
    3,
    63,
    /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    "lower-case letters, digits, - and ., beginning and ending with a letter or digit",
  ),
  "AWS::SNS::Topic.TopicName": name(1, 256, /^[\w-]+(\.fifo)?$/, `${dashes}, and .fifo at the end of a FIFO topic's`),
  "AWS::SQS::Queue.QueueName": name(1, 80, /^[\w-]+(\.fifo)?$/, `${dashes}, and .fifo at the end of a FIFO queue's`),
  "AWS::Scheduler::Schedule.Name": name(1, 64, /^[\w.-]+$/, "letters, digits, ., - and _"),
  "AWS::StepFunctions::StateMachine.StateMachineName": stateMachine,
  "AWS::Serverless::StateMachine.Name": stateMachine,
};
