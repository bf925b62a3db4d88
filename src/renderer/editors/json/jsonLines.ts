import { t } from "../../app/texts/texts.ts";
import type { JsonNode } from "./jsonTree.ts";

/** One row of JsonView: a leaf, a container's first or last line, one folded to a line, or one so small that it fits a line. */
export interface JsonLine {
  readonly key: string;
  readonly node: JsonNode;
  readonly depth: number;
  readonly part: "leaf" | "open" | "close" | "folded" | "inline";
  readonly hasComma: boolean;
}

export function jsonLines(roots: readonly JsonNode[], folded: ReadonlySet<string>): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  const visit = (node: JsonNode, depth: number, hasComma: boolean) => {
    const part = partOf(node, depth, folded);
    lines.push({ key: node.id, node, depth, part, hasComma: part === "open" ? false : hasComma });
    if (part !== "open") return;
    node.children.forEach((child, at) => visit(child, depth + 1, at < node.children.length - 1));
    lines.push({ key: `${node.id}}`, node, depth, part: "close", hasComma });
  };
  for (const root of roots) visit(root, 0, false);
  return lines;
}

function partOf(node: JsonNode, depth: number, folded: ReadonlySet<string>): JsonLine["part"] {
  if (node.shape === "leaf") return "leaf";
  if (node.children.length === 0 || folded.has(node.id)) return "folded";
  return depth > 0 && isSmall(node) ? "inline" : "open";
}

const INLINE_CHILDREN = 3;
const INLINE_CHARACTERS = 42;

/** `{ "S": "o-7f3a91" }` reads better on one line. */
function isSmall(node: JsonNode): boolean {
  if (node.children.length > INLINE_CHILDREN || node.isEmbedded) return false;
  if (node.children.some((child) => child.shape !== "leaf" || child.change !== node.change)) return false;
  return (
    node.children.reduce((length, child) => length + (child.name?.length ?? 0) + String(child.value).length + 6, 0) <= INLINE_CHARACTERS
  );
}

const COMFORTABLE_LINES = 160;
const LONG_LIST = 60;

/** Containers that start folded, so that a big payload opens as an overview; in a difference, whatever is the same. */
export function initiallyFolded(roots: readonly JsonNode[]): ReadonlySet<string> {
  const isDifference = roots.some((root) => root.hasChange);
  const folded = new Set<string>();
  const byDepth: JsonNode[][] = [];
  const visit = (node: JsonNode, depth: number) => {
    if (node.shape === "leaf") return;
    (byDepth[depth] ??= []).push(node);
    const isBig = depth > 0 && node.children.length > LONG_LIST;
    if (isBig || (isDifference && !node.hasChange && depth > 0)) folded.add(node.id);
    node.children.forEach((child) => visit(child, depth + 1));
  };
  roots.forEach((root) => visit(root, 0));
  for (let depth = byDepth.length - 1; depth > 0 && jsonLines(roots, folded).length > COMFORTABLE_LINES; depth -= 1) {
    for (const node of byDepth[depth] ?? []) if (!isDifference || !node.hasChange) folded.add(node.id);
  }
  return folded;
}

/** Ids of the nodes whose name or value contains the text, in reading order, each with the containers around it. */
export function findInJson(
  roots: readonly JsonNode[],
  text: string,
): readonly { readonly id: string; readonly inside: readonly string[] }[] {
  const wanted = text.toLowerCase();
  if (wanted === "") return [];
  const found: { id: string; inside: readonly string[] }[] = [];
  const visit = (node: JsonNode, inside: readonly string[]) => {
    const ownText = node.shape === "leaf" ? String(node.value) : "";
    if (node.name?.toLowerCase().includes(wanted) || ownText.toLowerCase().includes(wanted)) found.push({ id: node.id, inside });
    for (const child of node.children) visit(child, [...inside, node.id]);
  };
  for (const root of roots) visit(root, []);
  return found;
}

/** `2 items`, `3 keys` for a folded container. */
export function foldedSummary(node: JsonNode): string {
  const count = node.children.length;
  if (count === 0) return "";
  return node.shape === "array" ? t("{{count}} items", { count }) : t("{{count}} keys", { count });
}
