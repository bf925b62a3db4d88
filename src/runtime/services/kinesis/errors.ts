import { AwsError } from "../../kernel/awsError.ts";

// Words as AWS answers them: https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html

export function invalidArgument(message: string): AwsError {
  return new AwsError("InvalidArgumentException", message);
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function streamNotFound(name: string, accountId: string): AwsError {
  return notFound(`Stream ${name} under account ${accountId} not found.`);
}

export function shardNotFound(shardId: string, streamName: string, accountId: string): AwsError {
  return notFound(`Could not find shard ${shardId} in stream ${streamName} under account ${accountId}.`);
}

export function inUse(message: string): AwsError {
  return new AwsError("ResourceInUseException", message);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededException", message);
}

/** What the service's schema refuses. */
export function validation(value: unknown, member: string, constraint: string): AwsError {
  return new AwsError(
    "ValidationException",
    `1 validation error detected: Value ${value === undefined ? "null" : `'${String(value)}'`} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

export function required<Value>(value: Value | undefined, member: string): Value {
  if (value === undefined) throw validation(undefined, member, "Member must not be null");
  return value;
}
