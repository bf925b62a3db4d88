import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import type { SignUp } from "./signUps";

const topics = new SNSClient();
const plans = ["free", "pro", "team"];

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> {
  const { email, plan, vatNumber } = JSON.parse(event.body ?? "{}") as SignUp;
  if (!email || !plans.includes(plan)) return { statusCode: 400, body: `A sign-up needs an email address and a plan: ${plans.join(", ")}.` };
  await topics.send(
    new PublishCommand({
      TopicArn: process.env.TOPIC,
      Message: JSON.stringify({ email, plan, vatNumber }),
      // filters look at attributes
      MessageAttributes: { plan: { DataType: "String", StringValue: plan } },
    }),
  );
  return { statusCode: 202, body: `Welcome, ${email}.` };
}
