// Which service's operation an integration calls, and what the Task gets of its answer.
import { isObjectValue, writeValue, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import { statesLimits } from "../../../../model/limits/states.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { isStreamed, wholeBody } from "../../../kernel/streamedBody.ts";
import type { IntegrationResource } from "../run/integrationTask.ts";
import { ExecutionFailure } from "../run/failure.ts";
import type { TaskWork } from "../run/task.ts";
import { invokeApi } from "./apiInvoke.ts";
import { invokeHttp } from "./httpInvoke.ts";
import { fromApi, toApi } from "./casing.ts";
import { lambdaInvoke } from "./lambdaInvoke.ts";
import { withMetadata } from "./metadata.ts";
import { operationShapes } from "./operationShapes.ts";
import { optimisedFailure, sdkFailure } from "./serviceErrors.ts";
import { optimised, sdkServices } from "./services.ts";

/** Calls it; throws ExecutionFailure with AWS's name and text of what went wrong. */
export async function callIntegration(work: TaskWork, resource: IntegrationResource): Promise<Value> {
  if (resource.isSdk) return callSdk(work, resource);
  if (resource.service === "lambda" && resource.operation === "invoke") return lambdaInvoke(work);
  if (resource.service === "apigateway" && resource.operation === "invoke") return invokeApi(work, parameters(work));
  if (resource.service === "http" && resource.operation === "invoke") return invokeHttp(work, parameters(work));
  const known = optimised[`${resource.service}:${resource.operation}`];
  if (known === undefined) throw notRun(resource);
  const input = known.prepare === undefined ? parameters(work) : known.prepare(parameters(work), work);
  try {
    const shape = (await operationShapes(known.service)).get(known.operation);
    const output = await work.invoke(known.service, known.operation, toApi(shape?.input, jsonTexts(input, known.jsonMembers ?? [])));
    const value = fromApi(shape?.output, output, "optimised");
    known.check?.(value);
    return withMetadata(work, known.service, value);
  } catch (error) {
    if (isUnknownOperation(error)) throw notRun(resource);
    if (error instanceof AwsError) throw optimisedFailure(work, resource.service, error);
    throw error;
  }
}

async function callSdk(work: TaskWork, resource: IntegrationResource): Promise<Value> {
  const service = sdkServices[resource.service];
  if (service === undefined) throw notRun(resource);
  const operation = `${resource.operation.charAt(0).toUpperCase()}${resource.operation.slice(1)}`;
  try {
    const input = jsonTexts(parameters(work), service.jsonMembers ?? []);
    const shape = (await operationShapes(resource.service)).get(operation);
    const output = await work.invoke(service.id, operation, toApi(shape?.input, input));
    return fromApi(shape?.output, await withoutStreams(output), "sdk");
  } catch (error) {
    if (isUnknownOperation(error)) throw notRun(resource);
    if (error instanceof AwsError) throw sdkFailure(work, resource.service, error);
    throw error;
  }
}

/** Contents of objects that come as streams; more than a state may carry is not read to its end. */
async function withoutStreams(output: unknown): Promise<unknown> {
  if (typeof output !== "object" || output === null || !("Body" in output) || !isStreamed(output.Body)) return output;
  return { ...output, Body: await wholeBody(output.Body, statesLimits.dataBytes.value) };
}

function parameters(work: TaskWork): ObjectValue {
  // What is null is not sent.
  if (isObjectValue(work.input)) return Object.fromEntries(Object.entries(work.input).filter(([, value]) => value !== null));
  throw new ExecutionFailure(
    "States.Runtime",
    `The Parameters '${work.text}' could not be used to start the Task: [They are no JSON object]`,
    { isFatal: true },
  );
}

/** Members that the API takes as text may be given as JSON. */
function jsonTexts(input: ObjectValue, members: readonly string[]): ObjectValue {
  const changed = members.flatMap((member): [string, Value][] => {
    const value = input[member];
    return value === undefined || typeof value === "string" ? [] : [[member, writeValue(value)]];
  });
  return changed.length === 0 ? input : { ...input, ...Object.fromEntries(changed) };
}

function isUnknownOperation(error: unknown): boolean {
  return error instanceof AwsError && error.code === "UnknownOperationException";
}

function notRun(resource: IntegrationResource): ExecutionFailure {
  return new ExecutionFailure(
    "States.TaskFailed",
    `Contrail does not run the integration '${resource.arn}' locally. Mock it with a mock file (SFN_MOCK_CONFIG), or catch this error.`,
  );
}
