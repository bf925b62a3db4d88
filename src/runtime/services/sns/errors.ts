import { AwsError } from "../../kernel/awsError.ts";

// Words as AWS answers them: https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html

export function invalidParameter(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}

/** Message attributes have an error of their own; the query protocol calls it ParameterValueInvalid. */
export function invalidAttribute(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}

export function topicNotFound(): AwsError {
  return new AwsError("NotFound", "Topic does not exist", { status: 404 });
}

export function subscriptionNotFound(): AwsError {
  return new AwsError("NotFound", "Subscription does not exist", { status: 404 });
}

export function missing(member: string): AwsError {
  return new AwsError(
    "ValidationError",
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}
