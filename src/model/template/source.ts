// The template's text as a tree of nodes that know where they stand. The `yaml` package finds and checks the nodes;
// this tree keeps only what reading values and splicing edits need. JSON is read the same way: it is YAML in flow style.
import { isAlias, isMap, isScalar, isSeq, parseDocument, Schema } from "yaml";
import type { CST, ParsedNode, Scalar, Tags, YAMLError } from "yaml";
import { intrinsicTags } from "./intrinsicTags.ts";
import { limitExceeded, maxDepth, tooDeep } from "./sourceLimits.ts";
import { type Words, english, verbatim, words } from "../words.ts";

export type SourceNode = MapNode | ListNode | ScalarNode | AliasNode;

interface Placed {
  /** Offset of the first character, tag and anchor included. */
  readonly start: number;
  /** Offset of the content, behind tag and anchor. */
  readonly contentStart: number;
  /** Offset behind the last character of content: comments and line breaks that follow are outside. */
  readonly end: number;
  /** Tag as written: `!Ref`; core tags such as `!!str` in full. */
  readonly tag?: string;
  readonly anchor?: string;
}

export interface MapNode extends Placed {
  readonly kind: "map";
  readonly isFlow: boolean;
  readonly pairs: readonly PairNode[];
}

export interface PairNode {
  /** Offset of the key, or of the `?` before it. */
  readonly start: number;
  readonly key: SourceNode;
  /** Text of the key when it is a scalar. */
  readonly name: string;
  /** Offset behind the `:`. */
  readonly slot: number;
  /** Offset behind the value, or behind the `:` of none. */
  readonly end: number;
  readonly value: SourceNode;
  /** Written with `?` or without a value: edits write the whole map anew. */
  readonly isUnusual: boolean;
  /** Of an entry that was read as a part of its own: what is found out about the part holds wherever it stands, in every version. */
  readonly part?: Part | undefined;
}

/** The one entry of a map that a part of the text holds; its offsets count from the part's beginning. */
export interface Part {
  readonly pair: PairNode;
}

export interface ListNode extends Placed {
  readonly kind: "list";
  readonly isFlow: boolean;
  readonly items: readonly ItemNode[];
}

export interface ItemNode {
  /** Offset of the `-`; of the value itself in flow style. */
  readonly dash: number;
  /** Offset behind the `-`. */
  readonly slot: number;
  readonly value: SourceNode;
}

export interface ScalarNode extends Placed {
  readonly kind: "scalar";
  readonly text: string;
  readonly style: "plain" | "single" | "double" | "block";
}

interface AliasNode extends Placed {
  readonly kind: "alias";
  readonly name: string;
}

export interface SourceError {
  /** Absent: an error of syntax. */
  readonly rule?: string;
  readonly words: Words;
  readonly start: number;
  readonly end: number;
}

export interface Source {
  /** null: the text holds no node at all (empty, or only comments). */
  readonly root: SourceNode | null;
  readonly errors: readonly SourceError[];
}

/** Scalars stay text: `value.ts` reads them as CloudFormation does. The library makes an error with a stack of every tag that it does not know, which takes longer than reading the rest. */
const shortFunctions = intrinsicTags.flatMap((tag): Tags => [
  { tag, resolve: (text: string) => text },
  { tag, collection: "map" },
  { tag, collection: "seq" },
]);
const schema = new Schema({ schema: "failsafe", customTags: shortFunctions, resolveKnownTags: true });

export function readSource(text: string): Source {
  const limit = limitExceeded(text);
  if (limit) return { root: null, errors: [limit] };
  const document = parseDocument<ParsedNode, true>(text, {
    schema,
    keepSourceTokens: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
    strict: true,
  });
  const errors = toldOnce(document.errors.slice(0, 20).map((error) => sourceError(error, text)));
  if (errors.length > 0 || document.contents === null) return { root: null, errors };
  try {
    return { root: build(document.contents, [], 0, text), errors };
  } catch (error) {
    if (error instanceof TooDeep) return { root: null, errors: [tooDeep(error.offset)] };
    throw error;
  }
}

/** The same mistake on many lines is one to mend, where it begins. */
function toldOnce(errors: readonly SourceError[]): readonly SourceError[] {
  return errors.filter(({ words: what }, index) => errors.findIndex((error) => english(error.words) === english(what)) === index);
}

class TooDeep extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super("too deep");
    this.offset = offset;
  }
}

function sourceError(error: YAMLError, text: string): SourceError {
  const start = Math.min(error.pos[0], text.length);
  const said = readable(error.message);
  const what =
    error.code === "RESOURCE_EXHAUSTION"
      ? words("Values are nested more than {{most}} levels deep.", { most: maxDepth })
      : error.code === "MULTIPLE_DOCS"
        ? words("A template is one YAML document; remove what follows the `---`.")
        : said.endsWith(".")
          ? verbatim(said)
          : verbatim(`${said}.`);
  return { words: what, start, end: Math.max(start, Math.min(error.pos[1], text.length)) };
}

/** A parser's message quotes the text, whatever it holds. */
function readable(message: string): string {
  // oxlint-disable-next-line no-control-regex -- these must not reach a terminal
  const clean = message.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\uFFFD]/g, "?");
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}

/** `before` are the tokens between the indicator (`:` or `-`) and the node: tag and anchor stand there. */
function build(node: ParsedNode, before: readonly CST.SourceToken[], depth: number, text: string): SourceNode {
  const contentStart = node.range[0];
  if (depth > maxDepth) throw new TooDeep(contentStart);
  const property = before.find((token) => token.type === "anchor" || token.type === "tag");
  const placed = {
    start: property?.offset ?? contentStart,
    contentStart,
    tag: node.tag,
    anchor: isAlias(node) ? undefined : node.anchor,
  };
  if (isMap(node)) {
    const isFlow = node.flow === true;
    const pairs = node.items.map((pair): PairNode => {
      const token = pair.srcToken;
      const key = build(pair.key, token?.start ?? [], depth + 1, text);
      const colon = token?.sep?.find((each) => each.type === "map-value-ind");
      const slot = colon ? colon.offset + 1 : key.end;
      const value = atLeast(pair.value === null ? emptyScalar(slot) : build(pair.value, token?.sep ?? [], depth + 1, text), slot);
      const question = token?.start.find((each) => each.type === "explicit-key-ind");
      const isUnusual = colon === undefined || key.kind !== "scalar" || (token === undefined && !isFlow) || question !== undefined;
      return {
        start: question?.offset ?? key.start,
        key,
        name: key.kind === "scalar" ? key.text : text.slice(key.start, key.end),
        slot,
        end: Math.max(value.end, slot),
        value,
        isUnusual,
      };
    });
    const end = isFlow ? node.range[1] : (pairs.at(-1)?.end ?? contentStart);
    return { ...placed, kind: "map", isFlow, pairs, end };
  }
  if (isSeq(node)) {
    const isFlow = node.flow === true;
    const tokens = listTokens(node.srcToken);
    const items = node.items.map((item, index): ItemNode => {
      const token = tokens[index];
      const dash = token?.start.find((each) => each.type === "seq-item-ind");
      const slot = dash ? dash.offset + 1 : item.range[0];
      const value = atLeast(build(item, token?.start ?? [], depth + 1, text), slot);
      return { dash: dash?.offset ?? value.start, slot, value };
    });
    const last = items.at(-1);
    const end = isFlow ? node.range[1] : last ? Math.max(last.value.end, last.slot) : contentStart;
    return { ...placed, kind: "list", isFlow, items, end };
  }
  if (isAlias(node)) return { ...placed, kind: "alias", name: node.source, end: node.range[1] };
  return { ...placed, kind: "scalar", text: scalarText(node), style: scalarStyle(node), end: scalarEnd(node, text, property) };
}

function emptyScalar(offset: number): ScalarNode {
  return { kind: "scalar", text: "", style: "plain", start: offset, contentStart: offset, end: offset };
}

/** An empty value is reported somewhere in the white space around it; here it stands right behind its indicator. */
function atLeast(node: SourceNode, slot: number): SourceNode {
  if (node.kind !== "scalar" || node.text !== "" || node.style !== "plain" || node.tag !== undefined || node.anchor !== undefined)
    return node;
  return { ...node, start: slot, contentStart: slot, end: slot };
}

function listTokens(token: CST.Token | undefined): CST.CollectionItem[] {
  if (token?.type === "block-seq")
    return token.items.filter((item) => item.value !== undefined || item.start.some((each) => each.type === "seq-item-ind"));
  if (token?.type === "flow-collection") {
    return token.items.filter(
      (item) =>
        item.value !== undefined ||
        item.sep !== undefined ||
        (item.key !== undefined && item.key !== null) ||
        item.start.some((each) => each.type === "anchor" || each.type === "tag" || each.type === "explicit-key-ind"),
    );
  }
  return [];
}

function scalarText(node: ParsedNode): string {
  return isScalar(node) && typeof node.value === "string" ? node.value : "";
}

function scalarStyle(node: ParsedNode): ScalarNode["style"] {
  const type: Scalar.Type | undefined = isScalar(node) ? (node.type as Scalar.Type | undefined) : undefined;
  if (type === "QUOTE_SINGLE") return "single";
  if (type === "QUOTE_DOUBLE") return "double";
  return type === "BLOCK_FOLDED" || type === "BLOCK_LITERAL" ? "block" : "plain";
}

function scalarEnd(node: ParsedNode, text: string, property: CST.SourceToken | undefined): number {
  const [start, end] = node.range;
  if (isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED")) {
    // A block scalar reaches behind its last line break; with `+` the empty lines at its end are content too.
    const header = text.slice(start, text.indexOf("\n", start) < 0 ? end : text.indexOf("\n", start)).replace(/#.*/, "");
    let last = end;
    if (header.includes("+")) {
      if (text[last - 1] === "\n") last -= text[last - 2] === "\r" ? 2 : 1;
      return Math.max(last, start + 1);
    }
    while (last > start && /\s/.test(text[last - 1] ?? "")) last -= 1;
    return last;
  }
  if (property && start === end) return Math.max(end, property.offset + property.source.length);
  return end;
}
