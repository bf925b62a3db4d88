import type { EventBridgeEvent } from "aws-lambda";
import { write } from "./letters";
import type { Order } from "./shopBus";

/** The rule has looked at the total: whatever arrives here is large. */
export async function handler({ detail: order }: EventBridgeEvent<"OrderPlaced", Order>): Promise<void> {
  await write(order, "Thanks", `Thank you for an order of ${order.total}.`);
}
