import { errorMembers, statusOf } from "./awsJson.ts";
import { isRecord, readBindings, writeBindings } from "./binding.ts";
import { noBytes } from "./protocol.ts";
import type { Protocol } from "./protocol.ts";

/** restJson1: members bound to the URI, query and headers, the others one JSON body. */
export const restJson: Protocol = {
  read(request, model, operation) {
    const { input, payload, bodyMembers } = readBindings(request, operation);
    if (payload) {
      const [name, schema] = payload;
      if (schema.isBlobSchema()) input[name] = request.body;
      else if (schema.isStringSchema()) input[name] = request.body.toString("utf8");
      else if (request.body.length > 0) input[name] = model.json.readBody(schema, request.body);
    } else if (bodyMembers.length > 0 && request.body.length > 0) {
      const body = model.json.readBody(operation.input, request.body);
      if (isRecord(body)) for (const name of bodyMembers) if (body[name] !== undefined) input[name] = body[name];
    }
    return input;
  },
  write(output, model, operation, { request }) {
    const value = isRecord(output) ? output : {};
    const { status, headers, payload, bodyMembers } = writeBindings(operation.output, value);
    const answer = { status: status ?? request.match?.route.status ?? 200, headers };
    headers["content-type"] ??= "application/json";
    if (payload) {
      const [name, schema] = payload;
      const content = value[name];
      if (content instanceof Uint8Array) return { ...answer, body: content };
      if (content === undefined || content === null) return { ...answer, body: noBytes };
      return { ...answer, body: Buffer.from(typeof content === "string" ? content : JSON.stringify(model.json.write(schema, content))) };
    }
    if (operation.output.isUnitSchema() || bodyMembers.size === 0) return { ...answer, body: noBytes };
    const body = Object.fromEntries(Object.entries(value).filter(([name]) => bodyMembers.has(name)));
    return { ...answer, body: Buffer.from(JSON.stringify(model.json.write(operation.output, body))) };
  },
  fail(error, model) {
    const shape = model?.errors.get(error.code);
    const { headers } = shape ? writeBindings(shape.schema, error.members) : { headers: {} };
    const members = errorMembers(error, model);
    // Lambda's errors all say whose fault it was.
    if (shape?.members.has("Type")) members.Type ??= statusOf(error, model) < 500 ? "User" : "Service";
    return {
      status: statusOf(error, model),
      headers: { ...headers, "content-type": "application/json", "x-amzn-errortype": error.code },
      body: Buffer.from(JSON.stringify(members)),
    };
  },
};
