// OpenAPI documents that lie beside the template: read when running here, where nothing has put them on S3 before.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { documentNames, locationOf } from "./codeLocation.ts";
import { fail } from "./context.ts";
import type { SamContext } from "./context.ts";
import { words } from "../../words.ts";

/** Body, or where it lies, of an API that names its document with DefinitionUri. */
export function bodyOf(context: SamContext, properties: JsonObject): { readonly Body?: Json; readonly BodyS3Location?: Json } {
  const { DefinitionUri: uri } = properties;
  if (uri === undefined) return {};
  const isLocal = typeof uri === "string" && !uri.startsWith("s3://");
  const { readDocument } = context.options;
  if (!isLocal || context.options.localCode === "reject" || readDocument === undefined) {
    return { BodyS3Location: locationOf(context, uri, "DefinitionUri", documentNames) };
  }
  const document = readDocument(uri);
  return isJsonObject(document)
    ? { Body: document }
    : fail(words("{{uri}} is not in the project's folder, or is no OpenAPI document.", { uri }), "sam.document");
}
