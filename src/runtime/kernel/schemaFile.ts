import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** One static schema of the AWS SDK: a tagged tuple, see NormalizedSchema. */
export type RawSchema = readonly [tag: number, namespace: string, name: string, ...rest: unknown[]];

// Not called `require`: the bundler gives each chunk a name of that kind already.
const packages = createRequire(import.meta.url);

/**
 * Reads the operations and errors that an SDK client's package describes, without loading the client: the package exports
 * no entry for its schemas and its ES files cannot be imported by plain Node (no extensions), while the whole client takes
 * twenty times as long. Of the file only imports and error registration, which clients need, are left out.
 */
export async function readSchemaFile(clientPackage: string): Promise<readonly RawSchema[]> {
  const path = packages.resolve(`${clientPackage}/package.json`).replace(/package\.json$/, "dist-es/schemas/schemas_0.js");
  const text = await readFile(path, "utf8");
  const exported = [...text.matchAll(/^export (?:var|const) (\w+\$) =/gm)].map((match) => match[1]);
  const body = text
    .replace(/^import [^;]*;$/gm, "")
    .replace(/^(?:const \w+_registry = |\w+_registry\.|export const errorTypeRegistries)[^;]*;$/gm, "")
    .replace(/^export (?=var|const)/gm, "");
  const schemas: unknown = new Function(`"use strict";${body}\nreturn [${exported.join(",")}];`)();
  if (!Array.isArray(schemas) || !schemas.every(isRawSchema)) {
    throw new Error(`${path} does not hold schemas in the expected form: the SDK's version has changed more than the gateway knows.`);
  }
  return schemas;
}

function isRawSchema(value: unknown): value is RawSchema {
  return Array.isArray(value) && typeof value[0] === "number" && typeof value[2] === "string";
}
