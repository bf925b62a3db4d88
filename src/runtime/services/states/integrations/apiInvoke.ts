// `apigateway:invoke`: a request to a stage of an API, through the same door as any client's.
// https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
import { STATUS_CODES } from "node:http";
import type { HttpResponse } from "../../../../model/http.ts";
import { isArrayValue, isObjectValue, readValue, writeValue, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import { ExecutionFailure } from "../run/failure.ts";
import type { TaskWork } from "../run/task.ts";

export async function invokeApi(work: TaskWork, input: ObjectValue): Promise<Value> {
  const { host, path } = addressOf(input, work.visit.run.record.region);
  const body = input["RequestBody"];
  const hasBody = body !== undefined && body !== null;
  const response = await work.visit.call.http({
    method: textOf(input, "Method") ?? "GET",
    host,
    path,
    rawQuery: pairsOf(input["QueryParameters"])
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join("&"),
    headers: [
      ["host", host],
      ["user-agent", "AWS-StepFunctions"],
      ...(hasBody ? ([["content-type", "application/json"]] as const) : []),
      ...pairsOf(input["Headers"]).map(([name, value]) => [name.toLowerCase(), value] as const),
    ],
    body: Buffer.from(hasBody ? writeValue(body) : ""),
    sourceIp: "127.0.0.1",
    protocol: "https",
  });
  const text = Buffer.from(response.body).toString("utf8");
  if (response.status >= 400) throw new ExecutionFailure(`ApiGateway.${response.status}`, text);
  return {
    Headers: headersOf(response, work),
    ResponseBody: bodyOf(text),
    StatusCode: response.status,
    StatusText: STATUS_CODES[response.status] ?? "",
  };
}

/** The endpoint as a host; with a scheme; or as older local emulators have it, with the API in the path. */
function addressOf(input: ObjectValue, region: string): { readonly host: string; readonly path: string } {
  const endpoint = textOf(input, "ApiEndpoint") ?? "";
  const { hostname, pathname } = new URL(/^https?:\/\//.test(endpoint) ? endpoint : `https://${endpoint}`);
  const [, id] = /^\/restapis\/([^/]+)/.exec(pathname) ?? [];
  const parts = [textOf(input, "Stage"), textOf(input, "Path")]
    .map((part) => part?.replace(/^\//, ""))
    .filter((part) => part !== undefined);
  return {
    host: id === undefined ? hostname : `${id}.execute-api.${region}.amazonaws.com`,
    path: `/${parts.filter((part) => part !== "").join("/")}`,
  };
}

function textOf(input: ObjectValue, member: string): string | undefined {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
}

function pairsOf(value: Value | undefined): (readonly [string, string])[] {
  if (!isObjectValue(value)) return [];
  return Object.entries(value).flatMap(([name, values]) =>
    isArrayValue(values) ? values.map((each) => [name, typeof each === "string" ? each : writeValue(each)] as const) : [],
  );
}

/** What is not JSON stays text. */
function bodyOf(text: string): Value {
  try {
    return readValue(text);
  } catch {
    return text;
  }
}

/** Headers of an edge-optimized endpoint's answer, by their names, each with all its values. */
function headersOf({ headers, body }: HttpResponse, work: TaskWork): ObjectValue {
  const { sources } = work.visit.run;
  const found = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const known = namesAsSent[name.toLowerCase()] ?? name;
    found.set(known, [...(found.get(known) ?? []), value]);
  }
  const id = sources.uuid();
  const added = {
    Connection: "keep-alive",
    "Content-Length": String(body.byteLength),
    Date: new Date(sources.now()).toUTCString(),
    Via: `1.1 ${id.replaceAll("-", "")}.cloudfront.net (CloudFront)`,
    "X-Amz-Cf-Id": Buffer.from(id).toString("base64url"),
    "X-Amz-Cf-Pop": "IAD12-P1",
    "X-Cache": "Miss from cloudfront",
    "x-amz-apigw-id": id.slice(0, 16),
    "x-amzn-RequestId": id,
    "X-Amzn-Trace-Id": `Root=${work.visit.call.span.traceId}`,
  };
  for (const [name, value] of Object.entries(added)) if (!found.has(name)) found.set(name, [value]);
  return Object.fromEntries([...found].toSorted(([one], [other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)));
}

const namesAsSent: Readonly<Record<string, string>> = {
  connection: "Connection",
  "content-length": "Content-Length",
  "content-type": "Content-Type",
  date: "Date",
  "x-amzn-requestid": "x-amzn-RequestId",
  "x-amzn-trace-id": "X-Amzn-Trace-Id",
  "x-amz-apigw-id": "x-amz-apigw-id",
};
