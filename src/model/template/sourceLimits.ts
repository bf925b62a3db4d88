// What a large text may hold before it is parsed at all. Reading lexemes costs little; parsing millions of them, each perhaps
// an error of its own, would take minutes and gigabytes.
import { Lexer } from "yaml";
import type { SourceError } from "./source.ts";
import { words } from "../words.ts";

/** Nothing in CloudFormation nests anywhere near this; deeper input is an accident or an attack. */
export const maxDepth = 200;
/** Twice what the densest template of 1 MB has. */
const maxLexemes = 800_000;
/** A value has one tag and one anchor, a document one directive. */
const maxProperties = 20;

/** Shorter texts are parsed soon, whatever they hold. */
const leastCharacters = 50_000;

/** Marks of the lexer's own, which are not in the text: beginnings of documents and scalars, ends of broken flow collections. */
const marks = new Set(["\u0002", "\u0018", "\u001F"]);

export function limitExceeded(text: string): SourceError | undefined {
  if (text.length < leastCharacters) return undefined;
  let offset = 0;
  let count = 0;
  let flowDepth = 0;
  let lineDepth = 0;
  let properties = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (marks.has(lexeme)) {
      properties = 0;
      continue;
    }
    const first = lexeme[0];
    if (first === "\n" || first === "\r") lineDepth = 0;
    else if (lexeme === "-" || lexeme === "?") lineDepth += 1;
    else if (first === "[" || first === "{") flowDepth += 1;
    else if (first === "]" || first === "}") flowDepth = Math.max(0, flowDepth - 1);
    if (first === "&" || first === "!" || first === "*" || first === "%") properties += 1;
    else if (first !== " " && first !== "\n") properties = 0;
    if (flowDepth > maxDepth || lineDepth > maxDepth) return tooDeep(offset);
    if (properties > maxProperties) {
      return {
        words: words("Tags, anchors, aliases or directives stand in a row here, more than any value has."),
        start: offset,
        end: offset + 1,
      };
    }
    count += 1;
    if (count > maxLexemes) {
      const what = words(
        "This text is too large for a template: of its words, signs and line breaks {{most}} are read (CloudFormation takes 1 MB).",
        { most: maxLexemes },
      );
      return { rule: "template.too-large", words: what, start: offset, end: offset + 1 };
    }
    offset += lexeme.length;
  }
  return undefined;
}

export function tooDeep(offset: number): SourceError {
  return { words: words("Values are nested more than {{most}} levels deep.", { most: maxDepth }), start: offset, end: offset + 1 };
}
