import { isStreamed } from "../../kernel/streamedBody.ts";
import { statusOf } from "./awsJson.ts";
import { isRecord, readBindings, writeBindings } from "./binding.ts";
import { noBytes } from "./protocol.ts";
import type { Protocol, WireResponse } from "./protocol.ts";
import { escapeXml, readXml, writeXml } from "./xml.ts";
import type { XmlSchema } from "./xml.ts";

const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** restXml: like restJson with an XML body; S3 and CloudFront speak it. */
export const restXml: Protocol = {
  read(request, model, operation) {
    const { input, payload, bodyMembers } = readBindings(request, operation);
    if (payload) {
      const [name, schema] = payload;
      if (schema.isBlobSchema()) input[name] = request.stream ?? request.body;
      else if (schema.isStringSchema()) input[name] = request.body.toString("utf8");
      else if (request.body.length > 0) input[name] = readXml(model, schema, request.body);
    } else if (bodyMembers.length > 0 && request.body.length > 0) {
      const body = readXml(model, operation.input, request.body);
      if (isRecord(body)) for (const name of bodyMembers) if (body[name] !== undefined) input[name] = body[name];
    }
    return input;
  },
  write(output, model, operation, { request }): WireResponse {
    const value = isRecord(output) ? output : {};
    const { status, headers, payload, bodyMembers } = writeBindings(operation.output, value);
    // What is only a range of the whole is told as that.
    const usual = headers["content-range"] === undefined ? request.match?.route.status : 206;
    const answer = { status: status ?? usual ?? 200, headers };
    if (payload) {
      const [name, schema] = payload;
      const content = value[name];
      if (content === undefined || content === null) return { ...answer, body: noBytes };
      if (content instanceof Uint8Array) {
        headers["content-type"] ??= "application/octet-stream";
        return { ...answer, body: content };
      }
      if (typeof content === "string") return { ...answer, body: Buffer.from(content) };
      if (schema.isStreaming() && isStreamed(content)) return { ...answer, body: noBytes, stream: content };
      headers["content-type"] ??= "application/xml";
      return { ...answer, body: writeXml(model, schema, content) };
    }
    if (operation.output.isUnitSchema() || bodyMembers.size === 0) return { ...answer, body: noBytes };
    headers["content-type"] ??= "application/xml";
    const root = operation.output.getMergedTraits().xmlName;
    const [only] = bodyMembers;
    // An element that would hold nothing but one of its own name is that one: S3's bucket location.
    if (bodyMembers.size === 1 && only === root && root !== undefined) {
      const text = typeof value[root] === "string" ? escapeXml(value[root]) : "";
      return { ...answer, body: Buffer.from(`${xmlHead}<${root} xmlns="${model.settings.xmlNamespace ?? ""}">${text}</${root}>`) };
    }
    return { ...answer, body: writeXml(model, bodySchema(operation.output.getSchema(), bodyMembers), value) };
  },
  fail(error, model, { requestId, request }) {
    const status = statusOf(error, model);
    const members = Object.entries(error.members)
      .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
      .join("");
    const inner = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${members}`;
    const text = model?.settings.isBucketAddressed
      ? `<Error>${inner}<RequestId>${requestId}</RequestId></Error>`
      : `<ErrorResponse xmlns="${model?.settings.xmlNamespace ?? ""}"><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
    const isBodiless = request.method === "HEAD";
    return {
      status,
      headers: { ...error.headers, "content-type": "application/xml", "x-amzn-errortype": error.code },
      body: isBodiless ? noBytes : Buffer.from(xmlHead + text),
    };
  },
};

/** The output's schema with only the members that stand in the body. */
function bodySchema(raw: unknown, bodyMembers: ReadonlySet<string>): XmlSchema {
  if (!Array.isArray(raw)) throw new Error("A structure's schema must be a tuple.");
  const [tag, namespace, name, traits, names, schemas]: unknown[] = raw;
  if (!Array.isArray(names) || !Array.isArray(schemas)) throw new Error("A structure's schema must name its members.");
  const kept = names.map((member, index) => [member, schemas[index]] as const).filter(([member]) => bodyMembers.has(String(member)));
  return [tag, namespace, name, traits, kept.map(([member]) => member), kept.map(([, schema]) => schema)] as unknown as XmlSchema;
}
