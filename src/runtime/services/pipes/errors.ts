import { AwsError } from "../../kernel/awsError.ts";

// EventBridge Pipes' errors in AWS's words.

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function notFound(name: string): AwsError {
  return new AwsError("NotFoundException", `Pipe ${name} does not exist.`, { status: 404 });
}

export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, { status: 409 });
}

/** `1 validation error detected: Value '…' at '…' failed to satisfy constraint: …` */
export function constraint(value: unknown, member: string, rule: string): AwsError {
  const shown = value === undefined || value === null ? "null" : `'${String(value)}'`;
  return validation(`1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${rule}`);
}

export function checkName(name: string | undefined): string {
  if (name === undefined) throw constraint(name, "name", "Member must not be null");
  if (name.length === 0) throw constraint(name, "name", "Member must have length greater than or equal to 1");
  if (name.length > 64) throw constraint(name, "name", "Member must have length less than or equal to 64");
  if (!/^[.\-_A-Za-z0-9]+$/.test(name))
    throw constraint(name, "name", "Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
  return name;
}
