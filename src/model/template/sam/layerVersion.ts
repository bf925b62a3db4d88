// AWS::Serverless::LayerVersion → AWS::Lambda::LayerVersion under a logical ID that changes with its content, so that each
// change publishes a new version and the old one stays.
import type { JsonObject } from "../../json.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { locationOf } from "./function.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, entryOf, mapOf } from "./json.ts";

const retentions: Readonly<Record<string, string>> = { retain: "Retain", delete: "Delete" };

export function transformLayerVersion(context: SamContext, resource: SamResource): void {
  const { id, properties } = resource;
  const given: JsonObject = { ...properties };
  for (const name of ["LayerName", "LicenseInfo", "Description"]) {
    const value = given[name];
    if (value !== undefined) given[name] = resolveParameters(context, value);
  }
  if (given.ContentUri === undefined && context.options.localCode === "reject") fail("ContentUri must be set.");
  const retention = given.RetentionPolicy === undefined ? undefined : resolveParameters(context, given.RetentionPolicy);
  const policy = entryOf(retentions, String(retention).toLowerCase());
  if (retention !== undefined && policy === undefined) fail("RetentionPolicy must be Retain or Delete.");
  const { DeletionPolicy: deletion, ...others } = resource.passedOn;
  const hashed: JsonObject = {
    [id]: {
      Type: resource.type,
      Properties: given,
      ...(others.Condition === undefined ? {} : { Condition: others.Condition }),
      ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }),
    },
  };
  const layerId = `${id}${sha1(canonicalJson(hashed)).slice(0, 10)}`;
  emit(
    context,
    id,
    layerId,
    "AWS::Lambda::LayerVersion",
    {
      LayerName: given.LayerName ?? id,
      Description: given.Description,
      Content: locationOf(context, given.ContentUri ?? ".", "ContentUri", { bucket: "S3Bucket", key: "S3Key", version: "S3ObjectVersion" }),
      CompatibleArchitectures: given.CompatibleArchitectures,
      CompatibleRuntimes: given.CompatibleRuntimes,
      LicenseInfo: given.LicenseInfo,
    },
    {
      ...others,
      DeletionPolicy: policy ?? deletion ?? "Retain",
      ...(resource.attributes.Metadata === undefined ? {} : { Metadata: mapOf(resource.attributes.Metadata) }),
      ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }),
    },
  );
  context.referable.set(id, layerId);
}
