import { randomUUID } from "node:crypto";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, type NewOrder } from "./orders";

const workflows = new SFNClient();

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { product, quantity, card } = JSON.parse(event.body ?? "{}") as NewOrder;
  if (!product || !(quantity >= 1 && quantity <= 10)) {
    return answer(400, { message: "An order needs a product and a quantity of 1 to 10." });
  }

  const id = randomUUID();
  const input = JSON.stringify({ id, product, quantity, card: card ?? "good" });
  // the execution bears the order's name, so that one is found by the other
  await workflows.send(new StartExecutionCommand({ stateMachineArn: process.env.SAGA, name: id, input }));
  return answer(202, { id });
}
