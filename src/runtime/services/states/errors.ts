import { AwsError } from "../../kernel/awsError.ts";

// Step Functions' errors in AWS's words.

export function invalidArn(why: string): AwsError {
  return new AwsError("InvalidArn", `Invalid Arn: '${why}'`);
}

export function invalidName(name: string): AwsError {
  return new AwsError("InvalidName", `Invalid Name: '${name}'`);
}

export function invalidToken(): AwsError {
  return new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
}

export function taskTimedOut(): AwsError {
  return new AwsError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
}

export function stateMachineDoesNotExist(arn: string): AwsError {
  return new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
}

export function executionDoesNotExist(arn: string): AwsError {
  return new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
}

export function activityDoesNotExist(arn: string): AwsError {
  return new AwsError("ActivityDoesNotExist", `Activity Does Not Exist: '${arn}'`);
}

export function resourceNotFound(arn?: string): AwsError {
  return arn === undefined
    ? new AwsError("ResourceNotFound", "Request references a resource that does not exist.")
    : new AwsError("ResourceNotFound", `Resource not found: '${arn}'`, { members: { resourceName: arn } });
}

export function typeNotSupported(): AwsError {
  return new AwsError("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
}

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** `1 validation error detected: Value '…' at '…' failed to satisfy constraint: …` */
export function constraint(value: unknown, member: string, rule: string): AwsError {
  return validation(`1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${rule}`);
}

export function missing(member: string): AwsError {
  return validation(`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);
}
