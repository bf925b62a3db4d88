import { isJsonObject, type Json } from "../../../../model/json.ts";
import type { Call, Deployed, ResourceProvider } from "../../../kernel/service.ts";
import { functionArn } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { publish } from "../operations/publishVersion.ts";
import { aliasTarget } from "../aliases.ts";
import type { Alias, FunctionRecord } from "../function.ts";
import { numeric, text } from "./function.ts";

/** AWS::Lambda::Version: a numbered copy, made once. */
export function versionProvider(functions: Functions): ResourceProvider {
  return {
    create(resource, call): Deployed {
      const record = functions.store.get(parseFunctionName(text(resource.properties["FunctionName"])), call.region);
      const version = publish(functions, record, text(resource.properties["Description"]), call);
      const arn = functionArn(version, version.version);
      return { physicalId: arn, attributes: { Version: version.version, FunctionArn: arn } };
    },
    update: (_resource, previous) => previous,
    delete(previous, call) {
      const given = parseFunctionName(previous.physicalId);
      const record = functions.store.find(given.name, call.region);
      if (record !== undefined)
        functions.save({ ...record, published: record.published.filter((version) => version.version !== given.qualifier) });
    },
  };
}

/** AWS::Lambda::Alias */
export function aliasProvider(functions: Functions): ResourceProvider {
  const put = (
    functionName: string | undefined,
    name: string,
    version: string | undefined,
    description: string,
    weights: Readonly<Record<string, number>>,
    call: Call,
  ): Deployed => {
    const record = functions.store.get(parseFunctionName(functionName), call.region);
    const alias: Alias = { name, ...aliasTarget(record, version, weights), description, revisionId: call.kernel.ids.uuid() };
    const aliases = [...record.aliases.filter((candidate) => candidate.name !== name), alias];
    const saved: FunctionRecord = functions.save({ ...record, aliases });
    return { physicalId: functionArn(saved.latest, name), attributes: { AliasArn: functionArn(saved.latest, name) } };
  };
  return {
    create: ({ properties }, call) =>
      put(
        text(properties["FunctionName"]),
        text(properties["Name"]) ?? "",
        text(properties["FunctionVersion"]),
        text(properties["Description"]) ?? "",
        weightsIn(properties["RoutingConfig"]),
        call,
      ),
    update(resource, previous, call) {
      const { properties } = resource;
      const isSame = ["Name", "FunctionName"].every((key) => text(properties[key]) === text(previous.properties[key]));
      return isSame
        ? put(
            text(properties["FunctionName"]),
            text(properties["Name"]) ?? "",
            text(properties["FunctionVersion"]),
            text(properties["Description"]) ?? "",
            weightsIn(properties["RoutingConfig"]),
            call,
          )
        : "replace";
    },
    delete(previous, call) {
      const given = parseFunctionName(previous.physicalId);
      const record = functions.store.find(given.name, call.region);
      if (record !== undefined) functions.save({ ...record, aliases: record.aliases.filter((alias) => alias.name !== given.qualifier) });
    },
  };
}

/** AdditionalVersionWeights, which a template gives as a list. */
function weightsIn(routing: Json | undefined): Readonly<Record<string, number>> {
  const weights = isJsonObject(routing) ? routing["AdditionalVersionWeights"] : undefined;
  if (!Array.isArray(weights)) return {};
  return Object.fromEntries(
    weights.filter(isJsonObject).map((one) => [text(one["FunctionVersion"]) ?? "", numeric(one["FunctionWeight"]) ?? 0]),
  );
}
