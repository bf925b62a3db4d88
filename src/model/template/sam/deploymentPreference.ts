// DeploymentPreference of functions: CodeDeploy shifts the alias's traffic. One application and role for all functions, a
// group for each.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, resolveParametersAndMappings } from "./context.ts";
import type { Deployment, SamContext, SamResource } from "./context.ts";
import { getAtt, ifOf, isIntrinsic, isNoValue, isSet, mapOf, ref, setOnly, sub } from "./json.ts";
import { conditionOfAny } from "./conditions.ts";
import { assumeRoleBy, tagList } from "./role.ts";
import { words } from "../../words.ts";

const applicationId = "ServerlessDeploymentApplication";
const roleId = "CodeDeployServiceRole";

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

/** Notes that CodeDeploy moves the function's alias, and returns the alias's update policy; undefined when it is not enabled. */
export function addDeployment(context: SamContext, resource: SamResource): JsonObject | undefined {
  const { properties } = resource;
  if (!isSet(properties.DeploymentPreference)) return undefined;
  const given: JsonObject = { ...mapOf(properties.DeploymentPreference) };
  for (const name of ["Enabled", "Type"]) {
    const value = given[name];
    if (value !== undefined) given[name] = resolveParametersAndMappings(context, value);
  }
  const passesCondition = given.PassthroughCondition !== undefined && passesOn(context, given.PassthroughCondition);
  if (given.Enabled === "false" || given.Enabled === "False" || (given.Enabled !== undefined && !isSet(given.Enabled))) return undefined;
  if (given.Type === undefined) fail(words("{{property}} needs {{other}}.", { property: "DeploymentPreference", other: "Type" }));
  const hooks = given.Hooks === undefined ? {} : given.Hooks;
  if (!isJsonObject(hooks)) fail(words("{{property}} of {{owner}} should be a map.", { property: "Hooks", owner: "DeploymentPreference" }));
  if (!isSet(properties.AutoPublishAlias))
    fail(words("{{property}} needs {{other}}.", { property: "DeploymentPreference", other: "AutoPublishAlias" }));
  const condition = resource.passedOn.Condition;
  context.deployments.push({
    functionId: resource.id,
    given,
    condition: passesCondition && typeof condition === "string" ? condition : undefined,
    tags: isSet(properties.PropagateTags) ? mapOf(properties.Tags) : {},
  });
  return {
    CodeDeployLambdaAliasUpdate: {
      ApplicationName: ref(applicationId),
      DeploymentGroupName: ref(`${resource.id}DeploymentGroup`),
      ...(isSet(hooks.PreTraffic) ? { BeforeAllowTrafficHook: hooks.PreTraffic } : {}),
      ...(isSet(hooks.PostTraffic) ? { AfterAllowTrafficHook: hooks.PostTraffic } : {}),
    },
  };
}

function passesOn(context: SamContext, given: Json): boolean {
  const value = resolveParametersAndMappings(context, given);
  if (value === true || value === "true" || value === "True") return true;
  if (value === false || value === "false" || value === "False") return false;
  return fail(
    words("{{property}} of {{owner}} should be true or false; of functions it takes Ref to a parameter and FindInMap.", {
      property: "PassthroughCondition",
      owner: "DeploymentPreference",
    }),
  );
}

/** What CodeDeploy needs, once all functions are known. */
export function emitDeployments(context: SamContext): void {
  const { deployments } = context;
  const [first] = deployments;
  if (first === undefined) return;
  const conditions = [...new Set(deployments.map((each) => each.condition))];
  const shared: JsonObject = {};
  const names = conditions.flatMap((each) => each ?? []);
  if (names.length === conditions.length) shared.Condition = conditionOfAny(context, names, "ServerlessCodeDeployCondition");
  const tags = tagsOf(Object.assign({}, ...deployments.map((each) => each.tags)) as JsonObject);
  emit(context, first.functionId, applicationId, "AWS::CodeDeploy::Application", { ComputePlatform: "Lambda", Tags: tags }, shared);
  if (deployments.some((each) => !isSet(each.given.Role))) {
    emit(
      context,
      first.functionId,
      roleId,
      "AWS::IAM::Role",
      {
        AssumeRolePolicyDocument: assumeRoleBy("codedeploy.amazonaws.com"),
        ManagedPolicyArns: [`arn:${context.partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda`],
        Tags: tags,
      },
      shared,
    );
  }
  for (const deployment of deployments) emitGroup(context, deployment);
}

function tagsOf(tags: JsonObject): Json | undefined {
  return isSet(tags) ? tagList(tags) : undefined;
}

function emitGroup(context: SamContext, { functionId, given, condition, tags }: Deployment): void {
  emit(
    context,
    functionId,
    `${functionId}DeploymentGroup`,
    "AWS::CodeDeploy::DeploymentGroup",
    {
      ApplicationName: ref(applicationId),
      AlarmConfiguration: alarms(given.Alarms),
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      },
      DeploymentConfigName: configName(given.Type ?? null),
      DeploymentStyle: { DeploymentType: "BLUE_GREEN", DeploymentOption: "WITH_TRAFFIC_CONTROL" },
      ServiceRoleArn: isSet(given.Role) ? given.Role : getAtt(roleId, "Arn"),
      TriggerConfigurations: setOnly(given.TriggerConfigurations),
      Tags: tagsOf(tags),
    },
    condition === undefined ? {} : { Condition: condition },
  );
}

function alarms(given: Json | undefined): Json | undefined {
  if (!isSet(given) || isNoValue(given)) return undefined;
  const choice = ifOf(given);
  if (choice === undefined) return alarmConfiguration(given);
  const [condition, then, otherwise] = choice;
  return { "Fn::If": [condition, alarmConfiguration(then), alarmConfiguration(otherwise)] };
}

function alarmConfiguration(given: Json): JsonObject {
  if (!Array.isArray(given))
    fail(words("{{property}} of {{owner}} should be a list.", { property: "Alarms", owner: "DeploymentPreference" }));
  if (given.length === 0 || isNoValue(given[0])) return {};
  return { Enabled: true, Alarms: given.map((name) => ({ Name: name })) };
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
