import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

export interface NewOrder {
  customer: string;
  total: number;
  /** "good", or "offline" for a bank that does not answer */
  card: string;
}

export interface Order extends NewOrder {
  id: string;
}

const bus = new EventBridgeClient();

/** Says what happened, with all of the order: whoever listens need not ask back. */
export async function tell(what: string, order: Order): Promise<void> {
  const { FailedEntryCount: failed, Entries: entries } = await bus.send(
    new PutEventsCommand({ Entries: [{ EventBusName: process.env.BUS, Source: "shop", DetailType: what, Detail: JSON.stringify(order) }] }),
  );
  // an entry that is refused is no error of the call
  if (failed) throw new Error(`${what} could not be told: ${entries?.[0]?.ErrorMessage}`);
}
