import type { DesignResource } from "../../model/design/design.ts";
import { JsonProperty } from "./JsonProperty.tsx";
import { t } from "../app/texts/texts.ts";

/** Everything that is written and that the form has no control for: kept, shown, editable as JSON. */
export function OtherProperties({ resource, known }: { resource: DesignResource; known: readonly string[] }) {
  const roots = new Set(known.map((path) => path.split(".")[0]));
  const others = Object.keys(resource.properties).filter((name) => !roots.has(name));
  return others.map((name) => (
    <JsonProperty
      key={name}
      resource={resource}
      property={{ path: name, title: name, help: t("{{name}}, as written in the template.", { name }) }}
    />
  ));
}
