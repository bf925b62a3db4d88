import { AwsError } from "../../kernel/awsError.ts";

// EventBridge Scheduler's errors in AWS's words.

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, { status: 404 });
}

export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, { status: 409 });
}

/** A member that the checks before the operation have seen to be there. */
export function given<Value>(value: Value | undefined, member: string): Value {
  if (value === undefined)
    throw validation(`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  return value;
}
