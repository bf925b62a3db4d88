// An AWS integration with a function behind it: the function gets the body as its event, and its result is the body of the answer.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-lambda-non-proxy-integration.html
import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import type { Call } from "../../../kernel/service.ts";
import { explain, messageAnswer } from "../answers.ts";
import type { RestApi, RestIntegration } from "../apis.ts";
import { invokeFunction } from "../invokeFunction.ts";
import { isRecord } from "../records.ts";
import { gatewayResponse } from "./gatewayResponse.ts";
import { constantHeaders, usesVelocity } from "./mapping.ts";

interface Unsupported {
  /** What of it is not run here. */
  readonly unsupported: string;
}

const mappingTemplates: Unsupported = { unsupported: "Mapping templates with variables (VTL)" };

export async function lambdaIntegration(
  api: RestApi,
  integration: RestIntegration,
  arn: string,
  request: HttpRequest,
  call: Call,
  requestId: string,
): Promise<HttpResponse | Unsupported> {
  const event = eventOf(integration, request);
  if (event === "unsupported media type") return gatewayResponse(api, "UNSUPPORTED_MEDIA_TYPE", requestId);
  if ("unsupported" in event) return event;
  if (event.value === undefined) {
    explain(call, "BadRequest", "The body is no JSON, which the function's event would have to be.", "client");
    return messageAnswer(400, "Could not parse request body into json");
  }
  const invoked = await invokeFunction(call, arn, event.value, integration.timeoutMilliseconds);
  switch (invoked.type) {
    case "answered":
      return shaped(integration, invoked.payload, call);
    case "failed":
      // A function that throws has answered: its error is matched against the patterns of the responses.
      if (invoked.errorPayload !== undefined) return shaped(integration, invoked.errorPayload, call);
      explain(call, "IntegrationFailure", invoked.reason);
      return messageAnswer(500, "Internal server error");
    case "throttled":
      explain(call, "IntegrationThrottled", invoked.reason);
      return messageAnswer(500, "Internal server error");
    case "too large":
      explain(call, "RequestTooLarge", invoked.reason, "client");
      return gatewayResponse(api, "REQUEST_TOO_LARGE", requestId);
    case "timed out":
      explain(call, "IntegrationTimeout", `The function did not answer within ${integration.timeoutMilliseconds} ms.`);
      return gatewayResponse(api, "INTEGRATION_TIMEOUT", requestId);
  }
}

/** The text of the template for the body's content type; without one the body as it came, where the integration lets it pass. */
function eventOf(integration: RestIntegration, request: HttpRequest): { readonly value: unknown } | Unsupported | "unsupported media type" {
  const { requestTemplates, passthroughBehavior = "WHEN_NO_MATCH" } = integration;
  const contentType = request.headers.find(([name]) => name === "content-type")?.[1] ?? "application/json";
  const template = requestTemplates[contentType.split(";")[0]?.trim() ?? ""];
  if (template !== undefined) return usesVelocity(template) ? mappingTemplates : { value: parsed(template) };
  const hasTemplates = Object.keys(requestTemplates).length > 0;
  if (passthroughBehavior === "NEVER" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && hasTemplates)) return "unsupported media type";
  const text = Buffer.from(request.body).toString("utf8");
  return { value: text === "" ? {} : parsed(text) };
}

function shaped(integration: RestIntegration, payload: string, call: Call): HttpResponse | Unsupported {
  const result = parsed(payload);
  const message = isRecord(result) && typeof result["errorMessage"] === "string" ? result["errorMessage"] : undefined;
  const matching =
    message === undefined ? undefined : integration.responses.find(({ selectionPattern }) => matches(selectionPattern, message));
  const response =
    matching ?? integration.responses.find(({ selectionPattern }) => selectionPattern === undefined || selectionPattern === "");
  if (response === undefined) {
    explain(
      call,
      "ConfigurationError",
      "Execution failed due to configuration error: No match for output mapping and no default output mapping configured.",
    );
    return messageAnswer(500, "Internal server error");
  }
  const template = response.responseTemplates["application/json"];
  if (template !== undefined && usesVelocity(template)) return mappingTemplates;
  return { status: response.statusCode, headers: constantHeaders(response), body: Buffer.from(template || payload) };
}

function matches(pattern: string | undefined, message: string): boolean {
  if (pattern === undefined || pattern === "") return false;
  try {
    return new RegExp(`^(?:${pattern})$`, "s").test(message);
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
