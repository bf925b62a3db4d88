import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { send } from "./clients";

export async function handler({ requestContext }: APIGatewayProxyWebsocketEventV2): Promise<APIGatewayProxyResultV2> {
  await send(requestContext, requestContext.connectionId, { help: 'Send {"action":"say","text":"hello"}.' });
  return { statusCode: 200 };
}
