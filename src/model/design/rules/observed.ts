import type { Connection } from "../design.ts";
import { isStarted } from "../kinds.ts";
import { groupBy } from "../layers.ts";
import { allow } from "./allowing.ts";
import { grantReader, isAllowed } from "./grants.ts";
import type { CheckInput } from "./report.ts";
import { actionOf } from "./sdkCalls.ts";
import { words } from "../../words.ts";

/** What a function or state machine was seen to call while it ran and no policy of it allows: on AWS the call is denied. */
export function checkObserved(input: CheckInput): void {
  const { view, context } = input;
  if (context.observed === undefined || context.observed.length === 0) return;
  const grantsOf = grantReader(view);
  const connections = groupBy(input.design.connections, ({ from, to }) => `${from}>${to}`);
  for (const [, calls] of groupBy(context.observed, ({ from, to }) => `${from}>${to}`)) {
    const [from, to] = [view.resources.get(calls[0]?.from ?? ""), view.resources.get(calls[0]?.to ?? "")];
    if (!from || !to || from.id === to.id || !isStarted(from.type)) continue;
    if (connections.get(`${from.id}>${to.id}`)?.some(isSentByAws)) continue;
    const isSource = connections.get(`${to.id}>${from.id}`)?.some(({ kind }) => kind === "trigger") === true;
    // of a raw state machine the role is another property, which is not read
    const grants = from.type === "AWS::StepFunctions::StateMachine" ? undefined : grantsOf(from);
    if (grants === undefined) continue;
    const actions = new Set(calls.flatMap(({ service, operation }) => actionOf(service, operation) ?? []));
    const denied = [...actions]
      .filter((action) => !(isSource && ofSources.has(action)) && !isAllowed(action, to.id, grants, view))
      .toSorted();
    if (denied.length === 0) continue;
    input.report({
      severity: "warning",
      rule: "design.observed-call",
      message: words("{{from}} called {{denied}} on {{to}} while it ran, which no policy of it allows. On AWS it is denied.", {
        from: from.id,
        denied: denied.join(", "),
        to: to.id,
      }),
      path: from.path,
      resource: from.id,
      ...allow(from, to, denied, input),
    });
  }
}

/** Lambda reads an event source with what SAM allows for it; without that, AWS would not make the mapping. */
const ofSources = new Set(["sqs:ReceiveMessage", "sqs:DeleteMessage"]);

/** Destinations and dead letters are Lambda's to send, with what SAM allows for them. */
function isSentByAws({ kind }: Connection): boolean {
  return kind === "target" || kind === "dead-letter";
}
