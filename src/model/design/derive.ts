import type { TemplateDocument } from "../template/document.ts";
import { deriveAccess } from "./access.ts";
import { deriveDeadLetters } from "./deadLetters.ts";
import type { Connection, Design, DesignResource } from "./design.ts";
import { createDraft, type FinishedDraft } from "./draft.ts";
import { deriveEvents } from "./events.ts";
import { deriveReferences } from "./generic.ts";
import { objectOr } from "./known.ts";
import { deriveOrigins } from "./origins.ts";
import { deriveRawApis } from "./rawApis.ts";
import { deriveRoles } from "./roles.ts";
import { isElsewhere, plainSubtitle, subtitleOf } from "./subtitles.ts";
import { deriveWiring } from "./wiring.ts";
import { writtenPlace } from "./writtenPlace.ts";
import { viewTemplate, type DesignContext, type ResourceView, type TemplateView } from "./view.ts";
import { english, inRow, words, type Words, type WordsValue } from "../words.ts";

/**
 * The design of a template: resources, routes and connections. Read from the template as written, with parameters,
 * mappings, conditions and Globals applied, so that every connection knows the very lines that make it.
 */
export function deriveDesign(document: TemplateDocument, context: DesignContext): Design {
  const view = viewTemplate(document.value, context);
  const known = designs.get(view);
  if (known !== undefined && known.problems === document.problems) return known;
  const design = derived(view, document);
  designs.set(view, design);
  return design;
}

/** A command begins with the design that the canvas shows already. */
const designs = new WeakMap<TemplateView, Design>();

function derived(view: TemplateView, document: TemplateDocument): Design {
  const draft = createDraft();
  deriveEvents(view, draft);
  deriveRawApis(view, draft);
  deriveWiring(view, draft);
  deriveOrigins(view, draft);
  deriveDeadLetters(view, draft);
  deriveAccess(view, draft);
  deriveRoles(view, draft);
  const ends = new Set(draft.finish().connections.flatMap(({ from, to }) => [`${from}>${to}`, `${to}>${from}`]));
  deriveReferences(view, draft, (from, to) => ends.has(`${from}>${to}`));
  const finished = draft.finish();
  const resources = [...written(view, finished), ...made(view, finished)];
  const drawn = new Set(resources.map((resource) => resource.id));
  return {
    resources,
    connections: finished.connections
      .filter((connection) => drawn.has(connection.from) && drawn.has(connection.to))
      .map((connection) => tidied(view, connection)),
    problems: document.problems,
  };
}

function written(view: TemplateView, finished: FinishedDraft): DesignResource[] {
  const arriving = Map.groupBy(finished.connections, (connection) => connection.to);
  return [...view.resources.values()]
    .filter((resource) => !view.isFolded(resource))
    .map((resource) => designResource(view, resource, finished, arriving.get(resource.id) ?? []));
}

function designResource(
  view: TemplateView,
  resource: ResourceView,
  finished: FinishedDraft,
  arriving: readonly Connection[],
): DesignResource {
  const definition = view.definitionOf(resource.type);
  return {
    id: resource.id,
    type: resource.type,
    properties: objectOr(resource.written["Properties"]),
    effectiveProperties: resource.properties,
    isImplicit: false,
    ...subtitled(deadLettersOf(arriving) ?? subtitleOf(view, resource)),
    routes: finished.routes.get(resource.id) ?? [],
    runs: (definition?.runs ?? false) && !isElsewhere(resource),
    path: resource.path,
    isDisabled: resource.isDisabled,
  };
}

/** What catches failures is known by that: `Dead letters · after 3`. */
function deadLettersOf(arriving: readonly Connection[]): Words | undefined {
  const [first] = arriving;
  if (!first || !arriving.every((connection) => connection.kind === "dead-letter")) return undefined;
  return first.label === "" ? words("Dead letters") : inRow([words("Dead letters"), first.labelWords ?? first.label], " · ");
}

function subtitled(subtitle: WordsValue): Pick<DesignResource, "subtitle" | "subtitleWords"> {
  return { subtitle: english(subtitle), ...(typeof subtitle === "object" && { subtitleWords: subtitle }) };
}

/** APIs that SAM makes because functions have routes that name none; rules and schedules of events. */
function made(view: TemplateView, finished: FinishedDraft): DesignResource[] {
  return [...finished.made.values()].map(({ id, type, path, properties }) => {
    const definition = view.definitionOf(type);
    return {
      id,
      type,
      properties,
      effectiveProperties: properties,
      isImplicit: true,
      ...subtitled(definition?.subtitle(properties) ?? plainSubtitle(type, properties)),
      routes: finished.routes.get(id) ?? [],
      runs: definition?.runs ?? false,
      path,
      isDisabled: false,
    };
  });
}

/** Places are those of the text. */
function tidied(view: TemplateView, connection: Connection): Connection {
  return { ...connection, writtenAt: connection.writtenAt.map((path) => writtenPlace(view, path)) };
}
