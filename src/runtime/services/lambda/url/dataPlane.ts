import type { InvocationResponse } from "@aws-sdk/client-lambda";
import { planeAddress } from "../../../../model/hosts.ts";
import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import { callerIn } from "../../../kernel/callerIn.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Address, Call, DataPlane } from "../../../kernel/service.ts";
import type { FunctionRecord, FunctionUrl } from "../function.ts";
import { functionArn, functionRef } from "../function.ts";
import type { Functions } from "../functions.ts";
import { corsHeaders, isPreflight } from "./cors.ts";
import { urlEvent } from "./event.ts";
import { urlResponse } from "./response.ts";

/** `<id>.lambda-url.<region>.on.aws` and its local forms: each request runs the function. */
export function functionUrlPlane(functions: Functions): DataPlane {
  const { kernel } = functions.service;
  return {
    matches: (host, path) => planeAddress(host, path)?.kind === "lambda-url",
    async handle(request, caller) {
      const address = planeAddress(request.host, request.path);
      const found = address === null ? undefined : functions.store.urlOf(address.id);
      if (address === null || found === undefined) return message(404, null);
      const { record, url } = found;
      const { name, region } = record.latest;
      const addressed: HttpRequest = { ...request, path: address.path };
      const target = kernel.resources.find("lambda", name, region) ?? functionRef(name, region);
      const here = callerIn(region, caller);
      return kernel.work<HttpResponse>(
        {
          kind: "request",
          service: "lambda",
          operation: `${request.method} ${address.path}`,
          target,
          input: addressed,
          async run(input: HttpRequest, call) {
            const response = await answer(record, url, input, call);
            call.status(response.status);
            return response;
          },
        },
        here,
      );
    },
  };
}

export function functionUrlAddresses(functions: Functions): readonly Address[] {
  const { resources } = functions.service.kernel;
  return functions.store.all().flatMap(({ latest, urls }) =>
    urls.map((url) => ({
      resource: resources.find("lambda", latest.name, latest.region) ?? functionRef(latest.name, latest.region),
      kind: "function-url" as const,
      host: `${url.urlId}.lambda-url.localhost`,
      path: "/",
    })),
  );
}

async function answer(record: FunctionRecord, url: FunctionUrl, request: HttpRequest, call: Call): Promise<HttpResponse> {
  const cors = url.cors === undefined ? undefined : (corsHeaders(url.cors, request) ?? []);
  if (cors !== undefined && isPreflight(request)) return { status: 200, headers: cors, body: new Uint8Array(0) };
  if (url.authType === "AWS_IAM" && !isSigned(request)) {
    return message(
      403,
      "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
      [["x-amzn-errortype", "AccessDeniedException"]],
    );
  }
  const response = await invoked(record, url, request, call);
  return cors === undefined
    ? response
    : { ...response, headers: [...response.headers.filter(([name]) => !name.startsWith("access-control-")), ...cors] };
}

async function invoked(record: FunctionRecord, url: FunctionUrl, request: HttpRequest, call: Call): Promise<HttpResponse> {
  const event = urlEvent(request, url.urlId, call.kernel.ids.uuid(), call.now());
  try {
    const output = await call.invoke<InvocationResponse>("lambda", "Invoke", {
      FunctionName: functionArn(record.latest, url.qualifier),
      Payload: Buffer.from(JSON.stringify(event)),
    });
    const response =
      output.FunctionError === undefined
        ? urlResponse(output.Payload ?? new Uint8Array(0), url.invokeMode === "RESPONSE_STREAM")
        : undefined;
    return response ?? { status: 502, headers: [["content-type", "application/json"]], body: Buffer.from("Internal Server Error") };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 429)
      return {
        status: 429,
        headers: [["content-type", "application/json"]],
        body: Buffer.from(JSON.stringify({ Reason: error.members["Reason"], Type: "User", message: error.message })),
      };
    return message(error.status >= 500 ? 502 : error.status, error.message);
  }
}

/** Signatures are read, not checked, here as everywhere. */
function isSigned(request: HttpRequest): boolean {
  return (
    request.headers.some(([name, value]) => name === "authorization" && value.startsWith("AWS4-")) ||
    /(?:^|&)X-Amz-Signature=/.test(request.rawQuery)
  );
}

function message(status: number, text: string | null, headers: readonly [string, string][] = []): HttpResponse {
  return { status, headers: [["content-type", "application/json"], ...headers], body: Buffer.from(JSON.stringify({ Message: text })) };
}
