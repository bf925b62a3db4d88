import type { JsonObject } from "../../../../model/json.ts";
import type { Apis } from "../apis.ts";
import { badRequest } from "../errors.ts";
import { resourceOf } from "../rest/operations.ts";

/** With all below it. */
export function deleteResource(apis: Apis): (input: JsonObject) => object {
  return (input) => {
    const { api, resource } = resourceOf(apis, input);
    if (resource.parentId === undefined) throw badRequest("Root resource cannot be deleted.");
    const isGone = (path: string): boolean => path === resource.path || path.startsWith(`${resource.path}/`);
    const resources = api.resources.filter(({ path }) => !isGone(path));
    const left = new Set(resources.map(({ id }) => id));
    apis.save({ ...api, resources, methods: api.methods.filter(({ resourceId }) => left.has(resourceId)) });
    return {};
  };
}
