import type { DescribeEventBusResponse } from "@aws-sdk/client-eventbridge";
import { isJsonObject, type JsonObject } from "../../../../model/json.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { isChanged, unlessGone } from "./unlessGone.ts";

/** AWS::Events::EventBusPolicy: one statement of a bus's policy. */
export const eventBusPolicyProvider: ResourceProvider = {
  create: (resource, call) => put(resource, call),
  async update(resource, previous, call) {
    if (isChanged(resource.properties, previous.properties, ["EventBusName", "StatementId"])) return "replace";
    return await put(resource, call);
  },
  async delete(previous, call) {
    const { EventBusName: bus, StatementId: sid } = previous.properties;
    await unlessGone(call.invoke("events", "RemovePermission", { EventBusName: bus, StatementId: sid }));
  },
};

async function put({ properties }: StackResource, call: Call): Promise<Deployed> {
  const { EventBusName: bus, StatementId: sid, Statement: statement, Action, Principal, Condition } = properties;
  if (statement === undefined)
    await call.invoke("events", "PutPermission", { EventBusName: bus, StatementId: sid, Action, Principal, Condition });
  else {
    const { Policy: policy } = await call.invoke<DescribeEventBusResponse>("events", "DescribeEventBus", { Name: bus });
    const others = statementsIn(policy).filter(({ Sid: each }) => each !== sid);
    const own = isJsonObject(statement) ? statement : (JSON.parse(String(statement)) as JsonObject);
    await call.invoke("events", "PutPermission", {
      EventBusName: bus,
      Policy: JSON.stringify({ Version: "2012-10-17", Statement: [...others, { Sid: String(sid), ...own }] }),
    });
  }
  return { physicalId: String(sid), attributes: {} };
}

function statementsIn(policy: string | undefined): JsonObject[] {
  if (policy === undefined) return [];
  const { Statement: statements } = JSON.parse(policy) as { readonly Statement: JsonObject[] };
  return statements;
}
