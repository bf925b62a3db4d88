import type { HttpResponse } from "../../../../model/http.ts";
import type { RestApi } from "../apis.ts";

/** What a REST API answers itself, by response type, each of which the design may shape (GatewayResponses). */
const defaults = {
  ACCESS_DENIED: { status: 403, error: "ForbiddenException", message: "Forbidden" },
  BAD_REQUEST_PARAMETERS: { status: 400, error: "BadRequestException", message: "Bad Request" },
  INTEGRATION_FAILURE: { status: 502, error: "InternalServerErrorException", message: "Internal server error" },
  INTEGRATION_TIMEOUT: { status: 504, error: "InternalServerErrorException", message: "Endpoint request timed out" },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, error: "MissingAuthenticationTokenException", message: "Missing Authentication Token" },
  REQUEST_TOO_LARGE: { status: 413, error: "RequestEntityTooLargeException", message: "Request Too Long" },
  THROTTLED: { status: 429, error: "TooManyRequestsException", message: "Too Many Requests" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, error: "BadRequestException", message: "Unsupported Media Type" },
} as const;

export type GatewayResponseType = keyof typeof defaults;

export function gatewayResponse(api: RestApi, type: GatewayResponseType, requestId: string): HttpResponse {
  const { status: defaultStatus, error, message } = defaults[type];
  const shaped = api.gatewayResponses[type] ?? api.gatewayResponses[defaultStatus < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"];
  const template = shaped?.templates["application/json"];
  const text = template === undefined ? JSON.stringify({ message }) : filled(template, { message, type, requestId });
  const headers: [string, string][] = Object.entries(shaped?.parameters ?? {}).flatMap(([name, value]): [string, string][] => {
    const header = /^gatewayresponse\.header\.(.+)$/i.exec(name)?.[1];
    const literal = /^'(.*)'$/.exec(value)?.[1];
    return header !== undefined && literal !== undefined ? [[header.toLowerCase(), literal]] : [];
  });
  return {
    status: shaped?.status ?? defaultStatus,
    headers: [["content-type", "application/json"], ["x-amzn-errortype", error], ...headers],
    body: Buffer.from(text),
  };
}

/** The variables that such templates may use; others stay empty, as in API Gateway. */
function filled(template: string, context: { readonly message: string; readonly type: string; readonly requestId: string }): string {
  return template.replace(/\$context\.([\w.]+)/g, (_whole, name: string) => {
    if (name === "error.messageString") return JSON.stringify(context.message);
    if (name === "error.message") return context.message;
    if (name === "error.responseType") return context.type;
    return name === "requestId" || name === "extendedRequestId" ? context.requestId : "";
  });
}
