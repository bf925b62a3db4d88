import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { BuildProperties } from "../function.ts";

/**
 * SAM's Metadata for esbuild. Packages stay outside whatever External says: the project's node_modules are there.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-using-build-typescript.html
 */
export function buildPropertiesOf(metadata: JsonObject): BuildProperties {
  const given = metadata["BuildMethod"] === "esbuild" && isJsonObject(metadata["BuildProperties"]) ? metadata["BuildProperties"] : {};
  const format = given["Format"];
  const banner = isJsonObject(given["Banner"]) ? stringsOf(given["Banner"]) : {};
  return {
    entryPoints: listOf(given["EntryPoints"]),
    ...((format === "cjs" || format === "esm") && { format }),
    ...(typeof given["Target"] === "string" && /^(?:node|es)\d/i.test(given["Target"]) && { target: given["Target"].toLowerCase() }),
    external: listOf(given["External"]),
    define: isJsonObject(given["Define"]) ? stringsOf(given["Define"]) : pairsOf(given["Define"]),
    loader: isJsonObject(given["Loader"]) ? stringsOf(given["Loader"]) : pairsOf(given["Loader"]),
    mainFields: typeof given["MainFields"] === "string" ? given["MainFields"].split(",") : listOf(given["MainFields"]),
    banner,
  };
}

function listOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
}

/** `[".html=text"]` → `{".html": "text"}` */
function pairsOf(value: Json | undefined): Record<string, string> {
  return Object.fromEntries(listOf(value).map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

function stringsOf(value: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}
