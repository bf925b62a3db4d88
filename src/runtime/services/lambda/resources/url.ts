import type { Cors } from "@aws-sdk/client-lambda";
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import type { Deployed, ResourceProvider } from "../../../kernel/service.ts";
import type { FunctionRecord, FunctionUrl } from "../function.ts";
import { functionArn } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { addUrl, changeUrl, urlText } from "../url/functionUrl.ts";
import type { FunctionUrlSettings } from "../url/functionUrl.ts";
import { numeric, text } from "./function.ts";

/** AWS::Lambda::Url: a function's own HTTPS address. */
export function urlProvider(functions: Functions): ResourceProvider {
  return {
    create({ properties }, call) {
      const given = parseFunctionName(text(properties["TargetFunctionArn"]));
      const qualifier = text(properties["Qualifier"]) ?? given.qualifier;
      const record = functions.store.get(given, call.region);
      const known = record.urls.find((url) => url.qualifier === qualifier);
      const url =
        known === undefined
          ? addUrl(functions, record, qualifier, settingsOf(properties), call)
          : changeUrl(functions, record, known, settingsOf(properties), call);
      return deployed(record, url);
    },
    update({ properties }, previous, call) {
      const given = parseFunctionName(text(properties["TargetFunctionArn"]));
      const record = functions.store.get(given, call.region);
      const known = record.urls.find((url) => url.qualifier === (text(properties["Qualifier"]) ?? given.qualifier));
      const isSame = text(previous.properties["TargetFunctionArn"]) === text(properties["TargetFunctionArn"]);
      return known === undefined || !isSame
        ? "replace"
        : deployed(record, changeUrl(functions, record, known, settingsOf(properties), call));
    },
    delete(previous, call) {
      const given = parseFunctionName(previous.physicalId);
      const record = functions.store.find(given.name, call.region);
      const url = text(previous.attributes["FunctionUrl"]);
      if (record !== undefined)
        functions.save({ ...record, urls: record.urls.filter((candidate) => urlText(candidate, call.region) !== url) });
    },
  };
}

function deployed({ latest }: FunctionRecord, url: FunctionUrl): Deployed {
  const arn = functionArn(latest, url.qualifier);
  return { physicalId: arn, attributes: { FunctionUrl: urlText(url, latest.region), FunctionArn: arn } };
}

function settingsOf(properties: JsonObject): FunctionUrlSettings {
  const cors = properties["Cors"];
  return {
    authType: properties["AuthType"] === "AWS_IAM" ? "AWS_IAM" : "NONE",
    invokeMode: properties["InvokeMode"] === "RESPONSE_STREAM" ? "RESPONSE_STREAM" : "BUFFERED",
    ...(isJsonObject(cors) && { cors: corsOf(cors) }),
  };
}

function corsOf(cors: JsonObject): Cors {
  return {
    AllowCredentials: cors["AllowCredentials"] === true || cors["AllowCredentials"] === "true",
    AllowHeaders: list(cors["AllowHeaders"]),
    AllowMethods: list(cors["AllowMethods"]),
    AllowOrigins: list(cors["AllowOrigins"]),
    ExposeHeaders: list(cors["ExposeHeaders"]),
    MaxAge: numeric(cors["MaxAge"]),
  };
}

function list(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
