// Inputs and outputs of operations as the SDK's schemas describe them: read once for each client that a Task or TestState needs.
import { NormalizedSchema } from "@smithy/core/schema";
import { readSchemaFile } from "../../../kernel/schemaFile.ts";

export interface OperationShape {
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** The SDK's client of a service, where its name in a Task's Resource is another. */
const clients: Readonly<Record<string, string>> = {
  states: "sfn",
  events: "eventbridge",
  cloudwatchlogs: "cloudwatch-logs",
  secretsmanager: "secrets-manager",
  apigateway: "api-gateway",
};

const operationTag = 9;
const known = new Map<string, Promise<ReadonlyMap<string, OperationShape>>>();

export function clientOf(service: string): string {
  return clients[service] ?? service;
}

/** By operation; empty for a service of which there is no client. */
export function operationShapes(service: string): Promise<ReadonlyMap<string, OperationShape>> {
  const client = clientOf(service);
  let shapes = known.get(client);
  if (shapes === undefined) {
    shapes = read(client);
    known.set(client, shapes);
  }
  return shapes;
}

async function read(client: string): Promise<ReadonlyMap<string, OperationShape>> {
  const shapes = new Map<string, OperationShape>();
  let schemas: Awaited<ReturnType<typeof readSchemaFile>>;
  try {
    schemas = await readSchemaFile(`@aws-sdk/client-${client}`);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return shapes;
    throw error;
  }
  for (const raw of schemas) {
    if (raw[0] !== operationTag) continue;
    const [, , name, , input, output] = raw;
    shapes.set(name, { input: normalized(input), output: normalized(output) });
  }
  return shapes;
}

function normalized(reference: unknown): NormalizedSchema {
  return NormalizedSchema.of((typeof reference === "function" ? (reference as () => unknown)() : reference) as never);
}
