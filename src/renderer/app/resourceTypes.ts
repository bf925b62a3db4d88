// What the renderer knows about resource types: from the services' definitions, with sensible words for the rest.
import { kindOf, type ResourceKind } from "../../model/design/kinds.ts";
import type { Category, ResourceTypeDefinition } from "../../model/service.ts";
import { definitionOf, definitions as services } from "../../runtime/services/definitions.ts";
import { definitionInLanguage } from "./texts/definitionTexts.ts";
import { perLanguage, t, tData } from "./texts/texts.ts";

const serviceOfType = new Map<string, string>(
  services.flatMap((service) => service.resourceTypes.map((type) => [type.type, service.id] as const)),
);

/** All definitions, with their texts in the language that is shown. */
export const allDefinitions = perLanguage((): readonly ResourceTypeDefinition[] =>
  services.flatMap((service) => service.resourceTypes.map((type) => definitionInLanguage(type))),
);

const shownByType = perLanguage(() => new Map(allDefinitions().map((definition) => [definition.type, definition])));

/** The definition of a type, with its texts in the language that is shown. */
export function shownDefinition(type: string): ResourceTypeDefinition | undefined {
  return shownByType().get(type);
}

const looks = perLanguage(() => new Map<string, ResourceKind>());

/** Title, category and icon of any type. */
export function lookOf(type: string): ResourceKind {
  const known = looks().get(type);
  if (known !== undefined) return known;
  const kind = kindOf(type, definitionOf(type));
  const look = { ...kind, title: tData(kind.title) };
  looks().set(type, look);
  return look;
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
