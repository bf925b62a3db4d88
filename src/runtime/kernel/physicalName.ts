import type { Ids } from "./service.ts";

/** A name as CloudFormation makes one: `stack-LogicalId-1A2B3C4D5E6F`, cut in its middle where the service allows less. */
export function physicalName(
  resource: { readonly stackName: string; readonly logicalId: string },
  ids: Ids,
  maxLength = 255,
  suffix = "",
): string {
  const random = ids.base36(12);
  const room = maxLength - random.length - suffix.length - 2;
  let { stackName, logicalId } = resource;
  if (stackName.length + logicalId.length > room) {
    stackName = stackName.slice(0, Math.max(Math.floor(room / 2), room - logicalId.length));
    logicalId = logicalId.slice(0, room - stackName.length);
  }
  return `${stackName}-${logicalId}-${random}${suffix}`;
}
