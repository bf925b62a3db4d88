// FunctionUrlConfig of a function: its URL, and who may call it.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { isIntrinsic, isSet, ref, setOnly } from "./json.ts";
import { type Words, words } from "../../words.ts";

const corsTypes: Readonly<Record<string, readonly [what: Words, check: (value: Json) => boolean]>> = {
  AllowOrigins: [words("a list"), (value) => Array.isArray(value)],
  AllowMethods: [words("a list"), (value) => Array.isArray(value)],
  AllowHeaders: [words("a list"), (value) => Array.isArray(value)],
  ExposeHeaders: [words("a list"), (value) => Array.isArray(value)],
  AllowCredentials: [words("true or false"), (value) => typeof value === "boolean"],
  MaxAge: [words("an integer"), (value) => Number.isInteger(value) || typeof value === "boolean"],
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
  if (!isIntrinsic(authType) && authType !== "AWS_IAM" && authType !== "NONE")
    fail(words("FunctionUrlConfig needs AuthType: AWS_IAM or NONE."));
  if (!isSet(cors) || isIntrinsic(cors)) return;
  if (!isJsonObject(cors)) fail(words("{{property}} of {{owner}} should be a map.", { property: "Cors", owner: "FunctionUrlConfig" }));
  for (const [name, value] of Object.entries(cors)) {
    const expected = Object.hasOwn(corsTypes, name) ? corsTypes[name] : undefined;
    if (expected === undefined)
      fail(words("{{property}} of {{owner}} has no property {{name}}.", { property: "Cors", owner: "FunctionUrlConfig", name }));
    const [what, check] = expected;
    if (!isIntrinsic(value) && !check(value)) fail(words("{{name}} in Cors of FunctionUrlConfig should be {{what}}.", { name, what }));
  }
}
