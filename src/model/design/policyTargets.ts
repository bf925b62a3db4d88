// Which resources a policy can be about: what SAM's templates take as their parameters, and how a statement names each.
import type { Json, JsonObject } from "../json.ts";
import { policyTemplateNames, policyTemplateParameters } from "../template/sam/policyTemplates.ts";

interface Target {
  readonly types: readonly string[];
  /** What gives the name; without it, Ref does. */
  readonly attribute?: string;
}

const kinesis: Target = { types: ["AWS::Kinesis::Stream"] };

/** By parameter. */
const targets: Readonly<Record<string, Target>> = {
  AccessPoint: { types: ["AWS::EFS::AccessPoint"] },
  BucketName: { types: ["AWS::S3::Bucket"] },
  CertificateArn: { types: ["AWS::CertificateManager::Certificate"] },
  DeliveryStreamName: { types: ["AWS::KinesisFirehose::DeliveryStream"] },
  EventBusName: { types: ["AWS::Events::EventBus"] },
  FileSystem: { types: ["AWS::EFS::FileSystem"] },
  FunctionName: { types: ["AWS::Serverless::Function", "AWS::Lambda::Function"] },
  HostedZoneId: { types: ["AWS::Route53::HostedZone"] },
  KeyId: { types: ["AWS::KMS::Key"] },
  LogGroupName: { types: ["AWS::Logs::LogGroup"] },
  ParameterName: { types: ["AWS::SSM::Parameter"] },
  PipelineName: { types: ["AWS::CodePipeline::Pipeline"] },
  QueueName: { types: ["AWS::SQS::Queue"], attribute: "QueueName" },
  RepositoryName: { types: ["AWS::CodeCommit::Repository"], attribute: "Name" },
  SecretArn: { types: ["AWS::SecretsManager::Secret"] },
  StateMachineName: { types: ["AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"], attribute: "Name" },
  TableName: { types: ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable"] },
  TopicName: { types: ["AWS::SNS::Topic"], attribute: "TopicName" },
  WorkGroupName: { types: ["AWS::Athena::WorkGroup"] },
};

/** What a parameter of a template may stand for; undefined: only a name that somebody knows. */
export function targetOf(template: string, parameter: string): Target | undefined {
  // of a table's stream, the parameter takes the last part of its ARN
  if (parameter === "StreamName") return template.startsWith("Kinesis") ? kinesis : undefined;
  return Object.hasOwn(targets, parameter) ? targets[parameter] : undefined;
}

/** The resource as the value of a parameter. */
export function targetValue({ attribute }: Target, id: string): JsonObject {
  return attribute === undefined ? { Ref: id } : { "Fn::GetAtt": [id, attribute] };
}

/** About the secrets of a function, not the function. */
const aboutOthers = new Set(["AWSSecretsManagerRotationPolicy"]);

/** Templates that need nothing but a resource of that type, each with the parameter that names it. */
export function fittingTemplates(type: string): readonly { readonly template: string; readonly parameter: string }[] {
  return policyTemplateNames.flatMap((template) => {
    const [parameter, ...others] = policyTemplateParameters(template);
    if (parameter === undefined || others.length > 0 || aboutOthers.has(template)) return [];
    return targetOf(template, parameter)?.types.includes(type) === true ? [{ template, parameter }] : [];
  });
}

/** The policy that a template makes of a resource. */
export function templatePolicy({ template, parameter }: { template: string; parameter: string }, id: string): JsonObject {
  const target = targetOf(template, parameter);
  return { [template]: { [parameter]: target === undefined ? "" : targetValue(target, id) } };
}

export interface PolicyResource {
  /** `Orders/index/*` */
  readonly title: string;
  readonly value: Json;
}

const refIsArn = new Set([
  "AWS::SNS::Topic",
  "AWS::StepFunctions::StateMachine",
  "AWS::Serverless::StateMachine",
  "AWS::SecretsManager::Secret",
]);
const arnIsAttribute = new Set([
  ...Object.values(targets).flatMap(({ types }) => types),
  "AWS::Kinesis::Stream",
  "AWS::Cognito::UserPool",
  "AWS::IAM::Role",
  "AWS::Pipes::Pipe",
  "AWS::Scheduler::Schedule",
]);
/** These have no ARN among their attributes. */
const withoutArn = new Set([
  "AWS::Athena::WorkGroup",
  "AWS::CertificateManager::Certificate",
  "AWS::CodePipeline::Pipeline",
  "AWS::Route53::HostedZone",
  "AWS::SSM::Parameter",
]);
/** What is within a resource and has ARNs below it. */
const below: Readonly<Record<string, string>> = {
  "AWS::S3::Bucket": "/*",
  "AWS::DynamoDB::Table": "/index/*",
  "AWS::DynamoDB::GlobalTable": "/index/*",
};

/** How a statement names a resource of the design: by its ARN, and that of what is within it. */
export function statementResources(id: string, type: string): readonly PolicyResource[] {
  if (refIsArn.has(type)) return [{ title: id, value: { Ref: id } }];
  if (!arnIsAttribute.has(type) || withoutArn.has(type)) return [];
  const suffix = below[type];
  const whole = { title: id, value: { "Fn::GetAtt": [id, "Arn"] } };
  return suffix === undefined ? [whole] : [whole, { title: id + suffix, value: { "Fn::Sub": `\${${id}.Arn}${suffix}` } }];
}
