// Local files of a template that a CDK app made: where it names them on S3, it also says where they lie beside it.
// https://docs.aws.amazon.com/cdk/v2/guide/assets.html#assets-cfn
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";

/** Paths by the key that a file would have on S3, relative to the template's folder. */
export type LocalAssets = Readonly<Record<string, string>>;

/** The property that takes an asset, where the metadata does not say. */
const assetProperties: Readonly<Record<string, string>> = {
  "AWS::Lambda::Function": "Code",
  "AWS::Lambda::LayerVersion": "Content",
  "AWS::CloudFormation::Stack": "TemplateURL",
};

/** The template with functions, layers and nested stacks taken from where they lie; a template without assets comes out as it went in. */
export function withLocalAssets(template: JsonObject, assets: LocalAssets = {}): JsonObject {
  const { Resources: resources } = template;
  if (!isJsonObject(resources)) return template;
  let isSame = true;
  const local: JsonObject = {};
  for (const [id, resource] of Object.entries(resources)) {
    local[id] = withLocalAsset(resource, assets);
    isSame &&= local[id] === resource;
  }
  return isSame ? template : { ...template, Resources: local };
}

function withLocalAsset(resource: Json, assets: LocalAssets): Json {
  if (!isJsonObject(resource)) return resource;
  const property = assetProperties[String(resource.Type)];
  const properties = resource.Properties;
  if (property === undefined || !isJsonObject(properties)) return resource;
  const path = namedPath(resource.Metadata, property) ?? assetAt(properties[property], assets);
  if (path === undefined) return resource;
  return { ...resource, Properties: { ...properties, [property]: property === "TemplateURL" ? path : { ContrailLocalPath: path } } };
}

/** Where the metadata says that a property's file lies. */
export function namedPath(metadata: Json | undefined, property: string): string | undefined {
  if (!isJsonObject(metadata)) return undefined;
  const path = metadata["aws:asset:path"];
  return typeof path === "string" && (metadata["aws:asset:property"] ?? property) === property ? path : undefined;
}

/** By its key, whatever bucket it would be in: keys are hashes of what they name. */
function assetAt(location: Json | undefined, assets: LocalAssets): string | undefined {
  const key = isJsonObject(location) ? (location.S3Key ?? keyIn(location)) : location;
  if (typeof key !== "string") return undefined;
  const name = key.slice(key.lastIndexOf("/") + 1);
  return Object.hasOwn(assets, key) ? assets[key] : Object.hasOwn(assets, name) ? assets[name] : undefined;
}

/** The last text of a URL that is put together: `Fn::Sub`, or the end of a `Fn::Join`. */
function keyIn(url: JsonObject): Json | undefined {
  const { "Fn::Sub": text, "Fn::Join": joined } = url;
  if (typeof text === "string") return text;
  const parts = Array.isArray(joined) ? joined[1] : undefined;
  return Array.isArray(parts) ? parts.at(-1) : undefined;
}
