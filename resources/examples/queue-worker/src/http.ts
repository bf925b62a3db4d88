import type { APIGatewayProxyEventV2 } from "aws-lambda";

export function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The request's body, or nothing where it is no JSON. API Gateway encodes bodies that do not call themselves text or JSON. */
export function jsonOf<T>(event: APIGatewayProxyEventV2): Partial<T> {
  try {
    return JSON.parse(Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8").toString()) as Partial<T>;
  } catch {
    return {};
  }
}
