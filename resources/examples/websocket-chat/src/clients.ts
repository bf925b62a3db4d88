import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
import type { APIGatewayEventRequestContextV2 } from "aws-lambda";

type Context = Pick<APIGatewayEventRequestContextV2, "domainName" | "stage">;

/** Sends to one client; false: it is gone. */
export async function send({ domainName, stage }: Context, connection: string, message: unknown): Promise<boolean> {
  const clients = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
  try {
    await clients.send(new PostToConnectionCommand({ ConnectionId: connection, Data: JSON.stringify(message) }));
    return true;
  } catch (error) {
    if (error instanceof GoneException) return false;
    throw error;
  }
}
