// Outputs of the operations that Tasks call, as the SDK's schemas describe them: against these TestState checks a mocked result.
import { readJsonText } from "../../../../model/asl/jsonText.ts";
import type { State } from "../../../../model/asl/definition.ts";
import { parseResource } from "../../../../model/asl/resource.ts";
import type { ResultShape } from "../../../../model/asl/validate/mockResult.ts";
import { loadOutputConstraints } from "../../../../model/asl/validate/outputConstraints.ts";
import { clientOf, operationShapes } from "./operationShapes.ts";
import { resultShapeOf } from "./outputShape.ts";

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
  for (const service of services) loaded.set(service, await outputsOf(service));
  return (state) => {
    if (state.type !== "Task" || state.resource.type !== "integration") return undefined;
    const { service, operation } = state.resource;
    return loaded.get(service)?.get(`${operation.charAt(0).toUpperCase()}${operation.slice(1)}`);
  };
}

async function outputsOf(service: string): Promise<ReadonlyMap<string, ResultShape>> {
  const constraints = await loadOutputConstraints(clientOf(service));
  const shapes = await operationShapes(service);
  return new Map([...shapes].map(([name, { output }]) => [name, resultShapeOf(output, constraints)]));
}
