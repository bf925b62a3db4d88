import type { EventBridgeEvent } from "aws-lambda";
import { write } from "./letters";
import type { Order } from "./shopBus";

const texts = {
  PaymentRefused: "Your bank refused the payment.",
  ParcelSent: "Your parcel is on its way.",
};

export async function handler({ "detail-type": what, detail: order }: EventBridgeEvent<keyof typeof texts, Order>): Promise<void> {
  await write(order, what, texts[what]);
}
