import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import type { RestIntegration } from "../apis.ts";
import { constantHeaders, usesVelocity } from "./mapping.ts";

/**
 * A MOCK integration whose templates are plain text, as SAM writes them for CORS: the request template gives the status,
 * which picks the response. A string says why it cannot be answered.
 */
export function mockResponse(
  integration: RestIntegration,
  request: HttpRequest,
): HttpResponse | "unsupported media type" | { readonly unsupported: string } {
  const contentType = (request.headers.find(([name]) => name === "content-type")?.[1] ?? "application/json").split(";")[0]?.trim() ?? "";
  const template = integration.requestTemplates[contentType] ?? integration.requestTemplates["application/json"];
  if (template === undefined) return "unsupported media type";
  if (usesVelocity(template)) return { unsupported: "Mapping templates with variables (VTL) of MOCK integrations" };
  const status = /"?statusCode"?\s*:\s*"?(\d{3})/.exec(template)?.[1] ?? "200";
  const response =
    integration.responses.find((one) => one.selectionPattern !== undefined && new RegExp(`^(?:${one.selectionPattern})$`).test(status)) ??
    integration.responses.find((one) => one.selectionPattern === undefined);
  if (!response)
    return { status: 500, headers: [["content-type", "application/json"]], body: Buffer.from('{"message": "Internal server error"}') };
  const body = response.responseTemplates["application/json"] ?? "";
  if (usesVelocity(body)) return { unsupported: "Mapping templates with variables (VTL) of MOCK integrations" };
  return { status: response.statusCode, headers: constantHeaders(response), body: Buffer.from(body) };
}
