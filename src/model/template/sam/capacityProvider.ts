// AWS::Serverless::CapacityProvider → capacity provider of Lambda, and the role with which it runs instances.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, mainAttributes } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { getAtt, isSet, mapOf, setOnly } from "./json.ts";
import { assumeRoleBy, tagList } from "./role.ts";
import { words } from "../../words.ts";

type Check = (value: Json) => boolean;

const isListOrFunction: Check = (value) =>
  isJsonObject(value) || (Array.isArray(value) && value.every((each) => typeof each === "string" || isJsonObject(each)));
const isNumberOrFunction: Check = (value) =>
  isJsonObject(value) || (value !== "" && !Array.isArray(value) && Number.isFinite(Number(value)));

/** What the maps in its properties take. */
const settings: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  VpcConfig: { SubnetIds: isListOrFunction, SecurityGroupIds: isListOrFunction },
  InstanceRequirements: { Architectures: isListOrFunction, AllowedTypes: isListOrFunction, ExcludedTypes: isListOrFunction },
  ScalingConfig: { MaxVCpuCount: isNumberOrFunction, AverageCPUUtilization: isNumberOrFunction },
};

export function transformCapacityProvider(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const [network, instances, scaling] = ["VpcConfig", "InstanceRequirements", "ScalingConfig"].map((name) => checked(name, given[name]));
  if (network?.SubnetIds === undefined) fail(words("{{property}} needs {{other}}.", { property: "VpcConfig", other: "SubnetIds" }));
  if (instances?.AllowedTypes !== undefined && instances.ExcludedTypes !== undefined)
    fail(words("AllowedTypes and ExcludedTypes of InstanceRequirements cannot both be set."));
  const own: JsonObject = { "lambda:createdBy": "SAM" };
  const propagated = isSet(given.PropagateTags) ? mapOf(given.Tags) : {};
  const roleId = `${id}OperatorRole`;
  if (!isSet(given.OperatorRole)) {
    emit(
      context,
      id,
      roleId,
      "AWS::IAM::Role",
      {
        AssumeRolePolicyDocument: assumeRoleBy("lambda.amazonaws.com"),
        ManagedPolicyArns: [`arn:${context.partition}:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator`],
        Tags: tagList({ ...own, ...propagated }),
      },
      resource.passedOn,
    );
  }
  emit(
    context,
    id,
    id,
    "AWS::Lambda::CapacityProvider",
    {
      CapacityProviderName: setOnly(given.CapacityProviderName),
      VpcConfig: network,
      PermissionsConfig: { CapacityProviderOperatorRoleArn: isSet(given.OperatorRole) ? given.OperatorRole : getAtt(roleId, "Arn") },
      Tags: tagList({ ...mapOf(given.Tags), ...own, ...propagated }),
      InstanceRequirements: instances && renamed(instances),
      CapacityProviderScalingConfig: scaling && scalingConfig(scaling),
      KmsKeyArn: setOnly(given.KmsKeyArn),
    },
    mainAttributes(resource),
  );
}

/** The map's values that are given; undefined when there is none. */
function checked(name: string, given: Json | undefined): JsonObject | undefined {
  if (given === undefined || given === null) return undefined;
  const known = settings[name] ?? {};
  const present: JsonObject = {};
  for (const [property, value] of Object.entries(mapOf(given))) {
    const check = Object.hasOwn(known, property) ? known[property] : undefined;
    if (check === undefined) fail(words("{{name}} has no property {{property}}.", { name, property }));
    if (value === null) continue;
    if (!check(value)) fail(words("{{property}} of {{name}} has a value of a type that it does not take.", { property, name }));
    present[property] = check === isNumberOrFunction && typeof value === "string" ? Number(value) : value;
  }
  return isSet(present) ? present : undefined;
}

const instanceNames: Readonly<Record<string, string>> = { AllowedTypes: "AllowedInstanceTypes", ExcludedTypes: "ExcludedInstanceTypes" };

function renamed(instances: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(instances).map(([name, value]) => [instanceNames[name] ?? name, value]));
}

function scalingConfig({ MaxVCpuCount: count, AverageCPUUtilization: utilization }: JsonObject): JsonObject {
  const target = { PredefinedMetricType: "LambdaCapacityProviderAverageCPUUtilization", TargetValue: utilization ?? null };
  return {
    ...(count === undefined ? {} : { MaxVCpuCount: count }),
    ...(utilization === undefined ? { ScalingMode: "Auto" } : { ScalingMode: "Manual", ScalingPolicies: [target] }),
  };
}
