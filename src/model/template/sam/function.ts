// AWS::Serverless::Function → function, role, version and alias, URL, event invoke configuration, and what its events make.
import type { Json, JsonObject } from "../../json.ts";
import { codeOf } from "./codeLocation.ts";
import { oppositeCondition } from "./conditions.ts";
import { emit, fail, guarded, mainAttributes, resolveInside, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { addDeployment } from "./deploymentPreference.ts";
import { emitEventInvokeConfig } from "./eventInvoke.ts";
import { emitFunctionEvent } from "./events/functionEvents.ts";
import type { EventTarget } from "./events/functionEvents.ts";
import { emitFunctionUrl } from "./functionUrl.ts";
import { emitVersionAndAlias } from "./functionVersion.ts";
import { entryOf, getAtt, ifOf, isIntrinsic, isNoValue, isSet, mapOf, ref, setOnly } from "./json.ts";
import { allow, assumeRoleBy, emitRole, propagateTags, samTags } from "./role.ts";
import { words } from "../../words.ts";

/** Properties that Lambda's own resource takes over as they are. */
const sameProperties = [
  "Handler",
  "Runtime",
  "Description",
  "MemorySize",
  "Timeout",
  "VpcConfig",
  "Environment",
  "KmsKeyArn",
  "ReservedConcurrentExecutions",
  "Layers",
  "FileSystemConfigs",
  "ImageConfig",
  "PackageType",
  "Architectures",
  "SnapStart",
  "EphemeralStorage",
  "CodeSigningConfigArn",
  "RuntimeManagementConfig",
  "LoggingConfig",
  "RecursiveLoop",
  "TenancyConfig",
  "DurableConfig",
  "PublishToLatestPublished",
];

const deadLetterActions: Readonly<Record<string, string>> = { SQS: "sqs:SendMessage", SNS: "sns:Publish" };

export function transformFunction(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  checkCombinations(given);
  const deadLetters = isSet(given.DeadLetterQueue) ? deadLetterQueue(mapOf(given.DeadLetterQueue)) : undefined;
  const code = codeOf(context, resource);
  checkPackage(given);
  const roleId = `${id}Role`;
  const role = roleOf(context, given.Role, roleId);
  const tags = samTags(given.Tags, "lambda:createdBy");
  const aliasName = isSet(given.AutoPublishAlias) ? resolvedText(context, given.AutoPublishAlias, "AutoPublishAlias") : undefined;
  const codeHash =
    aliasName !== undefined && isSet(given.AutoPublishCodeSha256)
      ? resolvedText(context, given.AutoPublishCodeSha256, "AutoPublishCodeSha256")
      : undefined;
  const own: Record<string, Json | undefined> = {};
  for (const name of sameProperties) own[name] = given[name];
  Object.assign(own, {
    // Parameters in the location count for the version, so they are filled in.
    Code: aliasName === undefined ? code : resolveParameters(context, code),
    FunctionName: setOnly(given.FunctionName),
    DeadLetterConfig: deadLetters && { TargetArn: deadLetters.arn },
    TracingConfig: isTraced(context, given) ? { Mode: resolveInside(context, given.Tracing ?? null) } : undefined,
    Role: role.arn,
    Tags: tags,
    CapacityProviderConfig: isSet(given.CapacityProviderConfig) ? managedInstances(mapOf(given.CapacityProviderConfig)) : undefined,
    FunctionScalingConfig: setOnly(given.FunctionScalingConfig),
  });
  if (codeHash !== undefined) own.Description = hashedDescription(context, given.Description, codeHash);
  emit(context, id, id, "AWS::Lambda::Function", own, mainAttributes(resource));

  if (isSet(given.ProvisionedConcurrencyConfig) && aliasName === undefined)
    fail(words("{{property}} needs {{other}}.", { property: "ProvisionedConcurrencyConfig", other: "AutoPublishAlias" }));
  const aliasId = aliasName === undefined ? undefined : emitVersionAndAlias(context, resource, { name: aliasName, own, codeHash });
  // Without an alias there is nothing to deploy gradually; that is said here.
  if (aliasId === undefined) addDeployment(context, resource);
  if (isSet(given.FunctionUrlConfig)) emitFunctionUrl(context, resource, mapOf(given.FunctionUrlConfig), aliasId);
  const invokePolicies = isSet(given.EventInvokeConfig)
    ? emitEventInvokeConfig(context, resource, mapOf(given.EventInvokeConfig), aliasName, aliasId)
    : [];

  const target: EventTarget = {
    resource,
    arn: aliasId === undefined ? getAtt(id, "Arn") : ref(aliasId),
    name: aliasId === undefined ? ref(id) : ref(aliasId),
    // The integration's URI names the alias where there is one.
    logicalId: aliasId ?? id,
    isAlias: aliasId !== undefined,
    managedPolicies: new Set(),
    inlinePolicies: [],
  };
  const events = Object.entries(mapOf(given.Events)).toSorted(([a, first], [b, second]) =>
    compare(eventOrder(a, first), eventOrder(b, second)),
  );
  for (const [name, event] of events) {
    guarded(
      context,
      { path: ["Resources", id, "Properties", "Events", name], who: words("Event {{name}} of {{id}}", { name, id }) },
      () => {
        emitFunctionEvent(context, target, name, event);
      },
    );
  }

  if (role.isMade) {
    const { passedOn } = resource;
    emitRole(context, role.condition === undefined ? resource : { ...resource, passedOn: { ...passedOn, Condition: role.condition } }, {
      id: roleId,
      assumeRolePolicyDocument: given.AssumeRolePolicyDocument ?? assumeRoleBy("lambda.amazonaws.com"),
      managedPolicyArns: rolePolicies(context, given),
      ownPolicies: [...(deadLetters === undefined ? [] : [deadLetterPolicy(deadLetters)]), ...invokePolicies],
      laterManagedPolicyArns: [...target.managedPolicies].map((name) => `arn:${context.partition}:iam::aws:policy/${name}`),
      laterPolicies: target.inlinePolicies,
      policies: given.Policies,
      tags,
      path: given.RolePath,
      permissionsBoundary: given.PermissionsBoundary,
    });
  }
  propagateTags(context, given);
}

function checkCombinations(given: JsonObject): void {
  const has = (name: string): boolean => given[name] !== undefined && given[name] !== null;
  for (const other of ["ProvisionedConcurrencyConfig", "VpcConfig"]) {
    if (has("CapacityProviderConfig") && has(other)) fail(words("CapacityProviderConfig and {{other}} cannot both be set.", { other }));
  }
  if (has("FunctionScalingConfig") && !has("CapacityProviderConfig"))
    fail(words("{{property}} needs {{other}}.", { property: "FunctionScalingConfig", other: "CapacityProviderConfig" }));
  if (has("VersionDeletionPolicy") && !has("AutoPublishAlias"))
    fail(words("{{property}} needs {{other}}.", { property: "VersionDeletionPolicy", other: "AutoPublishAlias" }));
  if (!isSet(given.TenancyConfig)) return;
  for (const other of ["ProvisionedConcurrencyConfig", "FunctionUrlConfig", "SnapStart"]) {
    if (isSet(given[other])) fail(words("functions with TenancyConfig cannot have {{other}}.", { other }));
  }
  for (const [name, event] of Object.entries(mapOf(given.Events))) {
    const { Type: type } = mapOf(event);
    if (type !== "Api" && type !== "HttpApi")
      fail(words("functions with TenancyConfig take only Api and HttpApi events; {{name}} is another.", { name }));
  }
}

function checkPackage(given: JsonObject): void {
  const has = (name: string): boolean => isSet(given[name]);
  if (given.PackageType === "Image") {
    for (const name of ["Handler", "Runtime", "Layers"])
      if (has(name)) fail(words("a function of PackageType Image has no {{name}}.", { name }));
    return;
  }
  if (!has("Runtime") || !has("Handler")) fail(words("a function needs Runtime and Handler unless its PackageType is Image."));
  if (has("ImageConfig")) fail(words("ImageConfig is for functions of PackageType Image."));
}

interface DeadLetterQueue {
  readonly action: string;
  readonly arn: Json;
}

function deadLetterQueue(given: JsonObject): DeadLetterQueue {
  if (!isSet(given.Type) || !isSet(given.TargetArn)) fail(words("DeadLetterQueue needs Type and TargetArn."));
  const action = entryOf(deadLetterActions, given.Type);
  return action === undefined
    ? fail(words("{{property}} of {{owner}} should be SQS or SNS.", { property: "Type", owner: "DeadLetterQueue" }))
    : { action, arn: given.TargetArn };
}

function deadLetterPolicy({ action, arn }: DeadLetterQueue): JsonObject {
  const policy = allow("DeadLetterQueuePolicy", action, arn);
  return { ...policy, PolicyDocument: { Version: "2012-10-17", ...mapOf(policy.PolicyDocument) } };
}

/** `Disabled` is SAM's own word for leaving tracing alone. */
function isTraced(context: SamContext, given: JsonObject): boolean {
  return isSet(given.Tracing) && resolveParameters(context, given.Tracing) !== "Disabled";
}

/** Lambda publishes no version of unchanged code; the hash in the description is the change. */
function hashedDescription(context: SamContext, given: Json | undefined, codeHash: string): Json {
  const description = resolveParameters(context, given ?? "");
  if (!isSet(description)) return codeHash;
  return typeof description === "string" ? `${description} ${codeHash}` : { "Fn::Join": [" ", [description, codeHash]] };
}

interface Role {
  readonly arn: Json;
  readonly isMade: boolean;
  readonly condition?: string;
}

/** A Role that is AWS::NoValue under a condition is made under that condition. */
function roleOf(context: SamContext, given: Json | undefined, roleId: string): Role {
  const made = getAtt(roleId, "Arn");
  if (given === undefined || given === null) return { arn: made, isMade: true };
  if (!isIntrinsic(given) || !Object.hasOwn(mapOf(given), "Fn::If")) return { arn: given, isMade: false };
  const choice = ifOf(resolveParameters(context, given));
  if (choice === undefined) fail(words("Fn::If of Role needs a condition and two values."));
  const [condition, then, otherwise] = choice;
  if (isNoValue(then) && isNoValue(otherwise)) return { arn: made, isMade: true };
  if (isNoValue(then)) return { arn: { "Fn::If": [condition, made, otherwise] }, isMade: true, condition };
  if (!isNoValue(otherwise)) return { arn: { "Fn::If": [condition, then, otherwise] }, isMade: false };
  return { arn: { "Fn::If": [condition, then, made] }, isMade: true, condition: oppositeCondition(context, condition) };
}

function managedInstances(given: JsonObject): JsonObject {
  const { Arn: arn, ...others } = given;
  if (arn === undefined || arn === null || Array.isArray(arn))
    fail(words("{{property}} needs {{other}}.", { property: "CapacityProviderConfig", other: "Arn" }));
  for (const name of Object.keys(others)) {
    if (name !== "PerExecutionEnvironmentMaxConcurrency" && name !== "ExecutionEnvironmentMemoryGiBPerVCpu")
      fail(words("{{owner}} has no property {{name}}.", { owner: "CapacityProviderConfig", name }));
    if (others[name] === null) delete others[name];
  }
  return { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: arn, ...others } };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `$default` routes come before others, because they make the others' permissions superfluous. */
function eventOrder(name: string, event: Json): string {
  const path = mapOf(mapOf(event).Properties).Path;
  return typeof path === "string" ? path : name;
}

function rolePolicies(context: SamContext, given: JsonObject): string[] {
  const names = [
    isSet(given.DurableConfig) ? "service-role/AWSLambdaBasicDurableExecutionRolePolicy" : "service-role/AWSLambdaBasicExecutionRole",
  ];
  if (isTraced(context, given)) names.push("AWSXrayWriteOnlyAccess");
  if (isSet(given.VpcConfig)) names.push("service-role/AWSLambdaVPCAccessExecutionRole");
  return names.map((name) => `arn:${context.partition}:iam::aws:policy/${name}`);
}

function resolvedText(context: SamContext, value: Json, property: string): string {
  const resolved = resolveParameters(context, value);
  return typeof resolved === "string" ? resolved : fail(words("{{property}} should be text or a Ref to a parameter.", { property }));
}
