import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { stsService } from "../../../src/runtime/services/sts/service.ts";
import { clientOptions, runtimeWith } from "../../support/runtime.ts";

test("everyone is the account's root", async () => {
  const runtime = await runtimeWith([stsService], { accountId: "123456789012" });
  const identity = await new STSClient(clientOptions(runtime)).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:root", UserId: "123456789012" });
});
