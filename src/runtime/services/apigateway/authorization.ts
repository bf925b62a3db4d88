import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import type { Call } from "../../kernel/service.ts";
import { explain, messageAnswer } from "./answers.ts";

/** Whether the request carries a SigV4 signature; it is read, not checked. */
export function isSigned(request: HttpRequest): boolean {
  return (
    request.rawQuery.includes("X-Amz-Credential=") ||
    request.headers.some(([name, value]) => name === "authorization" && value.startsWith("AWS4-"))
  );
}

/** The answer where the design asks for something that does not run yet: better than an answer that pretends. */
export function unsupported(call: Call, what: string): HttpResponse {
  const message = `${what} are not run locally yet.`;
  explain(call, "NotRunLocally", message);
  return messageAnswer(501, message);
}
