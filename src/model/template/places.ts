// Between paths in the template's value and nodes in its text: through aliases, merge keys and short intrinsics.
import type { TemplatePath } from "../design/design.ts";
import type { MapNode, PairNode, SourceNode } from "./source.ts";
import { loopKeyMatch, loopPrefix } from "./loops.ts";
import { intrinsicOf } from "./intrinsicTags.ts";
import { isMerge } from "./value.ts";

interface Tree {
  readonly root: SourceNode | null;
  readonly targets: ReadonlyMap<SourceNode, SourceNode>;
}

export interface Place {
  readonly key?: SourceNode;
  readonly value: SourceNode;
}

export function placeAt(tree: Tree, path: TemplatePath): Place | undefined {
  if (tree.root === null) return undefined;
  let place: Place = { value: tree.root };
  for (let index = 0; index < path.length; index += 1) {
    const segment = path[index];
    const node: SourceNode = place.value.kind === "alias" ? (tree.targets.get(place.value) ?? place.value) : place.value;
    const intrinsic = node.kind === "alias" ? undefined : intrinsicOf(node.tag);
    if (intrinsic !== undefined && intrinsic === segment) {
      // `["X", "Fn::Sub"]` and `["X"]` are the same node in the short form.
      place = { value: untagged(node) };
      continue;
    }
    const next = step(tree, node, segment);
    if (next === undefined) {
      // The parts of `!GetAtt A.B` stand in one scalar.
      if (node.kind === "scalar" && index > 0 && path[index - 1] === "Fn::GetAtt" && typeof segment === "number") continue;
      return undefined;
    }
    place = next;
  }
  return place;
}

/** An untagged copy stands for the argument of a short intrinsic; it carries no tag and so is never entered twice. */
function untagged(node: SourceNode): SourceNode {
  return { ...node, tag: undefined, start: node.contentStart };
}

function step(tree: Tree, node: SourceNode, segment: string | number | undefined): Place | undefined {
  if (node.kind === "list") {
    const item = node.items[Number(segment)];
    return item && { value: item.value };
  }
  return node.kind === "map" ? childOf(tree, node, String(segment), 0) : undefined;
}

function childOf(tree: Tree, map: MapNode, name: string, depth: number): Place | undefined {
  const own = pairNamed(map, name);
  if (own) return own;
  if (depth > 20) return undefined;
  for (const pair of map.pairs) {
    if (!isMerge(pair.key)) continue;
    const sources = pair.value.kind === "list" ? pair.value.items.map((item) => item.value) : [pair.value];
    for (const source of sources) {
      const target = source.kind === "alias" ? tree.targets.get(source) : source;
      const found = target?.kind === "map" ? childOf(tree, target, name, depth + 1) : undefined;
      if (found) return found;
    }
  }
  return madeByLoop(tree, map, name, depth)?.place;
}

/** Large sections are asked for each of their entries. */
const manyPairs = 32;
const pairsByName = new WeakMap<MapNode, ReadonlyMap<string, PairNode>>();

function pairNamed(map: MapNode, name: string): PairNode | undefined {
  if (map.pairs.length < manyPairs) return map.pairs.findLast((pair) => pair.name === name && !isMerge(pair.key));
  let named = pairsByName.get(map);
  if (named === undefined) {
    named = new Map(map.pairs.filter((pair) => pair.name !== "<<" || !isMerge(pair.key)).map((pair) => [pair.name, pair]));
    pairsByName.set(map, named);
  }
  return named.get(name);
}

/** The fragment that a loop makes a key from: of several that might, the one that says most of its name. */
function madeByLoop(tree: Tree, map: MapNode, name: string, depth: number): { readonly place: Place; readonly said: number } | undefined {
  let best: { readonly place: Place; readonly said: number } | undefined;
  for (const loop of map.pairs) {
    if (!loop.name.startsWith(loopPrefix) || depth > 20) continue;
    const fragment = resolved(tree, loop.value.kind === "list" ? loop.value.items[2]?.value : undefined);
    if (fragment?.kind !== "map") continue;
    for (const pair of fragment.pairs) {
      const said = loopKeyMatch(pair.name, name);
      if (said !== undefined && said > (best?.said ?? -1)) best = { place: pair, said };
    }
    const inner = madeByLoop(tree, fragment, name, depth + 1);
    if (inner && inner.said > (best?.said ?? -1)) best = inner;
  }
  return best;
}

function resolved(tree: Tree, node: SourceNode | undefined): SourceNode | undefined {
  return node?.kind === "alias" ? tree.targets.get(node) : node;
}

export function pathAtOffset(tree: Tree, offset: number): TemplatePath {
  const path: (string | number)[] = [];
  let node = tree.root;
  while (node) {
    const intrinsic = node.kind === "alias" ? undefined : intrinsicOf(node.tag);
    const inner: { step: string | number; node: SourceNode | null } | undefined = descend(node, offset);
    if (intrinsic !== undefined && (inner || node.kind === "scalar")) path.push(intrinsic);
    if (inner === undefined) break;
    path.push(inner.step);
    node = inner.node;
  }
  return path;
}

/** The child whose lines hold the offset: from its key up to the next key. */
function descend(node: SourceNode, offset: number): { step: string | number; node: SourceNode | null } | undefined {
  if (node.kind === "map") {
    for (const pair of node.pairs) {
      if (offset < pair.key.start || offset > pair.end) continue;
      return { step: pair.name, node: offset > pair.key.end ? pair.value : null };
    }
  } else if (node.kind === "list") {
    for (const [index, item] of node.items.entries()) {
      if (offset >= item.dash && offset <= Math.max(item.value.end, item.slot)) return { step: index, node: item.value };
    }
  }
  return undefined;
}
