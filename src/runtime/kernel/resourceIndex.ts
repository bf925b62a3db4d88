import type { ResourceRef } from "../../model/trace.ts";
import type { ResourceIndex } from "./service.ts";

type Indexed = ResourceRef & { readonly arn?: string };

/** Physical names to logical IDs. A binding may come before the resource (a restart) and outlives its re-creation by the same name. */
export function createResourceIndex(): ResourceIndex {
  const byName = new Map<string, Indexed>();
  const byArn = new Map<string, string>();
  const logicalIds = new Map<string, string>();

  function put(key: string, resource: Indexed): void {
    const logicalId = logicalIds.get(key) ?? resource.logicalId;
    byName.set(key, logicalId === resource.logicalId ? resource : { ...resource, logicalId });
    if (resource.arn !== undefined) byArn.set(resource.arn, key);
  }

  return {
    add(resource) {
      const { service, type, name, region, logicalId, arn } = resource;
      put(keyOf(service, name, region), {
        service,
        type,
        name,
        region,
        ...(logicalId !== undefined && { logicalId }),
        ...(arn !== undefined && { arn }),
      });
    },
    remove(service, name, region) {
      const key = keyOf(service, name, region);
      const arn = byName.get(key)?.arn;
      if (arn !== undefined) byArn.delete(arn);
      byName.delete(key);
      logicalIds.delete(key);
    },
    find: (service, name, region) => byName.get(keyOf(service, name, region)),
    findByArn(arn) {
      const key = byArn.get(arn);
      return key === undefined ? undefined : byName.get(key);
    },
    bind(service, name, region, logicalId) {
      const key = keyOf(service, name, region);
      logicalIds.set(key, logicalId);
      const resource = byName.get(key);
      if (resource !== undefined) put(key, resource);
    },
    all: () => [...byName.values()],
  };
}

function keyOf(service: string, name: string, region: string): string {
  return `${service}\n${region}\n${name}`;
}
