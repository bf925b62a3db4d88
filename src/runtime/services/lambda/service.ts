import type { ResourceRef } from "../../../model/trace.ts";
import type { Service } from "../../kernel/service.ts";
import { lambda as definition } from "./definition.ts";
import { EventQueue } from "./eventQueue.ts";
import { functionRef } from "./function.ts";
import { Functions } from "./functions.ts";
import { createFunction } from "./operations/createFunction.ts";
import { invoke } from "./operations/invoke.ts";
import { publishVersion } from "./operations/publishVersion.ts";
import { functionProvider } from "./resources/function.ts";

/** AWS Lambda: functions in processes of their own. */
export const lambda: Service = {
  definition,
  create(environment) {
    const functions = new Functions(environment);
    const events = new EventQueue(functions);
    return {
      operations: {
        CreateFunction: createFunction(functions),
        Invoke: invoke(functions, events),
        PublishVersion: publishVersion(functions),
      },
      resources: {
        "AWS::Lambda::Function": functionProvider(functions),
      },
      targetOf(_operation, input, region): ResourceRef | null {
        const name = nameIn(input);
        return name === undefined ? null : (environment.kernel.resources.find("lambda", name, region) ?? functionRef(name, region));
      },
      codeChanged: (paths) => functions.codeChanged(paths),
      gauges: () => [...functions.gauges()],
      async arm() {
        events.resume();
      },
      stop() {
        events.stop();
        functions.stop();
      },
    };
  },
};

/** The function's name in any of the forms that an operation takes it, found fast: every invocation passes here. */
function nameIn(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null || !("FunctionName" in input) || typeof input.FunctionName !== "string") return undefined;
  const given = input.FunctionName;
  if (!given.includes(":")) return given;
  const parts = given.split(":");
  const index = parts.indexOf("function");
  return index >= 0 ? parts[index + 1] : parts[0];
}
