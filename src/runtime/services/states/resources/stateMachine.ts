import type { DescribeLogGroupsResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { CreateStateMachineOutput } from "@aws-sdk/client-sfn";
import type { Json } from "../../../../model/json.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { States } from "../states.ts";
import { definitionText } from "./definitionText.ts";
import { apiTags, lowerKeys, object, text } from "./properties.ts";

/** AWS::StepFunctions::StateMachine: Ref gives the ARN. */
export function stateMachineProvider(states: States): ResourceProvider {
  return {
    async create(resource, call): Promise<Deployed> {
      const { properties } = resource;
      const answer = await call.invoke<CreateStateMachineOutput>("states", "CreateStateMachine", {
        ...(await settings(resource, call)),
        name: text(properties["StateMachineName"]) ?? physicalName(resource, call.kernel.ids, 80),
        type: text(properties["StateMachineType"]) ?? "STANDARD",
        tags: apiTags(properties["Tags"]),
      });
      return deployed(states, answer.stateMachineArn ?? "");
    },
    async update(resource, previous, call) {
      const fixed = ["StateMachineName", "StateMachineType"];
      if (fixed.some((name) => text(resource.properties[name]) !== text(previous.properties[name]))) return "replace";
      await call.invoke("states", "UpdateStateMachine", { stateMachineArn: previous.physicalId, ...(await settings(resource, call)) });
      const machine = states.machines.get(previous.physicalId);
      const tags = Object.fromEntries(apiTags(resource.properties["Tags"]).map(({ key, value }) => [key, value]));
      states.machines.save({ ...machine, tags });
      return deployed(states, previous.physicalId);
    },
    async delete(previous, call) {
      await call.invoke("states", "DeleteStateMachine", { stateMachineArn: previous.physicalId });
    },
  };
}

async function settings(resource: StackResource, call: Call): Promise<Record<string, unknown>> {
  const { properties } = resource;
  await makeForeignLogGroups(properties["LoggingConfiguration"], call);
  return {
    definition: await definitionText(resource, call),
    roleArn: text(properties["RoleArn"]),
    loggingConfiguration: apiForm(properties["LoggingConfiguration"]) ?? { level: "OFF" },
    tracingConfiguration: apiForm(properties["TracingConfiguration"]) ?? { enabled: false },
  };
}

/** A log group that the template names but another stack makes would be there on AWS: here it is made. */
async function makeForeignLogGroups(logging: Json | undefined, call: Call): Promise<void> {
  for (const [, logGroupName] of JSON.stringify(logging ?? {}).matchAll(/"arn:[^":]+:logs:[^":]*:\d{12}:log-group:([^":*]+):\*"/g)) {
    const { logGroups = [] } = await call.invoke<DescribeLogGroupsResponse>("logs", "DescribeLogGroups", {
      logGroupNamePrefix: logGroupName,
    });
    if (!logGroups.some((group) => group.logGroupName === logGroupName)) await call.invoke("logs", "CreateLogGroup", { logGroupName });
  }
}

function apiForm(value: Json | undefined): unknown {
  const given = object(value);
  return given && lowerKeys(given);
}

function deployed(states: States, arn: string): Deployed {
  const machine = states.machines.get(arn);
  return {
    physicalId: arn,
    attributes: { Arn: arn, Name: machine.name, StateMachineRevisionId: machine.revisionId ?? "INITIAL" },
    ref: { service: "states", type: "AWS::StepFunctions::StateMachine", name: machine.name, region: machine.region, arn },
  };
}
