import type { ListExportsInput, ListExportsOutput } from "@aws-sdk/client-cloudformation";
import type { Call } from "../../../kernel/service.ts";
import type { CloudFormation } from "../cloudFormation.ts";

const pageSize = 100;

export function listExports(cloudFormation: CloudFormation, input: ListExportsInput, call: Call): ListExportsOutput {
  const exports = cloudFormation.store
    .all(call.region)
    .filter((stack) => stack.status !== "DELETE_COMPLETE")
    .flatMap(({ id, outputs }) =>
      outputs.flatMap(({ exportName, value }) =>
        exportName === null ? [] : [{ ExportingStackId: id, Name: exportName, Value: String(value) }],
      ),
    );
  const start = Number(input.NextToken ?? 0);
  return {
    Exports: exports.slice(start, start + pageSize),
    ...(start + pageSize < exports.length && { NextToken: String(start + pageSize) }),
  };
}
