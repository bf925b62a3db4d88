import type { GetAccountSettingsResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { accountConcurrency } from "../functions.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export function getAccountSettings(functions: Functions) {
  return (_input: object, call: Call): GetAccountSettingsResponse => {
    const records = functions.store.all().filter((record) => record.latest.region === call.region);
    const reserved = records.reduce((sum, record) => sum + (record.reservedConcurrency ?? 0), 0);
    return {
      AccountLimit: {
        TotalCodeSize: 322_122_547_200,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: accountConcurrency,
        UnreservedConcurrentExecutions: accountConcurrency - reserved,
      },
      AccountUsage: { TotalCodeSize: records.reduce((sum, record) => sum + record.latest.codeBytes, 0), FunctionCount: records.length },
    };
  };
}
