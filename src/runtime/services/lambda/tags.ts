import { invalidParameter } from "./errors.ts";
import type { Functions } from "./functions.ts";
import type { FunctionRecord } from "./function.ts";
import { parseFunctionName } from "./naming.ts";

/** The function that a tagging operation's ARN names. */
export function taggedFunction(functions: Functions, arn: string | undefined, region: string): FunctionRecord {
  const given = parseFunctionName(arn);
  if (given.qualifier !== undefined)
    throw invalidParameter("Tags on function aliases and versions are not supported. Please specify a function ARN.");
  return functions.store.get(given, region);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  if (Object.keys(tags).length > 50) throw invalidParameter("Number of tags exceeds resource tag limit.");
}
