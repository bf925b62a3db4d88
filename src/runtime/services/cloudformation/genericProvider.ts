import type { Json } from "../../../model/json.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { ResourceProvider } from "../../kernel/service.ts";

/** Types that need no service to run: they mean something to AWS's accounts and permissions only. */
const inertTypes: ReadonlySet<string> = new Set([
  "AWS::CDK::Metadata", "AWS::CloudFormation::WaitConditionHandle", "AWS::IAM::InstanceProfile", "AWS::Lambda::Permission", "AWS::Logs::LogGroup",
  "AWS::Logs::ResourcePolicy", "AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::ApiGateway::Account",
  "AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard",
]);

export function isInert(type: string): boolean {
  return inertTypes.has(type) || type.startsWith("AWS::IAM::");
}

/** Keeps a resource that no service runs, with an id that references can carry. */
export const genericProvider: ResourceProvider = {
  create: (resource, call) => ({ physicalId: givenName(resource.type, resource.properties) ?? physicalName(resource, call.kernel.ids), attributes: {} }),
  update: (_resource, previous) => ({ physicalId: previous.physicalId, attributes: previous.attributes }),
  delete() {},
};

/** Any attribute of a resource that is only kept: an ARN of AWS's form, else a value that can be told apart. */
export function genericAttribute(type: string, physicalId: string, name: string, region: string, accountId: string): Json {
  if (name !== "Arn" && !name.endsWith("Arn")) return name === "Id" || name === "Name" ? physicalId : `${physicalId}.${name}`;
  const [, service = "cloudformation", kind = "resource"] = type.split("::");
  return `arn:aws:${service.toLowerCase()}:${region}:${accountId}:${kind.toLowerCase()}/${physicalId}`;
}

/** `TopicName` of an AWS::SNS::Topic, `Name`, `BucketName`. */
function givenName(type: string, properties: Readonly<Record<string, Json>>): string | undefined {
  const kind = type.split("::").at(-1) ?? "";
  const name = properties[`${kind}Name`] ?? properties["Name"];
  return typeof name === "string" ? name : undefined;
}
