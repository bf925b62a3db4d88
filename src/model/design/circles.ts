import { isJsonObject, type JsonObject } from "../json.ts";
import { deployOrder } from "../template/dependencies.ts";
import type { ResolveFinding } from "../template/resolve.ts";
import type { DesignContext } from "./view.ts";
import { transformSam } from "../template/sam/transformSam.ts";

/** Resources that need each other, among all that SAM makes: CloudFormation refuses the template for one such circle. */
export function circlesIn(
  template: JsonObject,
  context: DesignContext,
  isDisabled: (id: string) => boolean = () => false,
): readonly ResolveFinding[] {
  const { region = "us-east-1", parameters = {} } = context;
  const { template: transformed, sources } = transformSam(template, { region, parameters, localCode: "keep" });
  return circlesAmong(transformed, sources, isDisabled);
}

/** The same of a template that is transformed already; each is told of the resource in the design. */
export function circlesAmong(
  transformed: JsonObject,
  sources: Readonly<Record<string, string>>,
  isDisabled: (id: string) => boolean,
): readonly ResolveFinding[] {
  const resources = transformed["Resources"];
  if (!isJsonObject(resources)) return [];
  const enabled = Object.fromEntries(Object.entries(resources).filter(([id]) => !isDisabled(sources[id] ?? id)));
  return deployOrder(enabled).findings.map((finding) => {
    const id = String(finding.path[1]);
    const source = sources[id] ?? id;
    return { ...finding, path: source === id ? finding.path : ["Resources", source] };
  });
}
