import type { RoutingConfigurationListItem } from "@aws-sdk/client-sfn";
import { constraint, missing, resourceNotFound, validation } from "./errors.ts";
import type { Alias, Machine } from "./machines.ts";
import { parseArnOf } from "./names.ts";
import type { States } from "./states.ts";

/** Checks the routes of an alias: one or two versions of one machine, of which the weights make 100. */
export function readRouting(
  states: States,
  given: readonly RoutingConfigurationListItem[] | undefined,
): { readonly machine: Machine; readonly routing: Alias["routing"] } {
  if (given === undefined || given.length === 0) throw missing("routingConfiguration");
  const member = "routingConfiguration";
  if (given.length > 2) {
    const told = given.map(
      (route) => `RoutingConfigurationListItem(stateMachineVersionArn=${route.stateMachineVersionArn}, weight=${route.weight})`,
    );
    throw constraint(`[${told.join(", ")}]`, member, "Member must have length less than or equal to 2");
  }
  given.forEach(({ weight = 0 }, index) => {
    const at = `${member}.${index + 1}.member.weight`;
    if (weight > 100) throw constraint(weight, at, "Member must have value less than or equal to 100");
    if (weight < 0) throw constraint(weight, at, "Member must have value greater than or equal to 0");
  });
  const arns = given.map(({ stateMachineVersionArn }) => stateMachineVersionArn ?? "");
  const parsed = arns.map((arn) => parseArnOf(arn, "stateMachine", `${member}.1.member.stateMachineVersionArn`));
  if (parsed.some(({ qualifier }) => qualifier === undefined || !/^\d+$/.test(qualifier)))
    throw validation(`Routing configuration must contain state machine version ARNs. Received: [${arns.join(", ")}]`);
  if (new Set(arns).size < arns.length)
    throw validation(`Routing configuration must contain distinct state machine version ARNs. Received: [${arns.join(", ")}]`);
  const weights = given.map(({ weight = 0 }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw validation(`Sum of routing configuration weights must equal 100. Received: [${weights.join(", ")}]`);
  const [first] = parsed;
  const machine = first && states.machines.find(first.region, first.name);
  if (machine === undefined) throw resourceNotFound(arns[0]);
  const routing = parsed.map(({ name, qualifier }, index) => {
    const version = machine.versions.find(({ number }) => number === Number(qualifier));
    if (name !== machine.name || version === undefined) throw resourceNotFound(arns[index]);
    return { version: version.number, weight: weights[index] ?? 0 };
  });
  return { machine, routing };
}
