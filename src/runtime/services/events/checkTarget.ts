import type { Target } from "@aws-sdk/client-eventbridge";
import { readInputPath } from "../../../model/eventBridge/inputPath.ts";
import { placeholdersOf } from "../../../model/eventBridge/inputTransformer.ts";
import { readArn } from "../../../model/eventBridge/targetCall.ts";
import { eventsLimits } from "../../../model/limits/events.ts";
import { constraint, validation } from "./errors.ts";
import type { Rule, RuleTarget } from "./rules.ts";

/** A target as PutTargets takes it, or AWS's words on what is wrong with it. */
export function checkTarget(target: Target, rule: Rule): RuleTarget {
  const { Id: id, Arn: arn } = target;
  if (id === undefined || id === "") throw constraint(id, "targets.1.member.id", "Member must not be null");
  if (id.length > 64) throw constraint(id, "targets.1.member.id", "Member must have length less than or equal to 64");
  if (!/^[.\-_A-Za-z0-9]+$/.test(id))
    throw constraint(id, "targets.1.member.id", "Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
  if (arn === undefined) throw constraint(arn, "targets.1.member.arn", "Member must not be null");
  if (readArn(arn) === undefined) throw validation(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  checkInput(target, rule);
  checkQueue(target, arn);
  checkRetries(target);
  return { ...target, Id: id, Arn: arn };
}

function checkInput({ Id: id = "", Input: input, InputPath: path, InputTransformer: transformer }: Target, rule: Rule): void {
  if ([input, path, transformer].filter((each) => each !== undefined).length > 1)
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (input !== undefined && !isJson(input)) throw validation(`JSON syntax error in input for target ${id} at [Source: Input].`);
  if (path !== undefined && readInputPath(path) === undefined)
    throw validation(`Parameter InputPath is not valid. Reason: ${path} is not a JSON path of one place.`);
  if (transformer === undefined) return;
  const { InputTemplate: template, InputPathsMap: paths = {} } = transformer;
  if (template === undefined || template === "")
    throw constraint(template, "targets.1.member.inputTransformer.inputTemplate", "Member must not be null");
  for (const [name, each] of Object.entries(paths))
    if (readInputPath(each) === undefined)
      throw validation(`Invalid InputPathsMap for target ${id}: ${name} is ${each}, which is not a JSON path of one place.`);
  const unknown = placeholdersOf(template).filter((name) => paths[name] === undefined && !name.startsWith("aws.events."));
  if (unknown.length > 0)
    throw validation(
      `InputTemplate for target ${id} contains invalid placeholder ${unknown.map((name) => `<${name}>`).join(", ")}: rule ${rule.name} gives no path for it.`,
    );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkQueue({ Id: id = "", SqsParameters: sqs, DeadLetterConfig: dead }: Target, arn: string): void {
  const isFifo = arn.includes(":sqs:") && arn.endsWith(".fifo");
  if (isFifo && sqs?.MessageGroupId === undefined) throw validation(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
  if (dead?.Arn === undefined) return;
  if (readArn(dead.Arn)?.service !== "sqs")
    throw validation(`Parameter ${dead.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (dead.Arn.endsWith(".fifo")) throw validation(`Target with Id ${id} can't use a FIFO queue as its dead-letter queue.`);
}

function checkRetries({ RetryPolicy: policy }: Target): void {
  const { MaximumRetryAttempts: attempts = 0, MaximumEventAgeInSeconds: age = eventsLimits.eventAgeSecondsMax.value } = policy ?? {};
  const at = "targets.1.member.retryPolicy";
  if (attempts < 0) throw constraint(attempts, `${at}.maximumRetryAttempts`, "Member must have value greater than or equal to 0");
  const most = eventsLimits.retryAttemptsMax.value;
  if (attempts > most) throw constraint(attempts, `${at}.maximumRetryAttempts`, `Member must have value less than or equal to ${most}`);
  const [youngest, oldest] = [eventsLimits.eventAgeSecondsMin.value, eventsLimits.eventAgeSecondsMax.value];
  if (age < youngest)
    throw constraint(age, `${at}.maximumEventAgeInSeconds`, `Member must have value greater than or equal to ${youngest}`);
  if (age > oldest) throw constraint(age, `${at}.maximumEventAgeInSeconds`, `Member must have value less than or equal to ${oldest}`);
}
