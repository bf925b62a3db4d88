import type { DesignResource } from "../../model/design/design.ts";
import type { Json } from "../../model/json.ts";
import { changeDesign } from "../app/stores/design.ts";
import { t } from "../app/texts/texts.ts";

/** As setProperty, told in the history as a change of the policies, wherever in them it is. */
export function changePolicies(resource: DesignResource, path: string, value: Json | undefined): boolean {
  return changeDesign(t("Change {{value}} of {{id}}", { value: path.split(".")[0], id: resource.id }), {
    type: "setProperty",
    id: resource.id,
    path: `Properties.${path}`,
    ...(value === undefined ? {} : { value }),
  });
}
