import type { AwsError } from "./awsError.ts";

/** Why a target did not take an event, as a dead letter tells it. */
export interface DeliveryFault {
  readonly code: string;
  readonly message: string;
  /** Missing rights and resources come back at no try: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
  readonly isRetried: boolean;
  readonly pauseMilliseconds?: number;
}

export function deliveryFaultOf(error: AwsError): DeliveryFault {
  const { code, message, status } = error;
  const pause = error.members["retryAfterMilliseconds"];
  const told = { message: `${code}: ${message}`, ...(typeof pause === "number" && { pauseMilliseconds: pause }) };
  if (code === "UnknownOperationException") return { ...told, code: "SDK_CLIENT_ERROR", isRetried: false };
  if (/NotFound|DoesNotExist|NonExistent|NoSuch/.test(code)) return { ...told, code: "NO_RESOURCE", isRetried: false };
  if (/AccessDenied|NotAuthorized|Unauthorized/.test(code)) return { ...told, code: "NO_PERMISSIONS", isRetried: false };
  if (status === 429 || /Throttl|TooManyRequests|LimitExceeded|ProvisionedThroughputExceeded/.test(code))
    return { ...told, code: "THROTTLING", isRetried: true };
  if (error.members["isRetried"] === true || status >= 500 || status === 408)
    return { ...told, code: "ERROR_FROM_TARGET", isRetried: true };
  return { ...told, code: error.members["isRetried"] === false ? "ERROR_FROM_TARGET" : "SDK_CLIENT_ERROR", isRetried: false };
}
