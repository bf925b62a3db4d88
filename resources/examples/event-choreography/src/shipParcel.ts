import type { EventBridgeEvent } from "aws-lambda";
import { type Order, tell } from "./shopBus";

export async function handler({ detail: order }: EventBridgeEvent<"PaymentTaken", Order>): Promise<void> {
  console.log(`parcel for ${order.customer} is on its way`);
  await tell("ParcelSent", order);
}
