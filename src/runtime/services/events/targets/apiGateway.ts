import { readArn } from "../../../../model/eventBridge/targetCall.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Delivery } from "../deliveries.ts";
import type { Events } from "../events.ts";
import { sendTo } from "../http/sendTo.ts";
import { checkAnswer, filledPath } from "./httpAnswer.ts";

/** A stage of a REST API: `arn:aws:execute-api:us-east-1:123456789012:abc123/Prod/POST/orders/*`. */
export async function callApi(_events: Events, { target, input }: Delivery, call: Call): Promise<unknown> {
  const { region = call.region, resource = "" } = readArn(target.Arn) ?? {};
  const [api = "", stage = "", method = "POST", ...path] = resource.split("/");
  const { PathParameterValues: values, HeaderParameters: headers = {}, QueryStringParameters: query = {} } = target.HttpParameters ?? {};
  const url = new URL(`https://${api}.execute-api.${region}.amazonaws.com/${stage}/${filledPath(path.join("/"), values)}`);
  url.search = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
  const sent = {
    method,
    headers: [
      ["content-type", "application/json"] as const,
      ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
    ],
    body: Buffer.from(method === "GET" ? "" : input),
  };
  return checkAnswer(await sendTo(url, sent, call), url.href);
}
