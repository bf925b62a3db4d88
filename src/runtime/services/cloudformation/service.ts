import type { Caller, OperationHandler, Service } from "../../kernel/service.ts";
import type { Deployment } from "../../kernel/deployment.ts";
import type { Operation } from "./cloudFormation.ts";
import { customResources } from "./customResource.ts";
import { cloudformation as definition } from "./definition.ts";
import { describeStackEvents } from "./operations/describeStackEvents.ts";
import { describeStackResource } from "./operations/describeStackResource.ts";
import { describeStackResources } from "./operations/describeStackResources.ts";
import { describeStacks } from "./operations/describeStacks.ts";
import { getTemplate } from "./operations/getTemplate.ts";
import { listStackResources } from "./operations/listStackResources.ts";
import { listStacks } from "./operations/listStacks.ts";
import { createStackStore } from "./stackStore.ts";
import { createStacks, type StackRequest } from "./stacks.ts";

/** AWS's name: what does it. */
const operations = {
  DescribeStackEvents: describeStackEvents,
  DescribeStackResource: describeStackResource,
  DescribeStackResources: describeStackResources,
  DescribeStacks: describeStacks,
  GetTemplate: getTemplate,
  ListStackResources: listStackResources,
  ListStacks: listStacks,
} satisfies Record<string, Operation>;

export const cloudFormationService: Service = {
  definition,
  create(environment) {
    const { kernel } = environment;
    const store = createStackStore(environment.database);
    const custom = customResources(kernel, (name, region) => store.find(name, region)?.id ?? name);
    const stacks = createStacks(environment, store, custom);
    let last: Promise<unknown> = Promise.resolve();

    /** One deployment after the other: each begins from what the one before left. */
    function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
      const turn = last.then(work, work);
      last = turn.catch(() => {});
      return turn;
    }

    return {
      operations: Object.fromEntries(
        Object.entries<Operation>(operations).map(([name, operation]): [string, OperationHandler] => [name, (input, call) => operation({ environment, store, stacks }, input, call)]),
      ),
      dataPlanes: [custom.plane],
      deployer: {
        deploy: (deployment: Deployment, caller: Caller) =>
          inTurn(() =>
            kernel.work({
              kind: "operation", service: definition.id, operation: "Deploy", target: null,
              input: { stackName: deployment.stackName, templatePath: deployment.templatePath, parameters: deployment.parameters },
              run: (_input, call) => stacks.deploy({ ...deployment, tags: [] } satisfies StackRequest, call),
            }, caller)),
        difference: async (deployment: Deployment) => stacks.difference({ ...deployment, tags: [] }, environment.defaultRegion),
      },
    };
  },
};
