// The definition of a template's state machine as text: written there, as JSON in a text, or in a file beside it.
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";
import { AwsError } from "../../../kernel/awsError.ts";
import { wholeBody } from "../../../kernel/streamedBody.ts";
import { NotRunLocally } from "../../../kernel/notRunLocally.ts";
import type { Call, StackResource } from "../../../kernel/service.ts";
import { object, text } from "./properties.ts";

export async function definitionText(resource: StackResource, call: Call): Promise<string> {
  const { properties } = resource;
  const written =
    text(properties["DefinitionString"]) ?? (properties["Definition"] === undefined ? undefined : JSON.stringify(properties["Definition"]));
  const found = written ?? (await storedText(resource, call));
  return substitute(found, object(properties["DefinitionSubstitutions"]) ?? {});
}

async function storedText(resource: StackResource, call: Call): Promise<string> {
  const given = resource.properties["DefinitionS3Location"];
  const location = object(given);
  const local = text(given) ?? text(location?.["ContrailLocalPath"]);
  if (local !== undefined) return fileText(path.resolve(resource.projectDirectory, local));
  const bucket = text(location?.["Bucket"]);
  const key = text(location?.["Key"]);
  if (bucket === undefined || key === undefined)
    throw new AwsError("ValidationError", `${resource.logicalId} needs one of DefinitionString, Definition and DefinitionS3Location.`);
  return asJson(await objectText(bucket, key, call), key);
}

/** What lies in a bucket of AWS keeps this state machine from running, not the rest of the design. */
async function objectText(bucket: string, key: string, call: Call): Promise<string> {
  try {
    const { Body: body } = await call.invoke<{ Body?: unknown }>("s3", "GetObject", { Bucket: bucket, Key: key });
    return (await wholeBody(body)).toString("utf8");
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new NotRunLocally(
      "ValidationError",
      `its definition is s3://${bucket}/${key}, which is not here. Put it into the template or a file beside it.`,
    );
  }
}

function fileText(file: string): string {
  try {
    return asJson(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw new AwsError(
      "ValidationError",
      `The definition ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** SAM takes YAML as well as JSON. */
function asJson(content: string, name: string): string {
  if (!/\.ya?ml$/.test(name)) return content;
  try {
    return JSON.stringify(parseYaml(content));
  } catch (error) {
    throw new AwsError(
      "ValidationError",
      `The definition ${name} is no valid YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** `${name}` stands for its substitution; one that has none stays, as in CloudFormation. Values are written as they stand inside a JSON text. */
function substitute(definition: string, substitutions: Readonly<Record<string, unknown>>): string {
  return definition.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const value = substitutions[name];
    if (value === undefined) return whole;
    return typeof value === "string" ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
  });
}
