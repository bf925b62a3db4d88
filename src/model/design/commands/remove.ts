import { isJsonObject, type JsonObject } from "../../json.ts";
import type { TemplateDocument } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import { deriveDesign } from "../derive.ts";
import type { TemplatePath } from "../design.ts";
import { isGlue, isHeldByMany } from "../kinds.ts";
import { sectionOf } from "../known.ts";
import { connectorEnds, mentionedIds } from "../references.ts";
import type { DesignContext } from "../view.ts";
import { ownPlaces, whyNotDisconnect } from "./disconnect.ts";
import { placesOf } from "./mentionedPlaces.ts";
import { removePaths } from "./removePaths.ts";
import { words } from "../../words.ts";

/**
 * Takes resources out with what only served them: their connections, glue such as permissions and mappings, variables,
 * outputs and DependsOn that name them. Refused where something else depends on them that a person has to decide about.
 */
export function removeResources(document: TemplateDocument, ids: readonly string[], context: DesignContext): TemplateDocument {
  const resources = sectionOf(document.value, "Resources");
  const gone = withGlue(resources, new Set(ids));
  const paths: TemplatePath[] = [...gone].filter((id) => Object.hasOwn(resources, id)).map((id) => ["Resources", id]);
  const { connections } = deriveDesign(document, context);
  const cut = connections.filter((each) => (gone.has(each.from) || gone.has(each.to)) && whyNotDisconnect(document, each) === undefined);
  paths.push(...ownPlaces(connections, cut));
  paths.push(...placesOf(document, (name) => gone.has(name), paths));
  paths.push(...transformOfNothing(document.value, paths));
  return removePaths(document, paths);
}

function withGlue(resources: JsonObject, removed: ReadonlySet<string>): Set<string> {
  const gone = new Set(removed);
  for (let size = -1; size !== gone.size;) {
    size = gone.size;
    for (const [id, resource] of Object.entries(resources)) {
      if (gone.has(id) || !isJsonObject(resource)) continue;
      const type = String(resource["Type"]);
      // Of a connector's ends, one destination of several may go alone.
      const named = type === "AWS::Serverless::Connector" ? onlyEnds(resource) : mentionedIds(resource["Properties"]);
      if (isGlue(type) && !isHeldByMany(type) && named.some((name) => gone.has(name))) gone.add(id);
    }
  }
  return gone;
}

function onlyEnds(connector: JsonObject): readonly string[] {
  const ends = connectorEnds(connector, []);
  return ends.filter((end) => end.path.every((part) => typeof part !== "number")).map((end) => end.id);
}

/** SAM takes no template without resources: with the last of them goes its transform, which adding brings back where it is needed. */
function transformOfNothing(template: JsonObject, paths: readonly TemplatePath[]): TemplatePath[] {
  const removed = new Set(paths.filter((path) => path[0] === "Resources" && path.length === 2).map((path) => path[1]));
  const left = Object.keys(sectionOf(template, "Resources")).filter((id) => !removed.has(id));
  if (left.length > 0 || removed.size === 0 || template["Transform"] === undefined) return [];
  if (template["Globals"] === undefined) return [["Transform"]];
  throw new CommandError(
    words(
      "A template with Globals needs at least one resource that they could apply to. Add another first, or take Globals out of the template.",
    ),
  );
}
