// The texts of the services' definitions: which there are, and a definition with them in the language that is shown.
import { kindTitles } from "../../../model/design/kinds.ts";
import { connectionFieldTitles } from "../../../model/design/connectionFields.ts";
import type { PropertyControl, PropertyDefinition, ResourceTypeDefinition } from "../../../model/service.ts";
import { tData, useLanguage } from "./texts.ts";

/** Titles and help, translated; what writes into the template stays. The palette still finds by the English title. */
export function definitionInLanguage(definition: ResourceTypeDefinition): ResourceTypeDefinition {
  if (useLanguage.getState().language === "en") return definition;
  return {
    ...definition,
    title: tData(definition.title),
    properties: definition.properties.map(propertyInLanguage),
    palette: definition.palette.map((entry) => ({ ...entry, title: tData(entry.title), keywords: [entry.title, ...entry.keywords] })),
    ...(definition.differences !== undefined && { differences: definition.differences.map(tData) }),
  };
}

function propertyInLanguage(property: PropertyDefinition): PropertyDefinition {
  return {
    ...property,
    title: tData(property.title),
    help: tData(property.help),
    control: controlInLanguage(property.control),
    ...(property.section !== undefined && { section: tData(property.section) }),
  };
}

function controlInLanguage(control: PropertyControl): PropertyControl {
  switch (control.type) {
    case "text":
      return control.placeholder === undefined ? control : { ...control, placeholder: tData(control.placeholder) };
    case "number":
      return control.unit === undefined ? control : { ...control, unit: tData(control.unit) };
    case "environment":
      return { ...control, empty: tData(control.empty) };
    default:
      return control;
  }
}

/** Every text that `tData` is given, for the test of the catalogues. Placeholders and units that are code are the same everywhere. */
export function definitionTexts(definitions: readonly ResourceTypeDefinition[]): ReadonlySet<string> {
  return new Set([
    ...kindTitles,
    ...connectionFieldTitles,
    ...definitions.flatMap((definition) => [
      definition.title,
      ...(definition.differences ?? []),
      ...definition.palette.map(({ title }) => title),
      ...definition.connections.map(({ meaning }) => meaning),
      ...definition.properties.flatMap(({ title, help, section }) => [title, help, ...(section === undefined ? [] : [section])]),
      ...definition.properties.flatMap(({ control }) => wordsOf(control)),
    ]),
  ]);
}

function wordsOf(control: PropertyControl): readonly string[] {
  if (control.type === "environment") return [control.empty];
  const words = control.type === "text" ? control.placeholder : control.type === "number" ? control.unit : undefined;
  return words === undefined || !/^[A-Za-z]+(?: [a-z]+)*$/.test(words) ? [] : [words];
}
