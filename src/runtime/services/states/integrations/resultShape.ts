// Outputs of the operations that Tasks call, as the SDK's schemas describe them: against these TestState checks a mocked result.
import { NormalizedSchema } from "@smithy/core/schema";
import { readJsonText } from "../../../../model/asl/jsonText.ts";
import type { State } from "../../../../model/asl/definition.ts";
import { parseResource } from "../../../../model/asl/resource.ts";
import type { ResultShape } from "../../../../model/asl/validate/mockResult.ts";
import { loadOutputConstraints } from "../../../../model/asl/validate/outputConstraints.ts";
import { readSchemaFile } from "../../../kernel/schemaFile.ts";
import { resultShapeOf } from "./outputShape.ts";

/** The SDK's client of a service, where its name is another. */
const clients: Readonly<Record<string, string>> = {
  states: "sfn",
  events: "eventbridge",
  cloudwatchlogs: "cloudwatch-logs",
  secretsmanager: "secrets-manager",
  apigateway: "api-gateway",
};

type ShapeOf = (state: State) => ResultShape | undefined;
const none: ShapeOf = () => undefined;

/** Reads the schemas that the Tasks of a definition need; a service of which there is no client is not checked. */
export async function resultShapes(definition: string): Promise<ShapeOf> {
  const json = readJsonText(definition);
  if (!json.ok) return none;
  const services = new Set(
    [...definition.matchAll(/arn:[^:"]*:states:[^:"]*:[^:"]*:[^"]+/g)].flatMap(([arn]) => {
      const resource = parseResource(arn);
      return resource?.type === "integration" ? [resource.service] : [];
    }),
  );
  const loaded = new Map<string, ReadonlyMap<string, ResultShape>>();
  for (const service of services) loaded.set(service, await outputsOf(clients[service] ?? service));
  return (state) => {
    if (state.type !== "Task" || state.resource.type !== "integration") return undefined;
    const { service, operation } = state.resource;
    return loaded.get(service)?.get(`${operation.charAt(0).toUpperCase()}${operation.slice(1)}`);
  };
}

const operationTag = 9;

async function outputsOf(client: string): Promise<ReadonlyMap<string, ResultShape>> {
  const outputs = new Map<string, ResultShape>();
  let schemas: Awaited<ReturnType<typeof readSchemaFile>>;
  try {
    schemas = await readSchemaFile(`@aws-sdk/client-${client}`);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return outputs;
    throw error;
  }
  const constraints = await loadOutputConstraints(client);
  for (const raw of schemas) {
    if (raw[0] !== operationTag) continue;
    const [, , name, , , output] = raw;
    const reference: unknown = typeof output === "function" ? output() : output;
    outputs.set(name, resultShapeOf(NormalizedSchema.of(reference as never), constraints));
  }
  return outputs;
}
