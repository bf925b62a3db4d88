import { AwsError } from "../../kernel/awsError.ts";

export interface FunctionName {
  readonly name: string;
  readonly qualifier?: string;
  /** From a full ARN; absent otherwise. */
  readonly region?: string;
  readonly accountId?: string;
}

const pattern =
  /^(?:arn:(?:aws[a-zA-Z-]*):lambda:(?<region>[a-z]{2}(?:-[a-z]+)+-\d):(?<account>\d{12}):)?(?:(?<partialAccount>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** A name, a partial ARN or a full ARN, each with or without a qualifier: what every operation takes as FunctionName. */
export function parseFunctionName(given: string | undefined, qualifier?: string): FunctionName {
  if (given === undefined || given === "") throw invalidName(given ?? "");
  const groups = pattern.exec(given)?.groups;
  const name = groups?.["name"];
  if (groups === undefined || name === undefined) throw invalidName(given);
  if (qualifier !== undefined && groups["qualifier"] !== undefined && groups["qualifier"] !== qualifier) {
    throw new AwsError(
      "InvalidParameterValueException",
      `The derived qualifier from the function name does not match the specified qualifier.`,
    );
  }
  const account = groups["account"] ?? groups["partialAccount"];
  return {
    name,
    ...((qualifier ?? groups["qualifier"]) !== undefined && { qualifier: qualifier ?? groups["qualifier"] }),
    ...(groups["region"] !== undefined && { region: groups["region"] }),
    ...(account !== undefined && { accountId: account }),
  };
}

function invalidName(given: string): AwsError {
  return new AwsError(
    "ValidationException",
    `1 validation error detected: Value '${given}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?(-iso([a-z])?)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
  );
}
