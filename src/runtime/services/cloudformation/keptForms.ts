// How AWS names resources of types that are only kept here: what Ref and GetAtt give has the form that code and other
// resources expect, though nothing answers under it.
import type { Json, JsonObject } from "../../../model/json.ts";
import type { Ids } from "../../kernel/service.ts";

export interface Kept {
  /** From the template, or made as CloudFormation makes names. */
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly properties: JsonObject;
  readonly ids: Ids;
}

interface Form {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

const forms: Readonly<Record<string, (kept: Kept) => Form>> = {
  "AWS::AmazonMQ::Broker": (kept) => {
    const id = `b-${kept.ids.uuid()}`;
    return { physicalId: id, attributes: { Arn: arn("mq", `broker:${kept.name}:${id}`, kept), Id: id } };
  },
  "AWS::CloudFormation::Stack": (kept) => byArn(arn("cloudformation", `stack/${kept.name}/${kept.ids.uuid()}`, kept), "StackId"),
  "AWS::CertificateManager::Certificate": (kept) => byArn(arn("acm", `certificate/${kept.ids.uuid()}`, kept)),
  "AWS::Cognito::UserPool": userPool,
  "AWS::Cognito::UserPoolClient": (kept) => byId(kept.ids.hex(26), ["ClientId"]),
  "AWS::Events::EventBus": (kept) => named(kept, arn("events", `event-bus/${kept.name}`, kept)),
  "AWS::Events::Rule": (kept) => named(kept, arn("events", `rule/${kept.name}`, kept)),
  "AWS::IAM::ManagedPolicy": (kept) => byArn(`arn:aws:iam::${kept.accountId}:policy/${kept.name}`, "PolicyArn"),
  "AWS::KMS::Key": (kept) => keyed(kept, kept.ids.uuid()),
  "AWS::Kinesis::Stream": (kept) => named(kept, arn("kinesis", `stream/${kept.name}`, kept)),
  "AWS::Lambda::Alias": (kept) => byArn(qualified(kept, String(kept.properties["Name"])), "AliasArn"),
  "AWS::Lambda::EventSourceMapping": (kept) => byId(kept.ids.uuid(), ["Id"]),
  "AWS::Lambda::Function": (kept) => named(kept, arn("lambda", `function:${kept.name}`, kept)),
  "AWS::Lambda::LayerVersion": (kept) => byArn(arn("lambda", `layer:${kept.name}:1`, kept), "LayerVersionArn"),
  "AWS::Lambda::Version": (kept) => byArn(qualified(kept, "1"), "FunctionArn"),
  "AWS::Logs::LogGroup": (kept) => named(kept, arn("logs", `log-group:${kept.name}:*`, kept)),
  "AWS::MSK::Cluster": kafka,
  "AWS::MSK::ServerlessCluster": kafka,
  "AWS::Route53::HostedZone": (kept) => byId(`Z${kept.ids.base36(20)}`, ["Id"]),
  "AWS::S3::Bucket": bucket,
  "AWS::SecretsManager::Secret": (kept) => byArn(arn("secretsmanager", `secret:${kept.name}-${kept.ids.base36(6)}`, kept), "Id"),
  "AWS::SNS::Topic": (kept) => ({
    physicalId: arn("sns", kept.name, kept),
    attributes: { TopicArn: arn("sns", kept.name, kept), TopicName: kept.name },
  }),
  "AWS::StepFunctions::StateMachine": (kept) => {
    const own = arn("states", `stateMachine:${kept.name}`, kept);
    return { physicalId: own, attributes: { Arn: own, Name: kept.name } };
  },
};

/** Types that EC2 names by a prefix and 17 hex digits, and the attributes that give the same. */
const ec2Forms: Readonly<Record<string, { readonly prefix: string; readonly attributes: readonly string[] }>> = {
  EIP: { prefix: "eipalloc", attributes: ["AllocationId"] },
  Instance: { prefix: "i", attributes: ["InstanceId"] },
  InternetGateway: { prefix: "igw", attributes: ["InternetGatewayId"] },
  LaunchTemplate: { prefix: "lt", attributes: ["LaunchTemplateId"] },
  NatGateway: { prefix: "nat", attributes: ["NatGatewayId"] },
  NetworkAcl: { prefix: "acl", attributes: ["Id"] },
  NetworkInterface: { prefix: "eni", attributes: ["Id"] },
  RouteTable: { prefix: "rtb", attributes: ["RouteTableId"] },
  SecurityGroup: { prefix: "sg", attributes: ["GroupId", "Id"] },
  Subnet: { prefix: "subnet", attributes: ["SubnetId"] },
  VPC: { prefix: "vpc", attributes: ["VpcId"] },
  VPCEndpoint: { prefix: "vpce", attributes: ["Id"] },
  Volume: { prefix: "vol", attributes: ["VolumeId"] },
};

export function formOf(type: string, kept: Kept): Form {
  const form = forms[type];
  if (form !== undefined) return form(kept);
  const ec2 = type.startsWith("AWS::EC2::") ? ec2Forms[type.slice("AWS::EC2::".length)] : undefined;
  if (ec2 !== undefined) return byId(`${ec2.prefix}-0${kept.ids.hex(16)}`, ec2.attributes);
  return { physicalId: kept.name, attributes: {} };
}

/** Any other attribute: the property of that name, an ARN of AWS's form, else a value that can be told apart. */
export function attributeOf(
  type: string,
  physicalId: string,
  properties: JsonObject,
  name: string,
  region: string,
  accountId: string,
): Json {
  const property = properties[name];
  if (property !== undefined) return property;
  if (name === "Id" || name === "Name") return physicalId;
  if (!name.endsWith("Arn")) return `${physicalId}.${name}`;
  if (physicalId.startsWith("arn:")) return physicalId;
  const [, service = "cloudformation", kind = "resource"] = type.split("::");
  return arn(service.toLowerCase(), `${kind.toLowerCase()}/${physicalId}`, { region, accountId });
}

function arn(service: string, resource: string, { region, accountId }: Pick<Kept, "region" | "accountId">): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

function qualified(kept: Kept, qualifier: string): string {
  return arn("lambda", `function:${String(kept.properties["FunctionName"]).split(":").at(-1)}:${qualifier}`, kept);
}

function byArn(own: string, attribute = "Arn"): Form {
  return { physicalId: own, attributes: { [attribute]: own } };
}

function byId(id: string, attributes: readonly string[]): Form {
  return { physicalId: id, attributes: Object.fromEntries(attributes.map((name) => [name, id])) };
}

function named({ name }: Kept, own: string): Form {
  return { physicalId: name, attributes: { Arn: own, Name: name } };
}

function keyed(kept: Kept, id: string): Form {
  return { physicalId: id, attributes: { Arn: arn("kms", `key/${id}`, kept), KeyId: id } };
}

function kafka(kept: Kept): Form {
  return byArn(arn("kafka", `cluster/${kept.name}/${kept.ids.uuid()}-1`, kept));
}

function bucket(kept: Kept): Form {
  const name = kept.name.toLowerCase();
  return {
    physicalId: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${kept.region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${kept.region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${kept.region}.amazonaws.com`,
    },
  };
}

function userPool(kept: Kept): Form {
  const id = `${kept.region}_${kept.ids.base36(9)}`;
  const provider = `cognito-idp.${kept.region}.amazonaws.com/${id}`;
  return {
    physicalId: id,
    attributes: {
      Arn: arn("cognito-idp", `userpool/${id}`, kept),
      ProviderName: provider,
      ProviderURL: `https://${provider}`,
      UserPoolId: id,
    },
  };
}
