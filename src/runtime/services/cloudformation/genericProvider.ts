import type { Json } from "../../../model/json.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { ResourceProvider } from "../../kernel/service.ts";
import { formOf } from "./keptForms.ts";

/** Types that need no service to run: they mean something to AWS's accounts and permissions only. */
const inertTypes: ReadonlySet<string> = new Set([
  "AWS::CDK::Metadata",
  "AWS::CloudFormation::WaitConditionHandle",
  "AWS::IAM::InstanceProfile",
  "AWS::Lambda::Permission",
  "AWS::Logs::LogGroup",
  "AWS::Logs::ResourcePolicy",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
  "AWS::ApiGateway::Account",
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::Dashboard",
]);

export function isInert(type: string): boolean {
  return inertTypes.has(type) || type.startsWith("AWS::IAM::");
}

/** Keeps a resource that no service runs, with an id that references can carry. */
export const genericProvider: ResourceProvider = {
  create({ type, properties, ...resource }, call) {
    const name = givenName(type, properties) ?? physicalName(resource, call.kernel.ids);
    return formOf(type, { name, properties, region: call.region, accountId: call.accountId, ids: call.kernel.ids });
  },
  update: (_resource, previous) => ({ physicalId: previous.physicalId, attributes: previous.attributes }),
  delete() {},
};

/** `TopicName` of an AWS::SNS::Topic, `Name`, `BucketName`. */
function givenName(type: string, properties: Readonly<Record<string, Json>>): string | undefined {
  const kind = type.split("::").at(-1) ?? "";
  const name = properties[`${kind}Name`] ?? properties["Name"];
  return typeof name === "string" ? name : undefined;
}
