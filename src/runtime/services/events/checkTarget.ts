import type { Target } from "@aws-sdk/client-eventbridge";
import { readInputPath } from "../../../model/eventBridge/inputPath.ts";
import { placeholdersOf } from "../../../model/eventBridge/inputTransformer.ts";
import { readArn } from "../../../model/eventBridge/targetCall.ts";
import { validation } from "./errors.ts";
import { given } from "./names.ts";
import type { RuleTarget } from "./rules.ts";

/** A target as PutTargets takes it, or AWS's words on what is wrong with it. */
export function checkTarget(target: Target): RuleTarget {
  const id = given(target.Id, "targets.1.member.id");
  const arn = given(target.Arn, "targets.1.member.arn");
  if (readArn(arn) === undefined) throw validation(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  checkInput(target);
  checkQueue(target, arn);
  return { ...target, Id: id, Arn: arn };
}

function checkInput({ Id: id = "", Input: input, InputPath: path, InputTransformer: transformer }: Target): void {
  if ([input, path, transformer].filter((each) => each !== undefined).length > 1)
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  if (input !== undefined && !isJson(input)) throw validation(`JSON syntax error in input for target ${id} at [Source: Input].`);
  if (path !== undefined && readInputPath(path) === undefined)
    throw validation(`Parameter InputPath is not valid. Reason: ${path} is not a JSON path of one place.`);
  if (transformer === undefined) return;
  const { InputTemplate: template = "", InputPathsMap: paths = {} } = transformer;
  for (const [name, each] of Object.entries(paths))
    if (readInputPath(each) === undefined)
      throw validation(`Invalid InputPathsMap for target ${id}: ${name} is ${each}, which is not a JSON path of one place.`);
  const unknown = placeholdersOf(template).filter((name) => paths[name] === undefined && !name.startsWith("aws.events."));
  if (unknown.length > 0) throw validation(`InputTemplate for target ${id} contains invalid placeholder ${unknown.join(", ")}.`);
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
