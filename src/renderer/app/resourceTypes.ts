// Looks up what the services' definitions say about a resource type, with sensible words for types that no service runs yet.
import type { Category, ResourceTypeDefinition } from "../../model/service.ts";
import { definitions as services } from "../../runtime/services/definitions.ts";

export interface ResourceTypeLook {
  readonly title: string;
  readonly category: Category;
  /** File in resources/icons without `.svg`. */
  readonly icon: string;
  readonly runs: boolean;
}

const definitions = new Map<string, ResourceTypeDefinition>(
  services.flatMap((service) => service.resourceTypes.map((type) => [type.type, type] as const)),
);

const serviceOfType = new Map<string, string>(
  services.flatMap((service) => service.resourceTypes.map((type) => [type.type, service.id] as const)),
);

/** Types that are drawn with their own icon although they are not run locally yet. */
const looks: Record<string, readonly [title: string, category: Category, icon: string]> = {
  "AWS::ApiGatewayV2::Api": ["API", "edge", "http-api"],
  "AWS::ApiGateway::RestApi": ["REST API", "edge", "rest-api"],
  "AWS::CertificateManager::Certificate": ["Certificate", "edge", "secret"],
  "AWS::Route53::RecordSet": ["DNS record", "edge", "route"],
  "AWS::WAFv2::WebACL": ["Web firewall", "edge", "role"],
  "AWS::Lambda::Function": ["Function", "compute", "function"],
  "AWS::Lambda::LayerVersion": ["Layer", "compute", "stack"],
  "AWS::Serverless::LayerVersion": ["Layer", "compute", "stack"],
  "AWS::Lambda::Permission": ["Permission", "identity", "role"],
  "AWS::Lambda::EventSourceMapping": ["Event source mapping", "compute", "stream"],
  "AWS::S3::Bucket": ["Bucket", "data", "bucket"],
  "AWS::S3::BucketPolicy": ["Bucket policy", "identity", "role"],
  "AWS::ElastiCache::ServerlessCache": ["Cache", "data", "cache"],
  "AWS::SNS::Topic": ["Topic", "messaging", "topic"],
  "AWS::SNS::Subscription": ["Subscription", "messaging", "topic"],
  "AWS::SQS::QueuePolicy": ["Queue policy", "identity", "role"],
  "AWS::Events::EventBus": ["Event bus", "messaging", "event-bus"],
  "AWS::Events::Rule": ["Rule", "messaging", "rule"],
  "AWS::Scheduler::Schedule": ["Schedule", "messaging", "schedule"],
  "AWS::Kinesis::Stream": ["Stream", "messaging", "stream"],
  "AWS::Serverless::StateMachine": ["State machine", "orchestration", "state-machine"],
  "AWS::StepFunctions::StateMachine": ["State machine", "orchestration", "state-machine"],
  "AWS::Cognito::UserPool": ["User pool", "identity", "user-pool"],
  "AWS::Cognito::UserPoolClient": ["User pool client", "identity", "user-pool"],
  "AWS::IAM::Role": ["Role", "identity", "role"],
  "AWS::IAM::Policy": ["Policy", "identity", "role"],
  "AWS::SSM::Parameter": ["Parameter", "data", "parameter"],
  "AWS::SecretsManager::Secret": ["Secret", "data", "secret"],
  "AWS::Logs::LogGroup": ["Log group", "other", "log-group"],
  "AWS::CloudFormation::Stack": ["Nested stack", "other", "stack"],
  "AWS::Serverless::Application": ["Nested application", "other", "stack"],
};

export function definitionOf(type: string): ResourceTypeDefinition | undefined {
  return definitions.get(type);
}

/** Service id of a type: `sqs`. */
export function serviceOf(type: string): string | undefined {
  return serviceOfType.get(type);
}

export function lookOf(type: string): ResourceTypeLook {
  const definition = definitions.get(type);
  if (definition !== undefined) return definition;
  const look = looks[type];
  if (look !== undefined) return { title: look[0], category: look[1], icon: look[2], runs: false };
  const words = (type.split("::").at(-1) ?? type).replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return { title: words.charAt(0).toUpperCase() + words.slice(1), category: "other", icon: "generic", runs: false };
}

export const categoryTitles: readonly (readonly [Category, string])[] = [
  ["edge", "Edge & API"],
  ["compute", "Compute"],
  ["data", "Data"],
  ["messaging", "Messaging"],
  ["orchestration", "Orchestration"],
  ["identity", "Identity"],
  ["other", "Other"],
];

export const allDefinitions: readonly ResourceTypeDefinition[] = [...definitions.values()];
