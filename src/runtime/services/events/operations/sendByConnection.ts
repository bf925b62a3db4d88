import type { HttpResponse } from "../../../../model/http.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { sendAuthorized, type GivenRequest } from "../http/authorizedRequest.ts";

/**
 * Not an operation of AWS's, and not to be had over the wire: what Step Functions' HTTP tasks and pipes do with a connection,
 * for which AWS lets them read its secret.
 */
export async function sendByConnection(
  events: Events,
  input: { readonly connectionArn: string; readonly request: GivenRequest },
  call: Call,
): Promise<HttpResponse | { readonly isTimedOut: true; readonly message: string }> {
  const connection = events.connections.findByArn(input.connectionArn);
  if (connection === undefined)
    throw new AwsError("ResourceNotFound", `The connection ${input.connectionArn} does not exist. Make it, or name another one.`, {
      status: 404,
    });
  try {
    return await sendAuthorized(events, connection, input.request, call);
  } catch (error) {
    if (error instanceof DOMException && error.name === "TimeoutError") return { isTimedOut: true, message: error.message };
    throw error;
  }
}
