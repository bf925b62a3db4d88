import type { CreateStateMachineInput, CreateStateMachineOutput } from "@aws-sdk/client-sfn";
import { statesLimits } from "../../../../model/limits/states.ts";
import { readExpressionsAhead } from "../../../../model/asl/validate/jsonata.ts";
import { invalidDefinitionMessage, validateDefinition } from "../../../../model/asl/validate/validateDefinition.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { checkLogGroup, readLogging } from "../describe.ts";
import { constraint, invalidArn, missing, validation } from "../errors.ts";
import { versionArn, type Machine, type MachineType } from "../machines.ts";
import { checkName } from "../names.ts";
import { publish } from "../publish.ts";
import type { States } from "../states.ts";
import { tagsOf } from "../tags.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export function createStateMachine(states: States) {
  return async (input: CreateStateMachineInput, call: Call): Promise<CreateStateMachineOutput> => {
    const name = checkName(input.name);
    const type = input.type ?? "STANDARD";
    if (type !== "STANDARD" && type !== "EXPRESS")
      throw constraint(type, "type", "Member must satisfy enum value set: [STANDARD, EXPRESS]");
    const definition = await checkDefinition(input.definition, type, states);
    const roleArn = checkRole(input.roleArn);
    const isPublished = input.publish === true;
    if (input.versionDescription !== undefined && !isPublished)
      throw validation("Version description can only be set when publish is true");
    const logging = readLogging(input.loggingConfiguration);
    await checkLogGroup(logging, call);
    const isTracing = input.tracingConfiguration?.enabled === true;
    const known = states.machines.find(call.region, name);
    if (known !== undefined)
      return again(states, known, { definition, roleArn, type, logging, isTracing, isPublished, description: input.versionDescription });
    const now = call.now();
    const machine = states.machines.save({
      region: call.region,
      name,
      arn: states.arn(call.region, `stateMachine:${name}`),
      type,
      definitionId: states.machines.define(definition),
      roleArn,
      logging,
      isTracing,
      createdAt: now,
      updatedAt: now,
      revisionId: null,
      nextVersion: 1,
      versions: [],
      aliases: [],
      tags: tagsOf(input.tags),
    });
    const ref = states.machines.ref(machine);
    call.target(ref);
    call.effect({ action: "create", resource: ref, key: name });
    return {
      stateMachineArn: machine.arn,
      creationDate: new Date(now),
      ...(isPublished && { stateMachineVersionArn: versionArn(machine, publish(states, machine, input.versionDescription, now).number) }),
    };
  };
}

interface Given {
  readonly definition: string;
  readonly roleArn: string;
  readonly type: MachineType;
  readonly logging: unknown;
  readonly isTracing: boolean;
  readonly isPublished: boolean;
  readonly description: string | undefined;
}

/** The same once more is answered as before; anything else under that name is refused. Role and tags do not count. */
function again(states: States, known: Machine, given: Given): CreateStateMachineOutput {
  const isSame =
    known.type === given.type &&
    known.isTracing === given.isTracing &&
    JSON.stringify(known.logging) === JSON.stringify(given.logging) &&
    states.machines.definitionText(known.definitionId) === given.definition;
  if (!isSame) throw new AwsError("StateMachineAlreadyExists", `State Machine Already Exists: '${known.arn}'`);
  const answer = { stateMachineArn: known.arn, creationDate: new Date(known.createdAt) };
  if (!given.isPublished) return answer;
  const [version] = known.versions;
  if (version === undefined)
    return { ...answer, stateMachineVersionArn: versionArn(known, publish(states, known, given.description, known.createdAt).number) };
  if (version.description !== given.description)
    throw new AwsError(
      "ConflictException",
      `Failed to publish the state machine version because a version with the same revision and another description exists: '${versionArn(known, version.number)}'`,
    );
  return { ...answer, stateMachineVersionArn: versionArn(known, version.number) };
}

const maxDefinitionBytes = statesLimits.definitionBytes.value;

export async function checkDefinition(definition: string | undefined, type: MachineType, { sources }: States): Promise<string> {
  if (definition === undefined) throw missing("definition");
  if (Buffer.byteLength(definition) > maxDefinitionBytes)
    throw constraint("…", "definition", `Member must have length less than or equal to ${maxDefinitionBytes}`);
  const judged = await readExpressionsAhead(definition, sources);
  const message = invalidDefinitionMessage(validateDefinition(definition, type));
  judged();
  if (message !== undefined) throw new AwsError("InvalidDefinition", message);
  return definition;
}

export function checkRole(roleArn: string | undefined): string {
  if (roleArn === undefined) throw missing("roleArn");
  if (!roleArn.startsWith("arn:")) throw invalidArn(`Invalid ARN prefix: ${roleArn}`);
  return roleArn;
}
