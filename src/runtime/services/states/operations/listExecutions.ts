import type { ListExecutionsInput, ListExecutionsOutput } from "@aws-sdk/client-sfn";
import { listItem } from "../describe.ts";
import { typeNotSupported, validation } from "../errors.ts";
import type { Execution } from "../executions.ts";
import { aliasArn, versionArn } from "../machines.ts";
import { pageOf, tokenAt } from "../paging.ts";
import type { States } from "../states.ts";

const maxTokenCharacters = 3096;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html: the newest first. */
export function listExecutions(states: States) {
  return async (input: ListExecutionsInput): Promise<ListExecutionsOutput> => {
    if ((input.stateMachineArn === undefined) === (input.mapRunArn === undefined))
      throw validation("Must provide a stateMachineArn or a mapRunArn, but not both.");
    const { offset, limit } = pageOf(input, maxTokenCharacters);
    await states.journal.commit();
    const filter = {
      ...(input.statusFilter !== undefined && { status: input.statusFilter }),
      ...(input.redriveFilter !== undefined && { isRedriven: input.redriveFilter === "REDRIVEN" }),
      limit: limit + 1,
      offset,
      isWithoutData: true,
    };
    let found: readonly Execution[];
    if (input.mapRunArn !== undefined) {
      states.mapRuns.get(input.mapRunArn);
      found = states.executions.list({ ...filter, mapRunArn: input.mapRunArn });
    } else {
      const { machine, version, alias } = states.machines.target(input.stateMachineArn);
      if (machine.type === "EXPRESS") throw typeNotSupported();
      found =
        version === undefined
          ? states.executions.list({ ...filter, machineArn: machine.arn })
          : // By version or alias: few enough to be picked from all.
            states.executions
              .list({ ...filter, machineArn: machine.arn, limit: Number.MAX_SAFE_INTEGER, offset: 0 })
              .filter(({ record }) =>
                alias === undefined
                  ? record.versionArn === versionArn(machine, version.number)
                  : record.aliasArn === aliasArn(machine, alias.name),
              )
              .slice(offset, offset + limit + 1);
    }
    return {
      executions: found.slice(0, limit).map(listItem),
      ...(found.length > limit && { nextToken: tokenAt(offset + limit) }),
    };
  };
}
