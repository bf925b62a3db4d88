import type { AddPermissionRequest } from "@aws-sdk/client-lambda";
import type { ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { NotRunLocally } from "../../../kernel/notRunLocally.ts";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { statementOf } from "../policy.ts";
import { text } from "./function.ts";

/** AWS::Lambda::Permission: a statement of the function's policy; kept, not enforced. */
export function permissionProvider(functions: Functions): ResourceProvider {
  return {
    create(resource, call) {
      const given = parseFunctionName(text(resource.properties["FunctionName"]));
      if (functions.store.find(given.name, call.region) === undefined)
        throw new NotRunLocally("ResourceNotFoundException", `the function ${given.name} is none of this design's.`);
      const record = functions.store.get(given, call.region);
      const id = physicalName(resource, call.kernel.ids, 100);
      functions.save({ ...record, policy: [...record.policy, statementOf(record, requestOf(resource, id), given.qualifier)] });
      return { physicalId: id, attributes: { Id: id } };
    },
    delete(previous, call) {
      const { name } = parseFunctionName(text(previous.properties["FunctionName"]));
      const record = functions.store.find(name, call.region);
      if (record !== undefined)
        functions.save({ ...record, policy: record.policy.filter((statement) => statement.id !== previous.physicalId) });
    },
  };
}

function requestOf({ properties }: StackResource, id: string): AddPermissionRequest {
  return {
    FunctionName: text(properties["FunctionName"]),
    StatementId: id,
    Action: text(properties["Action"]) ?? "lambda:InvokeFunction",
    Principal: text(properties["Principal"]) ?? "*",
    SourceArn: text(properties["SourceArn"]),
    SourceAccount: text(properties["SourceAccount"]),
    PrincipalOrgID: text(properties["PrincipalOrgID"]),
    FunctionUrlAuthType:
      properties["FunctionUrlAuthType"] === "AWS_IAM" ? "AWS_IAM" : properties["FunctionUrlAuthType"] === "NONE" ? "NONE" : undefined,
  };
}
