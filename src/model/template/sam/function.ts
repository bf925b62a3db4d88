// AWS::Serverless::Function → function, role, version and alias, URL, event invoke configuration, and what its events make.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, resolveParameters, SamError } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { emitDeploymentPreference } from "./deploymentPreference.ts";
import { emitEventInvokeConfig } from "./eventInvoke.ts";
import { emitFunctionEvent } from "./events/functionEvents.ts";
import type { EventTarget } from "./events/functionEvents.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, getAtt, ifOf, isIntrinsic, isNoValue, mapOf, ref, refId } from "./json.ts";
import { allow, assumeRoleBy, emitRole, tagList } from "./role.ts";

export const createdBySam: JsonObject = { "lambda:createdBy": "SAM" };

/** Properties that Lambda's own resource takes over as they are. */
const sameProperties = [
  "FunctionName",
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
  "FunctionScalingConfig",
];

export function transformFunction(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const code = codeOf(context, resource);
  const tags = tagList(given.Tags, createdBySam);
  const roleId = `${id}Role`;
  const own: Record<string, Json | undefined> = { Code: code };
  for (const name of sameProperties) own[name] = given[name];
  const deadLetters = mapOf(given.DeadLetterQueue);
  if (given.DeadLetterQueue !== undefined && (deadLetters.Type === undefined || deadLetters.TargetArn === undefined)) {
    fail("DeadLetterQueue needs Type (SQS or SNS) and TargetArn.");
  }
  if (given.DeadLetterQueue !== undefined) own.DeadLetterConfig = { TargetArn: deadLetters.TargetArn ?? null };
  if (isTraced(context, given)) own.TracingConfig = { Mode: given.Tracing ?? null };
  // Lambda publishes no version of unchanged code; the hash in the description is the change.
  if (given.AutoPublishAliasAllProperties === true && given.AutoPublishCodeSha256 !== undefined)
    own.Description = resolveParameters(context, given.AutoPublishCodeSha256);
  const role = roleOf(given.Role, roleId);
  own.Role = role.arn;
  if (given.CapacityProviderConfig !== undefined) own.CapacityProviderConfig = capacityProvider(given.CapacityProviderConfig);
  own.Tags = tags;
  emit(context, id, id, "AWS::Lambda::Function", own, {
    ...resource.attributes,
    ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }),
  });

  const aliasName = given.AutoPublishAlias === undefined ? undefined : resolvedText(context, given.AutoPublishAlias, "AutoPublishAlias");
  const aliasId = aliasName === undefined ? undefined : emitVersionAndAlias(context, resource, aliasName, code, own);
  if (aliasId === undefined && given.ProvisionedConcurrencyConfig !== undefined)
    fail("ProvisionedConcurrencyConfig needs AutoPublishAlias.");

  if (given.FunctionUrlConfig !== undefined) emitUrl(context, resource, mapOf(given.FunctionUrlConfig), aliasId);
  const invokePolicies =
    given.EventInvokeConfig === undefined
      ? []
      : emitEventInvokeConfig(context, resource, mapOf(given.EventInvokeConfig), aliasName, aliasId);

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
    try {
      emitFunctionEvent(context, target, name, mapOf(event));
    } catch (error) {
      if (!(error instanceof SamError)) throw error;
      context.findings.push({
        rule: error.rule,
        severity: "error",
        message: `Event ${name} of ${id}: ${error.message}`,
        path: ["Resources", id, "Properties", "Events", name],
      });
    }
  }

  if (!role.isMade) return;
  const { passedOn } = resource;
  emitRole(context, role.condition === undefined ? resource : { ...resource, passedOn: { ...passedOn, Condition: role.condition } }, {
    id: roleId,
    assumeRolePolicyDocument: given.AssumeRolePolicyDocument ?? assumeRoleBy("lambda.amazonaws.com"),
    managedPolicyArns: [
      ...rolePolicies(context, given),
      ...[...target.managedPolicies].map((name) => `arn:${context.partition}:iam::aws:policy/${name}`),
    ],
    ownPolicies: [
      ...(given.DeadLetterQueue === undefined
        ? []
        : [allow("DeadLetterQueuePolicy", deadLetters.Type === "SNS" ? "sns:Publish" : "sqs:SendMessage", deadLetters.TargetArn ?? null)]),
      ...invokePolicies,
    ],
    laterPolicies: target.inlinePolicies,
    policies: given.Policies,
    tags,
    path: given.RolePath,
    permissionsBoundary: given.PermissionsBoundary,
  });
}

/** `Disabled` is SAM's own word for leaving tracing alone. */
function isTraced(context: SamContext, given: JsonObject): boolean {
  return (
    given.Tracing !== undefined &&
    given.Tracing !== null &&
    given.Tracing !== "" &&
    resolveParameters(context, given.Tracing) !== "Disabled"
  );
}

interface Role {
  readonly arn: Json;
  readonly isMade: boolean;
  readonly condition?: string;
}

/** A Role that is AWS::NoValue under a condition is made under that condition. */
function roleOf(given: Json | undefined, roleId: string): Role {
  const made = getAtt(roleId, "Arn");
  if (given === undefined || isNoValue(given)) return { arn: made, isMade: true };
  const choice = ifOf(given);
  if (choice === undefined) return { arn: given, isMade: false };
  const [condition, then, otherwise] = choice;
  if (isNoValue(then)) return { arn: { "Fn::If": [condition, made, otherwise] }, isMade: true, condition };
  // There is no name for the opposite of a condition: the role is made in any case.
  if (isNoValue(otherwise)) return { arn: { "Fn::If": [condition, then, made] }, isMade: true };
  return { arn: given, isMade: false };
}

function capacityProvider(given: Json): Json {
  if (!isJsonObject(given) || isIntrinsic(given)) return given;
  const { Arn: arn, ...others } = given;
  return { LambdaManagedInstancesCapacityProviderConfig: { ...(arn === undefined ? {} : { CapacityProviderArn: arn }), ...others } };
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
    given.DurableConfig === undefined
      ? "service-role/AWSLambdaBasicExecutionRole"
      : "service-role/AWSLambdaBasicDurableExecutionRolePolicy",
  ];
  if (isTraced(context, given)) names.push("AWSXrayWriteOnlyAccess");
  if (given.VpcConfig !== undefined) names.push("service-role/AWSLambdaVPCAccessExecutionRole");
  return names.map((name) => `arn:${context.partition}:iam::aws:policy/${name}`);
}

export function resolvedText(context: SamContext, value: Json, property: string): string {
  const resolved = resolveParameters(context, value);
  return typeof resolved === "string" ? resolved : fail(`${property} must be text or a Ref to a parameter.`);
}

function codeOf(context: SamContext, resource: SamResource): JsonObject {
  const { properties: given } = resource;
  if (given.PackageType === "Image") {
    if (given.ImageUri !== undefined) return { ImageUri: given.ImageUri };
    if (resource.attributes.Metadata !== undefined && context.options.localCode === "keep") return { ContrailLocalPath: "." };
    fail("A function of PackageType Image needs ImageUri.");
  }
  if (given.InlineCode !== undefined) return { ZipFile: given.InlineCode };
  const location = locationOf(
    context,
    given.CodeUri ?? (context.options.localCode === "keep" ? "." : fail("CodeUri or InlineCode must be set.")),
    "CodeUri",
    {
      bucket: "S3Bucket",
      key: "S3Key",
      version: "S3ObjectVersion",
    },
  );
  return given.SourceKMSKeyArn === undefined ? location : { ...location, SourceKMSKeyArn: given.SourceKMSKeyArn };
}

/** Where code, a layer or a document lies: `s3://bucket/key?versionId=v`, `{Bucket, Key, Version}`, or a local path. */
export function locationOf(
  context: SamContext,
  uri: Json,
  property: string,
  names: { readonly bucket: string; readonly key: string; readonly version: string },
): JsonObject {
  if (isJsonObject(uri)) {
    if (uri.Bucket === undefined || uri.Key === undefined) {
      if (isIntrinsic(uri)) {
        const resolved = resolveParameters(context, uri);
        if (typeof resolved === "string") return locationOf(context, resolved, property, names);
      }
      fail(`${property} needs Bucket and Key.`);
    }
    return { [names.bucket]: uri.Bucket, [names.key]: uri.Key, ...(uri.Version === undefined ? {} : { [names.version]: uri.Version }) };
  }
  if (typeof uri !== "string") fail(`${property} must be a path, an S3 URI, or a map with Bucket and Key.`);
  const match = /^s3:\/\/([^/]+)\/([^?]+)(?:\?(.*))?$/.exec(uri);
  if (match === null) {
    if (context.options.localCode === "keep") return { ContrailLocalPath: uri };
    fail(`${property} is not a valid S3 Uri of the form "s3://bucket/key" with optional versionId query parameter.`);
  }
  const version = new URLSearchParams(match[3] ?? "").get("versionId");
  return { [names.bucket]: match[1] ?? "", [names.key]: match[2] ?? "", ...(version === null ? {} : { [names.version]: version }) };
}

function emitVersionAndAlias(
  context: SamContext,
  resource: SamResource,
  alias: string,
  code: JsonObject,
  own: Record<string, Json | undefined>,
): string {
  const { id, properties: given, passedOn } = resource;
  const codeHash =
    given.AutoPublishCodeSha256 === undefined ? undefined : resolvedText(context, given.AutoPublishCodeSha256, "AutoPublishCodeSha256");
  let hashed: JsonObject;
  if (given.AutoPublishAliasAllProperties === true) {
    hashed = Object.fromEntries(Object.entries(own).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    if (given.Role === undefined) delete hashed.Role;
    Object.assign(hashed, publishedLayers(context, given.Layers));
  } else {
    hashed = { ...mapOf(resolveParameters(context, code)), ...mapOf(given.Environment) };
    if (given.MemorySize !== undefined) hashed.MemorySize = given.MemorySize;
    const snapStart = mapOf(given.SnapStart);
    if (snapStart.ApplyOn !== undefined && snapStart.ApplyOn !== "None") hashed.SnapStart = snapStart;
  }
  const versionId = `${id}Version${(codeHash ?? sha1(canonicalJson(hashed))).slice(0, 10)}`;
  const deletion =
    given.VersionDeletionPolicy === undefined ? {} : { DeletionPolicy: resolveParameters(context, given.VersionDeletionPolicy) };
  emit(
    context,
    id,
    versionId,
    "AWS::Lambda::Version",
    { FunctionName: ref(id), Description: given.VersionDescription, FunctionScalingConfig: given.FunctionScalingConfig },
    { DeletionPolicy: "Retain", ...passedOn, ...deletion },
  );
  const updatePolicy = emitDeploymentPreference(context, resource);
  const aliasId = `${id}Alias${alias.replace(/[^A-Za-z0-9]/g, "")}`;
  emit(
    context,
    id,
    aliasId,
    "AWS::Lambda::Alias",
    {
      Name: alias,
      FunctionName: ref(id),
      FunctionVersion: getAtt(versionId, "Version"),
      ProvisionedConcurrencyConfig: given.ProvisionedConcurrencyConfig,
    },
    { ...passedOn, ...(updatePolicy === undefined ? {} : { UpdatePolicy: updatePolicy }) },
  );
  context.referable.set(`${id}.Version`, versionId);
  context.referable.set(`${id}.Alias`, aliasId);
  return aliasId;
}

/** Layers in the template that want a new function version when they change. */
function publishedLayers(context: SamContext, layers: Json | undefined): JsonObject {
  const found: JsonObject = {};
  for (const layer of Array.isArray(layers) ? layers : []) {
    const id = refId(layer);
    const properties = id === undefined ? {} : mapOf(mapOf(context.resources[id]).Properties);
    if (id !== undefined && properties.PublishLambdaVersion === true) found[id] = properties;
  }
  return found;
}

function emitUrl(context: SamContext, resource: SamResource, config: JsonObject, aliasId: string | undefined): void {
  const { id, passedOn } = resource;
  const target = aliasId === undefined ? ref(id) : ref(aliasId);
  if (!isIntrinsic(config) && !isIntrinsic(config.AuthType) && config.AuthType !== "AWS_IAM" && config.AuthType !== "NONE") {
    fail("FunctionUrlConfig needs AuthType: AWS_IAM or NONE.");
  }
  emit(
    context,
    id,
    `${id}Url`,
    "AWS::Lambda::Url",
    { AuthType: config.AuthType, Cors: config.Cors, InvokeMode: config.InvokeMode, TargetFunctionArn: target },
    passedOn,
  );
  context.referable.set(`${id}.Url`, `${id}Url`);
  if (config.AuthType !== "NONE") return;
  emit(
    context,
    id,
    `${id}UrlPublicPermissions`,
    "AWS::Lambda::Permission",
    { Action: "lambda:InvokeFunctionUrl", FunctionName: target, Principal: "*", FunctionUrlAuthType: "NONE" },
    passedOn,
  );
  emit(
    context,
    id,
    `${id}URLInvokeAllowPublicAccess`,
    "AWS::Lambda::Permission",
    { Action: "lambda:InvokeFunction", FunctionName: target, Principal: "*", InvokedViaFunctionUrl: true },
    passedOn,
  );
}
