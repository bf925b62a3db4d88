// List prices that a first estimate needs, in US dollars for us-east-1: what a million uses of a resource cost, without free tiers.
import { at, numberOf, textOf } from "../view.ts";
import type { DesignResource } from "../design.ts";
import { words, type Words } from "../../words.ts";

/** Year of the price lists that these are of, https://aws.amazon.com/pricing/: an estimate to compare with, not an offer. */
export const priceYear = "2025";

const perMillion = {
  httpApi: 1,
  restApi: 3.5,
  webSocket: 1,
  cdn: 1,
  queue: 0.4,
  fifoQueue: 0.5,
  topic: 0.5,
  bus: 1,
  invocation: 0.2,
  tableRead: 0.125,
  tableWrite: 0.625,
  objectPut: 5,
  objectGet: 0.4,
  transition: 25,
  expressStart: 1,
} as const;
const gigabyteSecond = { x86_64: 0.0000166667, arm64: 0.0000133334 } as const;
/** What an invocation is taken to last. */
const assumedMilliseconds = 100;

/** `≈ $0.41 / M at 100 ms`; undefined: it costs nothing by use, or by something that no template tells. */
export function priceOf({ type, effectiveProperties: properties }: DesignResource): Words | undefined {
  switch (type) {
    case "AWS::Serverless::Function":
    case "AWS::Lambda::Function": {
      const memory = numberOf(properties["MemorySize"]) ?? 128;
      const isArm = JSON.stringify(properties["Architectures"] ?? "").includes("arm64");
      const perInvocation = (memory / 1024) * (assumedMilliseconds / 1000) * gigabyteSecond[isArm ? "arm64" : "x86_64"];
      return words("≈ {{price}} / M at {{milliseconds}} ms", {
        price: dollars(perMillion.invocation + perInvocation * 1_000_000),
        milliseconds: assumedMilliseconds,
      });
    }
    case "AWS::Serverless::HttpApi":
      return each(perMillion.httpApi);
    case "AWS::ApiGatewayV2::Api":
      return each(textOf(properties["ProtocolType"]) === "WEBSOCKET" ? perMillion.webSocket : perMillion.httpApi);
    case "AWS::Serverless::Api":
    case "AWS::ApiGateway::RestApi":
      return each(perMillion.restApi);
    case "AWS::CloudFront::Distribution":
      return words("{{price}} / M + traffic", { price: dollars(perMillion.cdn) });
    case "AWS::SQS::Queue":
      return each(String(properties["FifoQueue"]) === "true" ? perMillion.fifoQueue : perMillion.queue);
    case "AWS::SNS::Topic":
      return each(perMillion.topic);
    case "AWS::Events::EventBus":
      return each(perMillion.bus);
    case "AWS::Serverless::SimpleTable":
      return tablePrice(at(properties, "ProvisionedThroughput") !== undefined);
    case "AWS::DynamoDB::Table":
      return tablePrice(textOf(properties["BillingMode"]) !== "PAY_PER_REQUEST");
    case "AWS::S3::Bucket":
      return words("put {{put}}, get {{get}} / M", { put: dollars(perMillion.objectPut), get: dollars(perMillion.objectGet) });
    case "AWS::Serverless::StateMachine":
    case "AWS::StepFunctions::StateMachine":
      return textOf(properties["Type"] ?? properties["StateMachineType"]) === "EXPRESS"
        ? words("{{price}} / M + time", { price: dollars(perMillion.expressStart) })
        : words("{{price}} / M steps", { price: dollars(perMillion.transition) });
    default:
      return undefined;
  }
}

function tablePrice(isProvisioned: boolean): Words {
  return isProvisioned
    ? words("by the hour")
    : words("r {{read}}, w {{write}} / M", { read: dollars(perMillion.tableRead), write: dollars(perMillion.tableWrite) });
}

function each(price: number): Words {
  return words("{{price}} / M", { price: dollars(price) });
}

function dollars(value: number): string {
  return `$${value < 1 ? value.toFixed(value < 0.2 ? 3 : 2) : value.toFixed(2).replace(/\.00$/, "")}`;
}
