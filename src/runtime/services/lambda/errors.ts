import { AwsError } from "../../kernel/awsError.ts";
import { NotRunLocally } from "../../kernel/notRunLocally.ts";

export function functionNotFound(arn: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, { status: 404, members: { Type: "User" } });
}

export function aliasNotFound(arn: string): AwsError {
  return resourceNotFound(`Cannot find alias arn: ${arn}`);
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, { status: 404, members: { Type: "User" } });
}

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, { status: 400, members: { Type: "User" } });
}

export function onlyFunctions(): AwsError {
  return invalidParameter(
    "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
  );
}

export function validation(value: unknown, member: string, constraint: string): AwsError {
  return new AwsError(
    "ValidationException",
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

export function conflict(message: string): AwsError {
  return new AwsError("ResourceConflictException", message, { status: 409, members: { Type: "User" } });
}

export function preconditionFailed(): AwsError {
  return new AwsError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    { status: 412, members: { Type: "User" } },
  );
}

export function throttled(reason: "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded"): AwsError {
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", {
    status: 429,
    members: { Reason: reason, Type: "User", retryAfterSeconds: undefined },
  });
}

export function notRunLocally(what: string): AwsError {
  return new NotRunLocally("InvalidParameterValueException", `Contrail does not run ${what} locally yet.`, {
    status: 400,
    members: { Type: "User" },
  });
}

export function recursive(): AwsError {
  return new AwsError(
    "RecursiveInvocationException",
    "Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function's invocation.",
    { status: 400, members: { Type: "User" } },
  );
}
