// What the renderer knows about resource types: from the services' definitions, with sensible words for the rest.
import { kindOf, type ResourceKind } from "../../model/design/kinds.ts";
import type { Category, ResourceTypeDefinition } from "../../model/service.ts";
import { definitionOf, definitions as services } from "../../runtime/services/definitions.ts";
import { perLanguage, t } from "./texts/texts.ts";

const serviceOfType = new Map<string, string>(
  services.flatMap((service) => service.resourceTypes.map((type) => [type.type, service.id] as const)),
);

export const allDefinitions: readonly ResourceTypeDefinition[] = services.flatMap((service) => [...service.resourceTypes]);

/** Title, category and icon of any type. */
export function lookOf(type: string): ResourceKind {
  return kindOf(type, definitionOf(type));
}

/** Service id of a type: `sqs`. */
export function serviceOf(type: string): string | undefined {
  return serviceOfType.get(type);
}

export const categoryTitles = perLanguage((): readonly (readonly [Category, string])[] => [
  ["edge", t("Edge & API")],
  ["compute", t("Compute")],
  ["data", t("Data")],
  ["messaging", t("Messaging")],
  ["orchestration", t("Orchestration")],
  ["identity", t("Identity")],
  ["other", t("Other")],
]);
