import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from "@aws-sdk/client-sfn";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { answer, tables } from "./orders";

const workflows = new SFNClient();

/** With a tracking number the parcel has left; without one the warehouse could not send it. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const id = event.pathParameters?.id;
  const { tracking } = JSON.parse(event.body ?? "{}") as { tracking: string };
  const { Item: order } = await tables.send(new GetCommand({ TableName: process.env.ORDERS, Key: { id } }));
  if (!order?.parcelToken) return answer(409, { message: `Order ${id} does not wait for a parcel.` });

  const taskToken = order.parcelToken as string;
  if (tracking) await workflows.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ tracking }) }));
  else await workflows.send(new SendTaskFailureCommand({ taskToken, error: "ParcelLost", cause: "There is no tracking number." }));
  return answer(202, { id, tracking });
}
