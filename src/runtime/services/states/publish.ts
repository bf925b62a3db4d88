import type { Machine, Version } from "./machines.ts";
import type { States } from "./states.ts";

/** A new version of the machine as it is, unless its last version is that already. */
export function publish(states: States, machine: Machine, description: string | undefined, now: number): Version {
  const newest = machine.versions.at(-1);
  if (newest !== undefined && newest.revisionId === machine.revisionId && newest.definitionId === machine.definitionId) return newest;
  const { definitionId, roleArn, logging, isTracing, revisionId } = machine;
  const version: Version = {
    number: machine.nextVersion,
    definitionId,
    roleArn,
    logging,
    isTracing,
    revisionId,
    createdAt: now,
    ...(description !== undefined && { description }),
  };
  states.machines.save({ ...machine, nextVersion: machine.nextVersion + 1, versions: [...machine.versions, version] });
  return version;
}
