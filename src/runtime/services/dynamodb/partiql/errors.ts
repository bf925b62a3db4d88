import { AwsError } from "../../../kernel/awsError.ts";
import { invalid } from "../errors.ts";

export function notWellFormed(detail: string): AwsError {
  return invalid(`Statement wasn't well formed, can't be processed: ${detail}`);
}

export function keyMissing(): AwsError {
  return invalid("Where clause does not contain a mandatory equality on all key attributes");
}

/** As the errors of single statements are called in an answer: `ConditionalCheckFailed`, `ValidationError`. */
export function statementErrorCode(error: AwsError): string {
  return error.code === "ValidationException" ? "ValidationError" : error.code.replace(/Exception$/, "");
}
