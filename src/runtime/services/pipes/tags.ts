import { constraint, notFound } from "./errors.ts";
import type { Pipe } from "./pipe.ts";
import type { Pipes } from "./pipes.ts";

export function taggedPipe(pipes: Pipes, arn: string | undefined): Pipe {
  if (arn === undefined) throw constraint(arn, "resourceArn", "Member must not be null");
  const pipe = pipes.store.all().find((each) => each.arn === arn);
  if (pipe === undefined) throw notFound(arn.split("/").at(-1) ?? arn);
  return pipe;
}
