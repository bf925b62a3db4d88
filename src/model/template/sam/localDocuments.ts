// OpenAPI documents that lie beside the template: read when running here, where nothing has put them on S3 before.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail } from "./context.ts";
import type { SamContext } from "./context.ts";
import { locationOf } from "./function.ts";
import { mapOf } from "./json.ts";

/** `Fn::Transform: AWS::Include` as the whole DefinitionBody: CloudFormation replaces it before SAM sees the template. */
export function includeDocuments(context: SamContext): void {
  for (const [id, resource] of Object.entries(context.resources)) {
    const { Type: type, Properties: properties } = mapOf(resource);
    if ((type !== "AWS::Serverless::Api" && type !== "AWS::Serverless::HttpApi") || !isJsonObject(properties)) continue;
    const include = mapOf(mapOf(properties.DefinitionBody)["Fn::Transform"]);
    const { Location: location } = mapOf(include.Parameters);
    if (include.Name !== "AWS::Include" || typeof location !== "string" || location.startsWith("s3://")) continue;
    const document = context.options.readDocument?.(location);
    if (isJsonObject(document)) properties.DefinitionBody = document;
    else if (context.options.readDocument) {
      const path = ["Resources", id, "Properties", "DefinitionBody"];
      context.findings.push({
        rule: "sam.document",
        severity: "error",
        message: `${id}: ${location} is not in the project's folder, or is no OpenAPI document.`,
        path,
      });
    }
  }
}

/** Body, or where it lies, of an API that names its document with DefinitionUri. */
export function bodyOf(context: SamContext, properties: JsonObject): { readonly Body?: Json; readonly BodyS3Location?: Json } {
  const { DefinitionUri: uri } = properties;
  if (uri === undefined) return {};
  const isLocal = typeof uri === "string" && !uri.startsWith("s3://");
  const { readDocument } = context.options;
  if (!isLocal || context.options.localCode === "reject" || readDocument === undefined) {
    return { BodyS3Location: locationOf(context, uri, "DefinitionUri", { bucket: "Bucket", key: "Key", version: "Version" }) };
  }
  const document = readDocument(uri);
  return isJsonObject(document)
    ? { Body: document }
    : fail(`${uri} is not in the project's folder, or is no OpenAPI document.`, "sam.document");
}
