import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { Call, Deployed, ResourceProvider } from "../../../kernel/service.ts";
import { asyncSettingsOf, withAsyncSettings } from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { numeric, text } from "./function.ts";

/** AWS::Lambda::EventInvokeConfig: retries, age and destinations of asynchronous invocations. */
export function eventInvokeConfigProvider(functions: Functions): ResourceProvider {
  const put = (properties: JsonObject, call: Call): Deployed => {
    const given = parseFunctionName(text(properties["FunctionName"]), undefined);
    const qualifier = text(properties["Qualifier"]) ?? given.qualifier ?? "$LATEST";
    const destinations = isJsonObject(properties["DestinationConfig"]) ? properties["DestinationConfig"] : {};
    const input = {
      MaximumRetryAttempts: numeric(properties["MaximumRetryAttempts"]),
      MaximumEventAgeInSeconds: numeric(properties["MaximumEventAgeInSeconds"]),
      DestinationConfig: {
        OnSuccess: { Destination: destinationIn(destinations["OnSuccess"]) },
        OnFailure: { Destination: destinationIn(destinations["OnFailure"]) },
      },
    };
    const record = functions.store.get(given, call.region);
    functions.save(withAsyncSettings(record, asyncSettingsOf(qualifier, input, undefined, call.now())));
    return { physicalId: `${given.name}|${qualifier}`, attributes: {} };
  };
  return {
    create: ({ properties }, call) => put(properties, call),
    update: ({ properties }, previous, call) =>
      text(properties["FunctionName"]) === text(previous.properties["FunctionName"]) &&
      text(properties["Qualifier"]) === text(previous.properties["Qualifier"])
        ? put(properties, call)
        : "replace",
    delete(previous, call) {
      const [name = "", qualifier] = previous.physicalId.split("|");
      const record = functions.store.find(name, call.region);
      if (record !== undefined)
        functions.save({ ...record, asyncSettings: record.asyncSettings.filter((settings) => settings.qualifier !== qualifier) });
    },
  };
}

function destinationIn(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? text(value["Destination"]) : undefined;
}
