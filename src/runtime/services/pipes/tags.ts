import { notFound } from "./errors.ts";
import type { Pipe } from "./pipe.ts";
import type { Pipes } from "./pipes.ts";

export function taggedPipe(pipes: Pipes, given: string | undefined): Pipe {
  const arn = given ?? "";
  const pipe = pipes.store.all().find((each) => each.arn === arn);
  if (pipe === undefined) throw notFound(arn.split("/").at(-1) ?? arn);
  return pipe;
}
