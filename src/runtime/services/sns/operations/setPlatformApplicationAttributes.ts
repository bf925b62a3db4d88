import type { SetPlatformApplicationAttributesInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";

export function setPlatformApplicationAttributes(sns: Sns, input: SetPlatformApplicationAttributesInput, call: Call): void {
  const application = sns.mobile.getApplication(input.PlatformApplicationArn, call.region);
  if (input.Attributes === undefined) throw missing("attributes");
  sns.mobile.saveApplication({ ...application, attributes: { ...application.attributes, ...input.Attributes } });
}
