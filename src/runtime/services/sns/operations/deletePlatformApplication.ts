import type { DeletePlatformApplicationInput } from "@aws-sdk/client-sns";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";

/** With its endpoints; one that is gone already is no error. */
export function deletePlatformApplication(sns: Sns, input: DeletePlatformApplicationInput): void {
  const arn = input.PlatformApplicationArn;
  if (arn === undefined) throw missing("platformApplicationArn");
  sns.transact(() => sns.mobile.deleteApplication(arn));
}
