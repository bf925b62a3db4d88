// The design as a Mermaid flowchart, which GitHub, GitLab and many editors draw from text.
import type { Canvas, CanvasGroup, Connection, Design, DesignResource } from "../design/design.ts";
import type { ResourceKind } from "../design/kinds.ts";
import type { Category, ConnectionKind } from "../service.ts";
import { pictureTokens } from "./pictureTokens.ts";

/** Brackets that give a node the shape its category is known by. */
const shapes: Readonly<Record<Category, readonly [open: string, close: string]>> = {
  edge: ["([", "])"],
  compute: ["[", "]"],
  data: ["[(", ")]"],
  messaging: ["[[", "]]"],
  orchestration: ["{{", "}}"],
  identity: ["[/", "/]"],
  other: ["[", "]"],
};

const arrows: Readonly<Record<ConnectionKind, string>> = {
  trigger: "-->",
  target: "-->",
  origin: "-->",
  access: "-->",
  "dead-letter": "-.->",
  reference: "-.-",
};

/** Words that Mermaid keeps for itself where a node's name stands. */
const reserved: ReadonlySet<string> = new Set(
  "call class classdef click default direction end flowchart graph href linkstyle style subgraph".split(" "),
);

export function designMermaid(
  design: Pick<Design, "resources" | "connections">,
  { groups = [] }: Pick<Canvas, "groups">,
  lookOf: (type: string) => ResourceKind,
): string {
  const drawn = new Set(design.resources.map((resource) => resource.id));
  const nodes = new Map(design.resources.map((resource) => [resource.id, node(resource, lookOf(resource.type))]));
  const parts = groups.flatMap((group, index) => subgraph(group, `group_${index + 1}`, nodes));
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const lines = [...nodes].filter(([id]) => !grouped.has(id)).map(([, words]) => `  ${words}`);
  const links = design.connections.filter(({ from, to }) => drawn.has(from) && drawn.has(to)).map((connection) => `  ${link(connection)}`);
  const categories = [...new Set(design.resources.map((resource) => lookOf(resource.type).category))];
  const styles = categories.map((category) => `  classDef ${category} ${style(category)}`);
  const ghosts = design.resources.filter((resource) => !resource.runs || resource.isDisabled).map((resource) => nameOf(resource.id));
  if (ghosts.length > 0) styles.push("  classDef ghost stroke-dasharray:4 3", `  class ${ghosts.join(",")} ghost`);
  return `${["flowchart LR", ...parts, ...lines, ...links, ...styles].join("\n")}\n`;
}

/** Its members with its name above them; nothing where none of them is drawn. */
function subgraph({ name, members }: CanvasGroup, id: string, nodes: ReadonlyMap<string, string>): string[] {
  const inside = members.flatMap((member) => nodes.get(member) ?? []);
  if (inside.length === 0) return [];
  return [`  subgraph ${id}["${escaped(name)}"]`, ...inside.map((words) => `    ${words}`), "  end"];
}

function node(resource: DesignResource, { title, category }: ResourceKind): string {
  const [open, close] = shapes[category];
  const second = resource.subtitle === "" ? title : resource.subtitle;
  return `${nameOf(resource.id)}${open}"${escaped(resource.id)}<br/><small>${escaped(second)}</small>"${close}:::${category}`;
}

function link({ from, to, kind, label }: Connection): string {
  const words = label === "" ? "" : `|"${escaped(label)}"|`;
  return `${nameOf(from)} ${arrows[kind]}${words} ${nameOf(to)}`;
}

/** Logical IDs are letters and digits; those that mean something to Mermaid get a mark. */
function nameOf(id: string): string {
  const name = id.replaceAll(/[^A-Za-z0-9_]/g, "_");
  return reserved.has(name.toLowerCase()) ? `${name}_` : name;
}

/** Quotes end a label, and what looks like a tag or an entity would be read as one. */
function escaped(text: string): string {
  return text
    .replaceAll("#", "#35;")
    .replaceAll("&", "#amp;")
    .replaceAll('"', "#quot;")
    .replaceAll("<", "#lt;")
    .replaceAll(">", "#gt;")
    .replaceAll(/\s+/g, " ");
}

/** Half-transparent, so that it can be read on light and dark pages alike. */
function style(category: Category): string {
  const colour = pictureTokens.light.categories[category];
  return `fill:${colour}22,stroke:${colour}`;
}
