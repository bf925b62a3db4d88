import type { Caller, OperationHandler, Service } from "../../kernel/service.ts";
import type { DeployResult } from "../../../model/run.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { DeployError, type Deployment } from "../../kernel/deployment.ts";
import type { Operation } from "./cloudFormation.ts";
import { customResources } from "./customResource.ts";
import { cloudformation as definition } from "./definition.ts";
import { describeStackEvents } from "./operations/describeStackEvents.ts";
import { describeStackResource } from "./operations/describeStackResource.ts";
import { describeStackResources } from "./operations/describeStackResources.ts";
import { describeStacks } from "./operations/describeStacks.ts";
import { getTemplate } from "./operations/getTemplate.ts";
import { listExports } from "./operations/listExports.ts";
import { listStackResources } from "./operations/listStackResources.ts";
import { listStacks } from "./operations/listStacks.ts";
import { nestedStacks, nestedStackType } from "./nestedStacks.ts";
import { createStackStore } from "./stackStore.ts";
import { createStacks, type StackRequest, type Stacks } from "./stacks.ts";

/** AWS's name: what does it. */
const operations = {
  DescribeStackEvents: describeStackEvents,
  DescribeStackResource: describeStackResource,
  DescribeStackResources: describeStackResources,
  DescribeStacks: describeStacks,
  GetTemplate: getTemplate,
  ListExports: listExports,
  ListStackResources: listStackResources,
  ListStacks: listStacks,
} satisfies Record<string, Operation>;

export const cloudFormationService: Service = {
  definition,
  create(environment) {
    const { kernel } = environment;
    const store = createStackStore(environment.database);
    const custom = customResources(kernel, (name, region) => store.find(name, region)?.id ?? name);
    const nested = nestedStacks(store, () => stacks);
    const stacks: Stacks = createStacks(environment, store, custom, nested);
    let last: Promise<unknown> = Promise.resolve();

    /** One deployment after the other: each begins from what the one before left. */
    function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
      const turn = last.then(work, work);
      last = turn.catch(() => {});
      return turn;
    }

    /** A template at fault ends its span as AWS would answer, and is told the caller with its places. */
    async function deploy(deployment: Deployment, caller: Caller): Promise<DeployResult> {
      const refusals: DeployError[] = [];
      try {
        return await kernel.work(
          {
            kind: "operation",
            service: definition.id,
            operation: "Deploy",
            target: null,
            input: { stackName: deployment.stackName, templatePath: deployment.templatePath, parameters: deployment.parameters },
            run: async (_input, call) => {
              try {
                return await stacks.deploy({ ...deployment, tags: [] } satisfies StackRequest, call);
              } catch (error) {
                if (!(error instanceof DeployError)) throw error;
                refusals.push(error);
                throw new AwsError("ValidationError", error.message);
              }
            },
          },
          caller,
        );
      } catch (error) {
        throw refusals[0] ?? error;
      }
    }

    return {
      operations: Object.fromEntries(
        Object.entries<Operation>(operations).map(([name, operation]): [string, OperationHandler] => [
          name,
          (input, call) => operation({ environment, store, stacks }, input, call),
        ]),
      ),
      resources: { [nestedStackType]: nested.provider },
      dataPlanes: [custom.plane],
      deployer: {
        deploy: (deployment: Deployment, caller: Caller) => inTurn(() => deploy(deployment, caller)),
        difference: async (deployment: Deployment) => stacks.difference({ ...deployment, tags: [] }, environment.defaultRegion),
      },
    };
  },
};
