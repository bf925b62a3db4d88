// DeploymentPreference of a function: CodeDeploy shifts the alias's traffic. One application for all functions, a group for each.
import type { Json, JsonObject } from "../../json.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { getAtt, isIntrinsic, listOf, mapOf, ref, sub } from "./json.ts";
import { assumeRoleBy } from "./role.ts";

/** Ways of shifting traffic that CodeDeploy knows by name. */
const predefined = [
  "Canary10Percent5Minutes",
  "Canary10Percent10Minutes",
  "Canary10Percent15Minutes",
  "Canary10Percent30Minutes",
  "Linear10PercentEvery1Minute",
  "Linear10PercentEvery2Minutes",
  "Linear10PercentEvery3Minutes",
  "Linear10PercentEvery10Minutes",
  "AllAtOnce",
];

/** Emits what CodeDeploy needs and returns the update policy of the alias; undefined when it is not enabled. */
export function emitDeploymentPreference(context: SamContext, resource: SamResource): JsonObject | undefined {
  const given = mapOf(resource.properties.DeploymentPreference);
  const enabled = resolveParameters(context, given.Enabled ?? true);
  if (resource.properties.DeploymentPreference === undefined || enabled === false || enabled === "false" || enabled === "False")
    return undefined;
  if (resource.properties.AutoPublishAlias === undefined) fail("DeploymentPreference needs AutoPublishAlias.");
  const type = resolveParameters(context, given.Type ?? fail("DeploymentPreference needs Type."));
  const applicationId = "ServerlessDeploymentApplication";
  const roleId = "CodeDeployServiceRole";
  const groupId = `${resource.id}DeploymentGroup`;
  emit(context, resource.id, applicationId, "AWS::CodeDeploy::Application", { ComputePlatform: "Lambda" });
  if (given.Role === undefined) {
    emit(context, resource.id, roleId, "AWS::IAM::Role", {
      AssumeRolePolicyDocument: assumeRoleBy("codedeploy.amazonaws.com"),
      ManagedPolicyArns: [`arn:${context.partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda`],
    });
  }
  const passesCondition = resolveParameters(context, given.PassthroughCondition ?? false);
  const condition = resource.passedOn.Condition;
  emit(
    context,
    resource.id,
    groupId,
    "AWS::CodeDeploy::DeploymentGroup",
    {
      ApplicationName: ref(applicationId),
      AlarmConfiguration: given.Alarms === undefined ? undefined : alarms(given.Alarms),
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      },
      DeploymentConfigName: configName(type),
      DeploymentStyle: { DeploymentType: "BLUE_GREEN", DeploymentOption: "WITH_TRAFFIC_CONTROL" },
      ServiceRoleArn: given.Role ?? getAtt(roleId, "Arn"),
      TriggerConfigurations: given.TriggerConfigurations,
    },
    passesCondition === true && condition !== undefined ? { Condition: condition } : {},
  );
  const hooks = mapOf(given.Hooks);
  return {
    CodeDeployLambdaAliasUpdate: {
      ApplicationName: ref(applicationId),
      DeploymentGroupName: ref(groupId),
      ...(hooks.PreTraffic === undefined ? {} : { BeforeAllowTrafficHook: hooks.PreTraffic }),
      ...(hooks.PostTraffic === undefined ? {} : { AfterAllowTrafficHook: hooks.PostTraffic }),
    },
  };
}

function alarms(given: Json): Json {
  return { Enabled: true, Alarms: isIntrinsic(given) ? given : listOf(given).map((name) => ({ Name: name })) };
}

/** Predefined names get CodeDeploy's prefix, inside functions too; a Sub cannot stand in a Sub. */
function configName(type: Json, inside?: string): Json {
  if (Array.isArray(type)) return type.map((item) => configName(item));
  if (isIntrinsic(type))
    return Object.fromEntries(Object.entries(mapOf(type)).map(([name, argument]) => [name, configName(argument, name)]));
  if (typeof type !== "string" || !predefined.includes(type)) return type;
  const named = sub("CodeDeployDefault.Lambda${ConfigName}", { ConfigName: type });
  return inside === "Fn::Sub" ? (named["Fn::Sub"] ?? null) : named;
}
