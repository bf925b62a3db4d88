import { expect, test } from "vitest";
import { lambda } from "../../../src/runtime/services/lambda/service.ts";
import { snsService } from "../../../src/runtime/services/sns/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { eventually } from "../../support/eventually.ts";
import { account, accountOf } from "./snsRuntime.ts";
import { lambdaRuntime } from "../lambda/lambdaRuntime.ts";

test("a message reaches every queue that is subscribed, in its envelope or raw", async () => {
  const { topic, queue, subscribe, publish, receive } = await account();
  const orders = await topic("orders");
  const whole = await queue("whole");
  const raw = await queue("raw");
  const arn = await subscribe(orders, whole);
  await subscribe(orders, raw, { Attributes: { RawMessageDelivery: "true" } });

  const sent = await publish(orders, "hello", {
    Subject: "greeting",
    MessageAttributes: {
      kind: { DataType: "String", StringValue: "new" },
      bytes: { DataType: "Binary", BinaryValue: Buffer.from([1, 255]) },
    },
  });

  const [notification] = await receive(whole);
  expect(JSON.parse(notification?.Body ?? "")).toMatchObject({
    Type: "Notification",
    MessageId: sent.MessageId,
    TopicArn: orders,
    Subject: "greeting",
    Message: "hello",
    SignatureVersion: "1",
    UnsubscribeURL: expect.stringContaining(arn),
    MessageAttributes: { kind: { Type: "String", Value: "new" }, bytes: { Type: "Binary", Value: "Af8=" } },
  });
  const [bare] = await receive(raw);
  expect(bare?.Body).toBe("hello");
  expect(bare?.MessageAttributes?.["kind"]).toEqual({ DataType: "String", StringValue: "new" });
  expect([...(bare?.MessageAttributes?.["bytes"]?.BinaryValue ?? [])]).toEqual([1, 255]);
});

test("a message invokes the function that is subscribed, in one trace with what it does", async () => {
  const { runtime, create } = await lambdaRuntime({}, [lambda, snsService, sqsService]);
  const { topic, subscribe, publish } = accountOf(runtime);
  const orders = await topic("orders");
  await create("worker", `export const handler = async (event) => { console.log("got " + event.Records[0].Sns.Message); };`);
  await subscribe(orders, "arn:aws:lambda:us-east-1:000000000000:function:worker", { Protocol: "lambda" });

  await publish(orders, "hello");

  await eventually(async () => {
    const [trace] = await runtime.traces.list({ text: "Publish", limit: 10 });
    const spans = await runtime.traces.get(trace?.traceId ?? "");
    expect(spans.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
      "sns Publish",
      "sns Deliver",
      "lambda Invoke",
      "lambda Invoke",
    ]);
    const invocation = spans.at(-1);
    const whole = invocation && runtime.traces.span(invocation.traceId, invocation.spanId);
    expect(whole?.logs.some(({ message }) => message.includes("got hello"))).toBe(true);
  });
});
