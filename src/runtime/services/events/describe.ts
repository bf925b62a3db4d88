import type { EventBus, Rule as DescribedRule } from "@aws-sdk/client-eventbridge";
import type { Bus } from "./buses.ts";
import type { Rule } from "./rules.ts";

// Buses and rules as the API shows them.

export function describeBus(bus: Bus): EventBus {
  return {
    Name: bus.name,
    Arn: bus.arn,
    ...(bus.description !== undefined && { Description: bus.description }),
    ...(bus.policy.length > 0 && { Policy: JSON.stringify({ Version: "2012-10-17", Statement: bus.policy }) }),
    CreationTime: new Date(bus.createdAt),
    LastModifiedTime: new Date(bus.modifiedAt),
  };
}

export function describeRule(rule: Rule): DescribedRule {
  return {
    Name: rule.name,
    Arn: rule.arn,
    ...(rule.pattern !== undefined && { EventPattern: rule.pattern }),
    ...(rule.schedule !== undefined && { ScheduleExpression: rule.schedule }),
    State: rule.state,
    ...(rule.description !== undefined && { Description: rule.description }),
    ...(rule.roleArn !== undefined && { RoleArn: rule.roleArn }),
    EventBusName: rule.bus,
  };
}
