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

/** `1 validation error detected: Value '…' at '…' failed to satisfy constraint: …` */
export function constraint(value: unknown, member: string, rule: string): AwsError {
  const shown = value === undefined || value === null ? "null" : `'${String(value)}'`;
  return validation(`1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${rule}`);
}

export function checkName(name: string | undefined, member: string): string {
  if (name === undefined) throw constraint(name, member, "Member must not be null");
  if (name.length === 0) throw constraint(name, member, "Member must have length greater than or equal to 1");
  if (name.length > 64) throw constraint(name, member, "Member must have length less than or equal to 64");
  if (!/^[0-9a-zA-Z\-_.]+$/.test(name)) throw constraint(name, member, "Member must satisfy regular expression pattern: ^[0-9a-zA-Z-_.]+$");
  return name;
}
