import type { SetPlatformApplicationAttributesInput } from "@aws-sdk/client-sns";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";

export function setPlatformApplicationAttributes(sns: Sns, input: SetPlatformApplicationAttributesInput): void {
  const application = sns.mobile.getApplication(input.PlatformApplicationArn);
  if (input.Attributes === undefined) throw missing("attributes");
  sns.mobile.saveApplication({ ...application, attributes: { ...application.attributes, ...input.Attributes } });
}
