import type { PublishInput, PublishResponse } from "@aws-sdk/client-sns";
import { snsLimits } from "../../../../model/limits/sns.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter } from "../errors.ts";
import { checkContent, checkMessage } from "../publish/checkMessage.ts";
import { publish as publishMessage } from "../publish/publish.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";

export async function publish(sns: Sns, input: PublishInput, call: Call): Promise<PublishResponse> {
  const targets = [input.TopicArn, input.TargetArn, input.PhoneNumber].filter((target) => target !== undefined);
  if (targets.length > 1) throw invalidParameter("TopicArn, TargetArn and PhoneNumber Reason: Only one of them may be given");
  if (input.PhoneNumber !== undefined) return textMessage(input.PhoneNumber, input, call);
  const arn = input.TopicArn ?? input.TargetArn;
  if (arn === undefined) throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  if (arn.includes(":endpoint/")) return pushMessage(sns, arn, input, call);
  const topic = topicAt(sns, arn, call.region, input.TopicArn === undefined ? "TargetArn" : "TopicArn");
  call.target(sns.topics.ref(topic));
  return publishMessage(sns, topic, checkMessage(input, topic), call);
}

/** Phones and devices get no larger messages than a topic does by itself. */
function checkOrdinary(input: PublishInput): void {
  if (checkContent(input).bytes > snsLimits.messageBytesDefault.value) throw invalidParameter("Message too long");
}

/** Shown in the trace, and sent to no device. */
function pushMessage(sns: Sns, arn: string, input: PublishInput, call: Call): PublishResponse {
  const endpoint = sns.mobile.findEndpoint(arn);
  if (endpoint === undefined) throw invalidParameter("TargetArn Reason: No endpoint found for the target arn specified");
  if (sns.mobile.findApplication(endpoint.application)?.attributes["Enabled"] === "false")
    throw new AwsError("PlatformApplicationDisabled", "Platform application is disabled");
  if (endpoint.attributes["Enabled"] !== "true") throw new AwsError("EndpointDisabled", "Endpoint is disabled");
  checkOrdinary(input);
  call.log({ at: call.now(), level: "warn", message: `Not delivered: Contrail sends nothing to devices. On AWS it would go to ${arn}.` });
  return { MessageId: call.kernel.ids.uuid() };
}

/** Shown in the trace, and sent to nobody. */
function textMessage(phoneNumber: string, input: PublishInput, call: Call): PublishResponse {
  if (!/^\+[1-9]\d{1,14}$/.test(phoneNumber)) throw invalidParameter(`PhoneNumber Reason: ${phoneNumber} is not valid to publish to`);
  checkOrdinary(input);
  call.log({
    at: call.now(),
    level: "warn",
    message: `Not delivered: Contrail sends no text messages. On AWS it would go to ${phoneNumber}.`,
  });
  return { MessageId: call.kernel.ids.uuid() };
}
