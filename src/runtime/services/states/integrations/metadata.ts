// `SdkHttpMetadata` and `SdkResponseMetadata`, which optimised integrations add to a result: the headers that the call would have had.
import { isObjectValue, writeValue, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import type { TaskWork } from "../run/task.ts";

interface HeaderForm {
  readonly contentType: string;
  /** The connection header as this service's answers write it. */
  readonly connection: "connection" | "Connection";
  /** Further headers. */
  more?(): Readonly<Record<string, string>>;
  /** Bytes of the answer, where it is not the result as JSON. */
  contentLength?(result: Value): number;
}

const json: HeaderForm = { contentType: "application/x-amz-json-1.0", connection: "connection" };

const forms: Readonly<Record<string, HeaderForm>> = {
  sns: { contentType: "text/xml", connection: "connection", contentLength: publishAnswerBytes },
  events: { contentType: "application/x-amz-json-1.1", connection: "connection" },
  dynamodb: { contentType: "application/x-amz-json-1.0", connection: "Connection", more: () => ({ Server: "Server", "x-amz-crc32": "0" }) },
  lambda: {
    contentType: "application/json",
    connection: "Connection",
    more: () => ({ "X-Amz-Executed-Version": "$LATEST", "x-amzn-Remapped-Content-Length": "0" }),
  },
};

/** Keys in AWS's order: by name, each in front of those that come after it. */
export function withMetadata(work: TaskWork, service: string, result: Value, contentLength?: number): Value {
  const form = forms[service] ?? json;
  const { sources } = work.visit.run;
  const requestId = sources.uuid();
  const headers: Record<string, string> = {
    [form.connection]: "keep-alive",
    "Content-Length": String(contentLength ?? form.contentLength?.(result) ?? Buffer.byteLength(writeValue(result))),
    "Content-Type": form.contentType,
    Date: new Date(sources.now()).toUTCString(),
    ...form.more?.(),
    [service === "dynamodb" && isGetItem(work) ? "x-amzn-requestid" : "x-amzn-RequestId"]: requestId,
    ...(service === "lambda" && {
      "X-Amzn-Trace-Id": `Root=${work.visit.call.span.traceId};Parent=${work.visit.call.span.spanId};Sampled=0;Lineage=1:0:0`,
    }),
  };
  const all: ObjectValue = Object.fromEntries(Object.entries(headers).map(([name, value]): [string, Value] => [name, [value]]));
  const members: ObjectValue = {
    ...(isObjectValue(result) ? result : {}),
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
  return Object.fromEntries(Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** DynamoDB writes the header of this one small. */
function isGetItem({ state }: TaskWork): boolean {
  return state.resource.type === "integration" && state.resource.operation === "getItem";
}

/** SNS answers Publish in XML, each member on a line of its own. */
function publishAnswerBytes(result: Value): number {
  const members = isObjectValue(result) ? Object.entries(result) : [];
  const bare =
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\n  <PublishResult>\n  </PublishResult>\n  <ResponseMetadata>\n' +
    "    <RequestId></RequestId>\n  </ResponseMetadata>\n</PublishResponse>\n";
  const requestIdBytes = 36;
  return members.reduce((bytes, [name, text]) => bytes + `    <${name}>${String(text)}</${name}>\n`.length, bare.length + requestIdBytes);
}
