// `http:invoke`: a request to an HTTP endpoint with the credentials of an EventBridge connection.
// https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
import { STATUS_CODES } from "node:http";
import type { HttpResponse } from "../../../../model/http.ts";
import { isArrayValue, isObjectValue, readValue, writeValue, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { ExecutionFailure } from "../run/failure.ts";
import type { TaskWork } from "../run/task.ts";

/** A task may take no longer, whatever its TimeoutSeconds. */
const timeoutMilliseconds = 60_000;
const mostResponseBytes = 262_144;

/** Headers that Step Functions sets itself, or keeps from tasks. */
const refusedHeaders =
  /^(?:authorization|connection|content-md5|date|expect|host|max-forwards|proxy-authenticate|server|te|transfer-encoding|trailer|upgrade|via|www-authenticate|x-forwarded-.*|x-amz-.*|x-amzn-.*)$/i;

type Answer = HttpResponse | { readonly isTimedOut: true; readonly message: string };

export async function invokeHttp(work: TaskWork, input: ObjectValue): Promise<Value> {
  const url = textOf(input, "ApiEndpoint");
  const method = textOf(input, "Method");
  const connectionArn = connectionOf(input);
  if (url === undefined || !URL.canParse(url)) throw runtimeFailure("ApiEndpoint", "must be the URL of an HTTPS endpoint");
  if (method === undefined) throw runtimeFailure("Method", "is required");
  if (connectionArn === undefined) throw runtimeFailure("InvocationConfig.ConnectionArn", "is required");
  const encoding = encodingOf(input);
  const body = input["RequestBody"];
  const hasBody = body !== undefined && body !== null;
  const request = {
    url,
    method,
    headers: [
      ["user-agent", `Amazon|StepFunctions|HttpInvoke|${work.visit.run.record.region}`],
      ["range", `bytes=0-${mostResponseBytes}`],
      ...(hasBody ? [["content-type", "application/json; charset=UTF-8"] as const] : []),
      ...headersOf(input["Headers"]),
    ] as const,
    query: pairsOf(input["QueryParameters"], "REPEAT"),
    body: hasBody ? bodyText(body, encoding) : "",
    timeoutMilliseconds,
  };
  let answer: Answer;
  try {
    answer = await work.invoke<Answer>("events", "SendByConnection", { connectionArn, request });
  } catch (error) {
    if (error instanceof AwsError) throw failureOf(error);
    throw error;
  }
  if ("isTimedOut" in answer) throw new ExecutionFailure("States.Http.Socket", answer.message);
  return resultOf(answer);
}

function resultOf(answer: HttpResponse): Value {
  if (answer.body.byteLength > mostResponseBytes)
    throw new ExecutionFailure("States.DataLimitExceeded", "The HTTP response is larger than the limit of 262144 bytes.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(answer.body);
  } catch {
    throw new ExecutionFailure("States.Runtime", "The HTTP response is no UTF-8 text.");
  }
  if (answer.status < 200 || answer.status >= 300) throw new ExecutionFailure(`States.Http.StatusCode.${answer.status}`, text);
  const headers = new Map<string, string[]>();
  for (const [name, value] of answer.headers) headers.set(name, [...(headers.get(name) ?? []), value]);
  return {
    Headers: Object.fromEntries(headers),
    ResponseBody: bodyOf(text),
    StatusCode: answer.status,
    StatusText: STATUS_CODES[answer.status] ?? "",
  };
}

/** What the connection or the network said, in the names that an HTTP task's errors have. */
function failureOf(error: AwsError): ExecutionFailure {
  switch (error.code) {
    case "ResourceNotFound":
    case "InvalidConnectionState":
    case "ConnectionNotAuthorized":
      return new ExecutionFailure(`Events.ConnectionResource.${error.code}`, error.message);
    case "BadGateway":
      return new ExecutionFailure("States.Http.Socket", error.message);
    case "ValidationException":
      return new ExecutionFailure("States.Runtime", error.message);
    default:
      return new ExecutionFailure("States.TaskFailed", `${error.code}: ${error.message}`);
  }
}

function connectionOf(input: ObjectValue): string | undefined {
  for (const member of ["InvocationConfig", "Authentication"]) {
    const value = input[member];
    if (isObjectValue(value) && typeof value["ConnectionArn"] === "string") return value["ConnectionArn"];
  }
  return undefined;
}

type ArrayFormat = "INDICES" | "REPEAT" | "COMMAS" | "BRACKETS";

/** Undefined: the body is JSON. */
function encodingOf(input: ObjectValue): ArrayFormat | undefined {
  const { Transform: transform } = input;
  if (!isObjectValue(transform) || transform["RequestBodyEncoding"] !== "URL_ENCODED") return undefined;
  const options = transform["RequestEncodingOptions"];
  const format = isObjectValue(options) ? options["ArrayFormat"] : undefined;
  return format === "REPEAT" || format === "COMMAS" || format === "BRACKETS" ? format : "INDICES";
}

function bodyText(body: Value, encoding: ArrayFormat | undefined): string {
  if (encoding === undefined) return typeof body === "string" ? body : writeValue(body);
  return pairsOf(body, encoding)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
}

function headersOf(value: Value | undefined): (readonly [string, string])[] {
  return pairsOf(value, "COMMAS").map(([name, text]) => {
    if (refusedHeaders.test(name)) throw runtimeFailure(`Headers.${name}`, "is a header that an HTTP Task may not set");
    return [name.toLowerCase(), text] as const;
  });
}

/** `{a: {b: [1, 2]}}` by INDICES: `a[b][0]=1`, `a[b][1]=2`. */
function pairsOf(value: Value | undefined, format: ArrayFormat, prefix = ""): (readonly [string, string])[] {
  if (value === undefined || value === null) return [];
  const within = (name: string): string => (prefix === "" ? name : `${prefix}[${name}]`);
  if (isArrayValue(value)) {
    if (format === "COMMAS") return [[prefix, value.map(plainText).join(",")]];
    return value.flatMap((item, index) =>
      pairsOf(item, format, format === "REPEAT" ? prefix : format === "BRACKETS" ? `${prefix}[]` : `${prefix}[${index}]`),
    );
  }
  if (isObjectValue(value)) return Object.entries(value).flatMap(([name, member]) => pairsOf(member, format, within(name)));
  return prefix === "" ? [] : [[prefix, plainText(value)]];
}

function plainText(value: Value): string {
  return typeof value === "string" ? value : writeValue(value);
}

function textOf(input: ObjectValue, member: string): string | undefined {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
}

/** What is not JSON stays text. */
function bodyOf(text: string): Value {
  try {
    return readValue(text);
  } catch {
    return text;
  }
}

function runtimeFailure(field: string, fault: string): ExecutionFailure {
  return new ExecutionFailure("States.Runtime", `The HTTP Task cannot be carried out: the field ${field} ${fault}.`, { isFatal: true });
}
