// Where code, a layer or a document lies: on S3, in a registry, or in a folder beside the template.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { isIntrinsic, isSet } from "./json.ts";
import { words } from "../../words.ts";

interface LocationNames {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
}

export const codeNames: LocationNames = { bucket: "S3Bucket", key: "S3Key", version: "S3ObjectVersion" };
export const documentNames: LocationNames = { bucket: "Bucket", key: "Key", version: "Version" };

/** `s3://bucket/key?versionId=v`, `{Bucket, Key, Version}`, or a local path. */
export function locationOf(context: SamContext, uri: Json, property: string, names: LocationNames): JsonObject {
  if (isJsonObject(uri)) {
    if (!isSet(uri.Bucket) || !isSet(uri.Key)) {
      const resolved = isIntrinsic(uri) && context.options.localCode === "keep" ? resolveParameters(context, uri) : undefined;
      if (typeof resolved === "string") return locationOf(context, resolved, property, names);
      fail(words("{{property}} needs Bucket and Key.", { property }));
    }
    return { [names.bucket]: uri.Bucket, [names.key]: uri.Key, ...(uri.Version === undefined ? {} : { [names.version]: uri.Version }) };
  }
  if (typeof uri !== "string") fail(words("{{property}} should be a path, an S3 URI, or a map with Bucket and Key.", { property }));
  const match = /^s3:\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?/i.exec(uri);
  if (match === null) {
    if (context.options.localCode === "keep") return { ContrailLocalPath: uri };
    fail(words("{{property}} is not a valid S3 URI of the form s3://bucket/key, with ?versionId=… or without.", { property }));
  }
  const versions = new URLSearchParams(match[3] ?? "").getAll("versionId");
  const [version] = versions.length === 1 ? versions : [];
  return {
    [names.bucket]: match[1] ?? "",
    [names.key]: (match[2] ?? "").replace(/^\/+/, ""),
    ...(version === undefined || version === "" ? {} : { [names.version]: version }),
  };
}

export function codeOf(context: SamContext, resource: SamResource): JsonObject {
  const { properties: given } = resource;
  const isKept = context.options.localCode === "keep";
  const packageType = isSet(given.PackageType) ? given.PackageType : "Zip";
  if (packageType === "Image") {
    if (isSet(given.ImageUri)) return { ImageUri: given.ImageUri };
    // `sam build` makes the image from what the metadata says.
    if (isKept && resource.attributes.Metadata !== undefined) return { ContrailLocalPath: "." };
    fail(words("a function of PackageType Image needs ImageUri."));
  }
  if (packageType !== "Zip") fail(words("{{property}} should be Zip or Image.", { property: "PackageType" }));
  let code: JsonObject;
  if (given.InlineCode !== undefined && given.InlineCode !== null) code = { ZipFile: given.InlineCode };
  else if (given.CodeUri !== undefined && given.CodeUri !== null) code = locationOf(context, given.CodeUri, "CodeUri", codeNames);
  else if (isKept) code = locationOf(context, ".", "CodeUri", codeNames);
  else fail(words("CodeUri or InlineCode must be set."));
  return isSet(given.SourceKMSKeyArn) ? { ...code, SourceKMSKeyArn: given.SourceKMSKeyArn } : code;
}
