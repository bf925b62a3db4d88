import type { ListEndpointsByPlatformApplicationInput, ListEndpointsByPlatformApplicationResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { pageOf } from "../paging.ts";
import type { Sns } from "../sns.ts";

export function listEndpointsByPlatformApplication(
  sns: Sns,
  input: ListEndpointsByPlatformApplicationInput,
  call: Call,
): ListEndpointsByPlatformApplicationResponse {
  const { arn: application } = sns.mobile.getApplication(input.PlatformApplicationArn, call.region);
  const { page, next } = pageOf(sns.mobile.endpoints(application), ({ arn }) => arn, input.NextToken);
  return {
    Endpoints: page.map(({ arn, attributes }) => ({ EndpointArn: arn, Attributes: attributes })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}
