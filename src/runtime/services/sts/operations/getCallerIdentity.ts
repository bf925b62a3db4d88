import type { GetCallerIdentityResponse } from "@aws-sdk/client-sts";
import type { Call } from "../../../kernel/service.ts";

/** Everyone is the account's root: signatures are parsed, not checked. */
export function getCallerIdentity(call: Call): GetCallerIdentityResponse {
  return { UserId: call.accountId, Account: call.accountId, Arn: `arn:aws:iam::${call.accountId}:root` };
}
