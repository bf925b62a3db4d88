import { isJsonObject, type Json } from "../../json.ts";
import type { ResourceTypeDefinition } from "../../service.ts";
import type { Connection, DesignResource } from "../design.ts";
import { at, listOf, type ResourceView } from "../view.ts";
import type { CheckInput } from "./report.ts";

/** A function that is told of a table or queue, but has no policy for it: on AWS its calls are denied. */
export function checkAccess({ design, view, report }: CheckInput): void {
  const byId = new Map(design.resources.map((resource) => [resource.id, resource]));
  for (const connection of design.connections) {
    const from = view.resources.get(connection.from);
    const to = byId.get(connection.to);
    if (connection.kind !== "access" || from?.type !== "AWS::Serverless::Function" || !to) continue;
    const onlyNames = connection.writtenAt.every((path) => path[3] === "Environment");
    if (!onlyNames || !isJudgeable(from)) continue;
    const policy = policyFor(view.definitionOf(from.type), to);
    if (policy === undefined) continue;
    report({
      severity: "info",
      rule: "design.no-policy",
      message: `${from.id} knows the name of ${to.id} but has no policy for it: on AWS its calls are denied.`,
      path: connection.writtenAt[0] ?? from.path,
      fix: { title: `Allow it (${Object.keys(policy)[0] ?? "policy"})`, command: allow(from, connection, policy) },
    });
  }
}

/** Roles, managed policies and connectors may allow it out of sight. */
function isJudgeable(resource: ResourceView): boolean {
  if (resource.properties["Role"] !== undefined || resource.written["Connectors"] !== undefined) return false;
  return listOf(resource.properties["Policies"]).every(
    (policy) =>
      isJsonObject(policy) && !("Ref" in policy) && !("Statement" in policy) && !Object.keys(policy).some((key) => key.startsWith("Fn::")),
  );
}

/** The policy that drawing the connection would write. */
function policyFor(definition: ResourceTypeDefinition | undefined, to: DesignResource): { [name: string]: Json } | undefined {
  const rule = definition?.connections.find((each) => each.kind === "access" && each.to.includes(to.type));
  const write = rule?.writes.find((each) => each.path === "Properties.Policies.-");
  const policy: Json | undefined = write && JSON.parse(JSON.stringify(write.value).replaceAll("{to}", to.id));
  return isJsonObject(policy) ? policy : undefined;
}

function allow(from: ResourceView, _: Connection, policy: Json) {
  const present = listOf(at(from.written, "Properties", "Policies"));
  return { type: "setProperty" as const, id: from.id, path: "Properties.Policies", value: [...present, policy] };
}
