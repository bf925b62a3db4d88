import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer } from "./articles";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const reader = event.cookies?.find((cookie) => cookie.startsWith("reader="))?.slice("reader=".length);
  return reader ? answer(200, { reader }, { "cache-control": "private, no-store" }) : answer(401, { message: "Nobody is signed in." }, {});
}
