import type { CreatePipeResponse } from "@aws-sdk/client-pipes";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { physicalName } from "../../kernel/physicalName.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";

/** AWS::Pipes::Pipe: Ref gives the name. */
export const pipeProvider: ResourceProvider = {
  async create(resource, call) {
    const { Name: given } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids, 64);
    const answer = await call.invoke<CreatePipeResponse>("pipes", "CreatePipe", { ...inputOf(resource), Name: name });
    return described(name, answer.Arn ?? "", call);
  },
  async update(resource, previous, call) {
    if (["Name", "Source"].some((name) => JSON.stringify(resource.properties[name]) !== JSON.stringify(previous.properties[name])))
      return "replace";
    const name = previous.physicalId;
    const answer = await call.invoke<CreatePipeResponse>("pipes", "UpdatePipe", { ...inputOf(resource), Name: name });
    return described(name, answer.Arn ?? "", call);
  },
  async delete(previous, call) {
    try {
      await call.invoke("pipes", "DeletePipe", { Name: previous.physicalId });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "NotFoundException")) throw error;
    }
  },
};

/** Patterns may stand as maps in a template, and numbers as text. */
function inputOf({ properties }: StackResource): JsonObject {
  const { SourceParameters: source } = properties;
  return isJsonObject(source) ? { ...properties, SourceParameters: typed(source) } : properties;
}

function typed(source: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(source).map(([name, value]): [string, Json] => [
      name,
      name === "FilterCriteria" ? withTexts(value) : withNumbers(value),
    ]),
  );
}

function withTexts(criteria: Json): Json {
  if (!isJsonObject(criteria) || !Array.isArray(criteria["Filters"])) return criteria;
  const filters = criteria["Filters"].filter(isJsonObject);
  return {
    Filters: filters.map(({ Pattern: pattern = "" }) => ({ Pattern: typeof pattern === "string" ? pattern : JSON.stringify(pattern) })),
  };
}

function withNumbers(value: Json): Json {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typeof member === "string" && /^-?\d+$/.test(member) ? Number(member) : member]),
  );
}

function described(name: string, arn: string, call: Call): Deployed {
  return {
    physicalId: name,
    attributes: { Arn: arn, CurrentState: "RUNNING" },
    ref: { service: "pipes", type: "AWS::Pipes::Pipe", name, region: call.region, arn },
  };
}
