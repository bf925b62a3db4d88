import type { EventBridgeEvent } from "aws-lambda";
import { type Order, tell } from "./shopBus";

const limit = 5_000;

export async function handler({ detail: order }: EventBridgeEvent<"OrderPlaced", Order>): Promise<void> {
  if (order.card === "offline") throw new Error(`The bank of order ${order.id} does not answer.`);
  await tell(order.total > limit ? "PaymentRefused" : "PaymentTaken", order);
}
