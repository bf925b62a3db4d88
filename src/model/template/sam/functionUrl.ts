// FunctionUrlConfig of a function: its URL, and who may call it.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { isIntrinsic, isSet, ref, setOnly } from "./json.ts";

const corsTypes: Readonly<Record<string, readonly [words: string, check: (value: Json) => boolean]>> = {
  AllowOrigins: ["a list", (value) => Array.isArray(value)],
  AllowMethods: ["a list", (value) => Array.isArray(value)],
  AllowHeaders: ["a list", (value) => Array.isArray(value)],
  ExposeHeaders: ["a list", (value) => Array.isArray(value)],
  AllowCredentials: ["true or false", (value) => typeof value === "boolean"],
  MaxAge: ["an integer", (value) => Number.isInteger(value) || typeof value === "boolean"],
};

export function emitFunctionUrl(context: SamContext, resource: SamResource, config: JsonObject, aliasId: string | undefined): void {
  const { id, passedOn } = resource;
  const target = aliasId === undefined ? ref(id) : ref(aliasId);
  if (!isIntrinsic(config)) checkConfig(config);
  emit(
    context,
    id,
    `${id}Url`,
    "AWS::Lambda::Url",
    { AuthType: config.AuthType, Cors: setOnly(config.Cors), InvokeMode: config.InvokeMode, TargetFunctionArn: target },
    passedOn,
  );
  if (config.AuthType !== "NONE") return;
  const base = { FunctionName: target, Principal: "*" };
  emit(
    context,
    id,
    `${id}UrlPublicPermissions`,
    "AWS::Lambda::Permission",
    { Action: "lambda:InvokeFunctionUrl", ...base, FunctionUrlAuthType: "NONE" },
    passedOn,
  );
  emit(
    context,
    id,
    `${id}URLInvokeAllowPublicAccess`,
    "AWS::Lambda::Permission",
    { Action: "lambda:InvokeFunction", ...base, InvokedViaFunctionUrl: true },
    passedOn,
  );
}

function checkConfig(config: JsonObject): void {
  const { AuthType: authType, Cors: cors } = config;
  if (!isIntrinsic(authType) && authType !== "AWS_IAM" && authType !== "NONE") fail("FunctionUrlConfig needs AuthType: AWS_IAM or NONE.");
  if (!isSet(cors) || isIntrinsic(cors)) return;
  if (!isJsonObject(cors)) fail("Cors of FunctionUrlConfig should be a map.");
  for (const [name, value] of Object.entries(cors)) {
    const expected = Object.hasOwn(corsTypes, name) ? corsTypes[name] : undefined;
    if (expected === undefined) fail(`Cors of FunctionUrlConfig has no property ${name}.`);
    const [words, check] = expected;
    if (!isIntrinsic(value) && !check(value)) fail(`${name} in Cors of FunctionUrlConfig should be ${words}.`);
  }
}
