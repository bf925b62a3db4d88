import type { DesignResource } from "../../model/design/design.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { EnvironmentTable } from "./EnvironmentTable.tsx";
import { JsonProperty } from "./JsonProperty.tsx";
import { KeySchema } from "./KeySchema.tsx";
import { PolicyList } from "./PolicyList.tsx";
import { TagsTable } from "./TagsTable.tsx";

/** Properties that need more than a row. */
export function WideProperty({ resource, property }: { resource: DesignResource; property: PropertyDefinition }) {
  switch (property.control.type) {
    case "environment":
      return <EnvironmentTable resource={resource} property={property} empty={property.control.empty} />;
    case "policies":
      return <PolicyList resource={resource} property={property} />;
    case "keySchema":
      return <KeySchema resource={resource} property={property} />;
    case "tags":
      return <TagsTable resource={resource} property={property} />;
    default:
      return <JsonProperty resource={resource} property={property} />;
  }
}
