// AWS::Serverless::LayerVersion → AWS::Lambda::LayerVersion under a logical ID that changes with its content, so that each
// change publishes a new version and the old one stays.
import type { Json, JsonObject } from "../../json.ts";
import { codeNames, locationOf } from "./codeLocation.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, entryOf, isIntrinsic, isSet } from "./json.ts";
import { words } from "../../words.ts";

const retentions: Readonly<Record<string, string>> = { retain: "Retain", delete: "Delete" };

export function transformLayerVersion(context: SamContext, resource: SamResource): void {
  const { id, properties, attributes } = resource;
  const given: JsonObject = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
  for (const name of ["LayerName", "LicenseInfo", "Description", "RetentionPolicy"]) {
    const value = given[name];
    // A Ref to a parameter: other functions stay, with what they hold.
    if (value !== undefined) given[name] = resolveParameters(context, value);
  }
  checkArchitectures(given.CompatibleArchitectures);
  const { DeletionPolicy: deletion, ...passedOn } = resource.passedOn;
  const { DeletionPolicy: _deletion, UpdateReplacePolicy: _replace, Metadata: metadata, ...hashedAttributes } = attributes;
  const layerId = `${id}${sha1(canonicalJson({ [id]: { Type: resource.type, ...dependsOn(resource), ...hashedAttributes, Properties: given } })).slice(0, 10)}`;
  emit(
    context,
    id,
    layerId,
    "AWS::Lambda::LayerVersion",
    {
      LayerName: isSet(given.LayerName) ? given.LayerName : id,
      Description: given.Description,
      Content: locationOf(context, given.ContentUri ?? ".", "ContentUri", codeNames),
      CompatibleArchitectures: given.CompatibleArchitectures,
      CompatibleRuntimes: given.CompatibleRuntimes,
      LicenseInfo: given.LicenseInfo,
    },
    {
      ...passedOn,
      DeletionPolicy: retentionOf(given.RetentionPolicy) ?? deletion ?? "Retain",
      // How to build it is for those who run it here; AWS's transform drops it.
      ...(metadata === undefined || context.options.localCode === "reject" ? {} : { Metadata: metadata }),
      ...dependsOn(resource),
    },
  );
  context.referable.set(id, layerId);
}

function dependsOn(resource: SamResource): JsonObject {
  return isSet(resource.dependsOn) ? { DependsOn: resource.dependsOn } : {};
}

function retentionOf(given: Json | undefined): string | undefined {
  if (given === undefined) return undefined;
  const retention = typeof given === "string" ? entryOf(retentions, given.toLowerCase()) : undefined;
  return retention ?? fail(words("{{property}} should be Retain or Delete.", { property: "RetentionPolicy" }));
}

function checkArchitectures(given: Json | undefined): void {
  if (!Array.isArray(given)) return;
  for (const each of given) {
    if (!isIntrinsic(each) && each !== "arm64" && each !== "x86_64")
      fail(words("{{property}} should be a list of x86_64 and arm64.", { property: "CompatibleArchitectures" }));
  }
}
