// What a target gets of an event: all of it, a part, a constant, or a template filled from it.
import { atInputPath } from "../../../model/eventBridge/inputPath.ts";
import { fillTemplate } from "../../../model/eventBridge/inputTransformer.ts";
import type { Json, JsonObject } from "../../../model/json.ts";
import { jsonOf, type BusEvent } from "./event.ts";
import type { Rule, RuleTarget } from "./rules.ts";

export function inputOf(target: RuleTarget, rule: Rule, event: BusEvent, ingestedAt: number): string {
  if (target.Input !== undefined) return target.Input;
  const json = jsonOf(event);
  if (target.InputPath !== undefined) return JSON.stringify(atInputPath(json, target.InputPath) ?? {});
  const { InputTransformer: transformer } = target;
  if (transformer?.InputTemplate === undefined) return JSON.stringify(json);
  const paths = transformer.InputPathsMap ?? {};
  return fillTemplate(transformer.InputTemplate, (name) => {
    const path = paths[name];
    return path === undefined ? predefined(name, rule, json, ingestedAt) : atInputPath(json, path);
  });
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html#eb-transform-input-predefined */
function predefined(name: string, rule: Rule, event: JsonObject, ingestedAt: number): Json | undefined {
  switch (name) {
    case "aws.events.rule-arn":
      return rule.arn;
    case "aws.events.rule-name":
      return rule.name;
    case "aws.events.event.ingestion-time":
      return new Date(ingestedAt).toISOString();
    case "aws.events.event":
      return Object.fromEntries(
        Object.entries(event).flatMap(([member, value]) =>
          member === "detail" ? [] : [[member === "detail-type" ? "detailType" : member, value]],
        ),
      );
    case "aws.events.event.json":
      return event;
    default:
      return undefined;
  }
}
