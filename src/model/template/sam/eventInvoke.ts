// EventInvokeConfig of a function: retries and destinations of asynchronous invocations, queues and topics made on demand.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { conditionOfBoth, oppositeCondition } from "./conditions.ts";
import { entryOf, getAtt, ifOf, isIntrinsic, isNoValue, isSet, mapOf, ref } from "./json.ts";
import { allow, allowWriting } from "./role.ts";
import { words } from "../../words.ts";

const actions: Readonly<Record<string, string>> = {
  SQS: "sqs:SendMessage",
  SNS: "sns:publish",
  EventBridge: "events:PutEvents",
  Lambda: "lambda:InvokeFunction",
  S3Bucket: "s3:PutObject",
};

/** Returns the policies that the function's role needs. */
export function emitEventInvokeConfig(
  context: SamContext,
  resource: SamResource,
  given: JsonObject,
  aliasName: string | undefined,
  aliasId: string | undefined,
): JsonObject[] {
  const config = mapOf(resolveParameters(context, given));
  const id = `${resource.id}EventInvokeConfig`;
  const policies: JsonObject[] = [];
  const destinations: JsonObject = {};
  const wanted = isSet(config.DestinationConfig) ? config.DestinationConfig : {};
  if (!isJsonObject(wanted))
    fail(words("{{property}} of {{owner}} should be a map.", { property: "DestinationConfig", owner: "EventInvokeConfig" }));
  for (const event of ["OnSuccess", "OnFailure"]) {
    const destination = wanted[event];
    if (destination === undefined || destination === null) continue;
    if (!isJsonObject(destination)) fail(words("{{event}} of EventInvokeConfig should be a map.", { event }));
    const written = mapOf(given.DestinationConfig)[event] ?? null;
    const known = context.shared.destinations.get(written);
    const made = destinationOf(context, resource, known === undefined ? destination : { ...destination, Destination: known }, event, id);
    if (isJsonObject(written)) context.shared.destinations.set(written, made.arn);
    destinations[event] = { Destination: made.arn };
    policies.push(made.policy);
  }
  emit(
    context,
    resource.id,
    id,
    "AWS::Lambda::EventInvokeConfig",
    {
      FunctionName: ref(resource.id),
      Qualifier: aliasName ?? "$LATEST",
      DestinationConfig: destinations,
      MaximumEventAgeInSeconds: config.MaximumEventAgeInSeconds,
      MaximumRetryAttempts: config.MaximumRetryAttempts,
    },
    { ...resource.attributes, ...(aliasId === undefined ? {} : { DependsOn: [aliasId] }) },
  );
  return policies;
}

function destinationOf(
  context: SamContext,
  resource: SamResource,
  config: JsonObject,
  event: string,
  configId: string,
): { arn: Json; policy: JsonObject } {
  const type = String(config.Type);
  const action = entryOf(actions, type);
  if (action === undefined)
    fail(words("EventInvokeConfig: the destination's Type must be one of {{actions}}.", { actions: Object.keys(actions).join(", ") }));
  const baseId = configId + event;
  const choice = conditionOf(context, config.Destination, configId);
  const { Destination: given } = config;
  let arn: Json = given ?? null;
  if (given === undefined || given === null || choice !== undefined) {
    if (type !== "SQS" && type !== "SNS")
      fail(words("EventInvokeConfig: {{event}} needs a Destination unless its Type is SQS or SNS.", { event }));
    const madeId = baseId + (type === "SQS" ? "Queue" : "Topic");
    const condition = andCondition(context, resource, choice?.condition);
    emit(
      context,
      resource.id,
      madeId,
      type === "SQS" ? "AWS::SQS::Queue" : "AWS::SNS::Topic",
      {},
      { ...resource.passedOn, ...(condition === undefined ? {} : { Condition: condition }) },
    );
    const made = type === "SQS" ? getAtt(madeId, "Arn") : ref(madeId);
    arn = choice === undefined ? made : { "Fn::If": [choice.condition, made, choice.otherwise] };
  }
  if (type === "S3Bucket") return { arn, policy: allowWriting(`${baseId}S3Policy`, arn) };
  return { arn, policy: allow(`${baseId}${type}Policy`, action, arn) };
}

/** A Destination that is AWS::NoValue in one branch of an If: the queue or topic is made when that branch holds. */
function conditionOf(
  context: SamContext,
  destination: Json | undefined,
  hashed: string,
): { condition: string; otherwise: Json } | undefined {
  const choice = ifOf(destination);
  if (choice === undefined) {
    if (isIntrinsic(destination) && mapOf(destination)["Fn::If"] !== undefined)
      fail(words("Fn::If of Destination needs a condition and two values."));
    return undefined;
  }
  const [condition, then, otherwise] = choice;
  if (isNoValue(then) && isNoValue(otherwise)) return undefined;
  if (isNoValue(then)) return { condition, otherwise };
  if (!isNoValue(otherwise)) return undefined;
  return { condition: oppositeCondition(context, condition, hashed), otherwise: then };
}

function andCondition(context: SamContext, resource: SamResource, condition: string | undefined): string | undefined {
  const own = resource.passedOn.Condition;
  if (typeof own !== "string") return condition;
  return condition === undefined ? own : conditionOfBoth(context, own, condition, resource.id);
}
