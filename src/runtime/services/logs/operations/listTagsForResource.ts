import type { ListTagsForResourceRequest, ListTagsForResourceResponse, ListTagsLogGroupRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../kernel/service.ts";
import type { Logs } from "../logs.ts";
import { taggedName } from "./tagResource.ts";

/** Also ListTagsLogGroup, its older form. */
export function listTagsForResource(
  logs: Logs,
  input: Partial<ListTagsForResourceRequest & ListTagsLogGroupRequest>,
  call: Call,
): ListTagsForResourceResponse {
  return { tags: { ...logs.groups.get(call.region, taggedName(input)).tags } };
}
