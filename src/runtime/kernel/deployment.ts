import type { DeployDifference, DeployResult } from "../../model/run.ts";
import type { Problem } from "../../model/problem.ts";
import type { LocalAssets } from "../../model/template/assets.ts";
import type { Caller } from "./service.ts";

export interface Deployment {
  readonly stackName: string;
  readonly projectDirectory: string;
  /** Path of the template, for messages. */
  readonly templatePath: string;
  readonly templateText: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Where the files lie that a CDK app would put on S3. */
  readonly assets?: LocalAssets;
}

export class DeployError extends Error {
  readonly problems: readonly Problem[];
  constructor(message: string, problems: readonly Problem[]) {
    super(message);
    this.name = "DeployError";
    this.problems = problems;
  }
}

/** What the service that keeps stacks (CloudFormation) offers the runtime beside its operations. */
export interface Deployer {
  deploy(deployment: Deployment, caller: Caller): Promise<DeployResult>;
  difference(deployment: Deployment): Promise<DeployDifference>;
}
