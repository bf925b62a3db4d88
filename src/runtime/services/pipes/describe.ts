import type { PipeState } from "@aws-sdk/client-pipes";
import type { Pipe } from "./pipe.ts";

export function summary(pipe: Pipe) {
  return {
    Arn: pipe.arn,
    Name: pipe.name,
    DesiredState: pipe.desiredState,
    CurrentState: pipe.desiredState,
    CreationTime: new Date(pipe.createdAt),
    LastModifiedTime: new Date(pipe.modifiedAt),
  };
}

/** As an operation that changes the state answers: what is under way, and is over at once. */
export function changing(pipe: Pipe, state: PipeState) {
  return { ...summary(pipe), CurrentState: state };
}
