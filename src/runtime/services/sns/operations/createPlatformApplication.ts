import type { CreatePlatformApplicationInput, CreatePlatformApplicationResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter, missing } from "../errors.ts";
import { platforms } from "../mobile/mobile.ts";
import type { Sns } from "../sns.ts";

/** Made again under its name it is the same one. Credentials are kept as given: nothing is sent with them. */
export function createPlatformApplication(sns: Sns, input: CreatePlatformApplicationInput, call: Call): CreatePlatformApplicationResponse {
  const { Name: name, Platform: platform } = input;
  if (name === undefined) throw missing("name");
  if (platform === undefined) throw missing("platform");
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name))
    throw invalidParameter("Name Reason: must contain only characters [a-zA-Z0-9-_.], 1 to 256 of them");
  if (!platforms.includes(platform)) throw invalidParameter(`Platform Reason: ${platform} is not supported`);
  const arn = `arn:aws:sns:${call.region}:${call.accountId}:app/${platform}/${name}`;
  sns.mobile.saveApplication({ arn, attributes: { Enabled: "true", ...sns.mobile.findApplication(arn)?.attributes, ...input.Attributes } });
  return { PlatformApplicationArn: arn };
}
