import type { Functions } from "./functions.ts";
import type { FunctionRecord } from "./function.ts";
import { parseFunctionName } from "./naming.ts";

/** The function that a tagging operation's ARN names. */
export function taggedFunction(functions: Functions, arn: string | undefined, region: string): FunctionRecord {
  return functions.store.get(parseFunctionName(arn), region);
}
