import type { DescribeConnectionRequest, DescribeConnectionResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { describeAuthorization, describeConnection as describe } from "../http/describe.ts";
import { given } from "../names.ts";

export function describeConnection(events: Events, input: DescribeConnectionRequest, call: Call): DescribeConnectionResponse {
  const connection = events.connections.get(call.region, given(input.Name, "name"));
  return {
    ...describe(connection),
    Name: connection.name,
    ...(connection.description !== undefined && { Description: connection.description }),
    AuthorizationType: connection.authorization.type,
    ...(connection.stateReason !== undefined && { StateReason: connection.stateReason }),
    SecretArn: connection.secretArn,
    AuthParameters: describeAuthorization(connection),
  };
}
