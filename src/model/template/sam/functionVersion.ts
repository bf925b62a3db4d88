// AutoPublishAlias of a function: a version whose logical ID changes with what it holds, and the alias that points at it.
import type { Json, JsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { addDeployment } from "./deploymentPreference.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, getAtt, isSet, mapOf, namedId, ref, setOnly } from "./json.ts";
import { words } from "../../words.ts";

export interface AliasRequest {
  readonly name: string;
  /** Properties of the function, as Lambda gets them. */
  readonly own: Readonly<Record<string, Json | undefined>>;
  readonly codeHash: string | undefined;
}

/** Emits version and alias and returns the alias's logical ID. */
export function emitVersionAndAlias(context: SamContext, resource: SamResource, request: AliasRequest): string {
  const { id, properties: given, passedOn } = resource;
  const { name } = request;
  if (!/^(?![0-9]+$)[a-zA-Z0-9_-]+$/.test(name))
    fail(
      words("AutoPublishAlias {{name}} should have letters, digits, hyphens and underscores only, and be no number.", {
        name: JSON.stringify(name),
      }),
    );
  const versionId = `${id}Version${(request.codeHash ?? hashOf(context, resource, request.own)).slice(0, 10)}`;
  const isManagedInstance = given.CapacityProviderConfig !== undefined && given.CapacityProviderConfig !== null;
  const hasScaling = isManagedInstance && given.FunctionScalingConfig !== undefined;
  emit(
    context,
    id,
    versionId,
    "AWS::Lambda::Version",
    {
      FunctionName: ref(id),
      Description: given.VersionDescription,
      FunctionScalingConfig: hasScaling ? given.FunctionScalingConfig : undefined,
    },
    { DeletionPolicy: given.VersionDeletionPolicy ?? (isManagedInstance ? "Delete" : "Retain"), ...passedOn },
  );
  const aliasId = `${id}Alias${name.replaceAll("-", "D").replaceAll("_", "U")}`;
  const updatePolicy = addDeployment(context, resource);
  emit(
    context,
    id,
    aliasId,
    "AWS::Lambda::Alias",
    {
      Name: name,
      FunctionName: ref(id),
      FunctionVersion: getAtt(versionId, "Version"),
      ProvisionedConcurrencyConfig: setOnly(given.ProvisionedConcurrencyConfig),
    },
    { ...passedOn, ...(updatePolicy === undefined ? {} : { UpdatePolicy: updatePolicy }) },
  );
  return aliasId;
}

/** Of code and environment, or of all properties when AutoPublishAliasAllProperties says so. */
function hashOf(context: SamContext, resource: SamResource, own: AliasRequest["own"]): string {
  const { properties: given } = resource;
  let hashed: JsonObject = {};
  if (isSet(given.AutoPublishAliasAllProperties)) {
    for (const [name, value] of Object.entries(own)) if (value !== undefined && value !== null) hashed[name] = value;
    // The role that SAM makes is not there yet when AWS's transform hashes.
    if (given.Role === undefined || given.Role === null) delete hashed.Role;
    else hashed.Role = given.Role;
    Object.assign(hashed, publishedLayers(context, given.Layers));
  } else {
    hashed = { ...mapOf(own.Code), ...mapOf(own.Environment) };
    if (isSet(own.MemorySize)) hashed.MemorySize = own.MemorySize;
    const snapStart = mapOf(own.SnapStart);
    if ((snapStart.ApplyOn ?? "None") !== "None") hashed.SnapStart = snapStart;
  }
  return sha1(canonicalJson(hashed));
}

/** Layers in the template that want a new function version when they change. */
function publishedLayers(context: SamContext, layers: Json | undefined): JsonObject {
  const found: JsonObject = {};
  for (const layer of Array.isArray(layers) ? layers : []) {
    const id = namedId(layer);
    const properties = id === undefined ? {} : mapOf(mapOf(context.resources[id]).Properties);
    if (id !== undefined && isSet(properties.PublishLambdaVersion)) found[id] = properties;
  }
  return found;
}
