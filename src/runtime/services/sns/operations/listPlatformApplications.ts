import type { ListPlatformApplicationsInput, ListPlatformApplicationsResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { pageOf } from "../paging.ts";
import type { Sns } from "../sns.ts";

export function listPlatformApplications(sns: Sns, input: ListPlatformApplicationsInput, call: Call): ListPlatformApplicationsResponse {
  const { page, next } = pageOf(sns.mobile.applications(call.region, call.accountId), ({ arn }) => arn, input.NextToken);
  return {
    PlatformApplications: page.map(({ arn, attributes }) => ({ PlatformApplicationArn: arn, Attributes: attributes })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}
