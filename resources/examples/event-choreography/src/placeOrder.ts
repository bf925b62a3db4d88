import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { type NewOrder, tell } from "./shopBus";

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { customer, total, card } = JSON.parse(event.body ?? "{}") as NewOrder;
  if (!customer || !(total > 0)) return { statusCode: 400, body: "An order needs a customer and a total." };
  const order = { id: randomUUID(), customer, total, card: card ?? "good" };
  await tell("OrderPlaced", order);
  return { statusCode: 202, headers: { "content-type": "application/json" }, body: JSON.stringify({ id: order.id }) };
}
