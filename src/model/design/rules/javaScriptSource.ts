// What the text of a JavaScript or TypeScript module says of itself: its exports, its format, what it imports. Read without
// a parser, because the model has none; whatever is not plain is called unknown, so that no rule speaks of it.

export interface ModuleFacts {
  /** esm or commonjs by what is written; undefined: neither is. */
  readonly format?: "esm" | "commonjs";
  /** undefined: not all of them can be told from the text. */
  readonly exports?: ReadonlySet<string>;
  /** Modules that it imports or requires as values. */
  readonly imports: readonly string[];
  /** The text without comments, and with the contents of strings blanked. */
  readonly code: string;
}

const remembered = new Map<string, ModuleFacts | undefined>();
const mostRemembered = 500;

/** undefined: the text cannot be told apart from its strings and comments. The same text is read once. */
export function moduleFacts(text: string): ModuleFacts | undefined {
  if (!remembered.has(text)) {
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(text, readFacts(text));
  }
  return remembered.get(text);
}

/** Bundles and generated code are larger, and nobody looks for a slip in them. */
const mostCharacters = 300_000;

function readFacts(text: string): ModuleFacts | undefined {
  if (text.length > mostCharacters) return undefined;
  const masked = mask(text);
  if (masked === undefined) return undefined;
  const { code, plain } = masked;
  const topLevel = topLevelOf(code);
  const hasEsm = /(^|[;}\n])\s*(export\b|import\b(?!\s*[(.]))/.test(topLevel);
  const hasCommonJs = /\b(module\s*\.\s*exports|exports\s*(\.\s*\w+|\[))/.test(code) || /\brequire\s*\(/.test(code);
  const exports = hasEsm ? esmExports(topLevel, code) : commonJsExports(code, plain);
  return {
    ...(hasEsm ? { format: "esm" } : hasCommonJs ? { format: "commonjs" } : {}),
    ...(exports ? { exports } : {}),
    imports: importsOf(plain),
    code,
  };
}

/** How many arguments a function takes by its `length`; undefined: the text does not plainly define it. */
export function arityOf(name: string, code: string): number | undefined {
  const definition = new RegExp(
    `(?:\\bfunction\\s*\\*?\\s*${name}\\s*(?=\\()|\\b${name}\\s*(?::[^=;{}]*?)?[=:]\\s*(?:async\\s+)?(?:function\\b\\s*\\*?\\s*\\w*\\s*)?(?=\\())`,
    "g",
  );
  for (const match of code.matchAll(definition)) {
    const start = match.index + match[0].length;
    const end = closing(code, start);
    if (end === undefined || !/^\s*(=>|\{|:)/.test(code.slice(end + 1, end + 200))) continue;
    return countParameters(code.slice(start + 1, end));
  }
  return undefined;
}

/** Those before the first that has a default or takes the rest. */
function countParameters(list: string): number {
  let count = 0;
  for (const parameter of splitAtCommas(list)) {
    if (parameter.trim() === "") continue;
    if (/^\s*\.\.\./.test(parameter) || /^[^{[=]*=(?!>)/.test(parameter.replace(/\{[^]*\}|\[[^]*\]/, "x"))) break;
    count += 1;
  }
  return count;
}

function splitAtCommas(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < list.length; index += 1) {
    const character = list[index] ?? "";
    if ("([{<".includes(character)) depth += 1;
    else if (")]}".includes(character) || (character === ">" && list[index - 1] !== "=")) depth -= 1;
    else if (character === "," && depth === 0) {
      parts.push(list.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, list.slice(start)];
}

function esmExports(topLevel: string, code: string): Set<string> | undefined {
  if (/\bexport\s*(\*(?!\s*as\b)|=)/.test(topLevel)) return undefined;
  const names = new Set<string>();
  for (const [, , name] of topLevel.matchAll(
    /\bexport\s+(default\s+)?(?:async\s+)?(?:function\s*\*?|(?:abstract\s+)?class|enum)\s*([\w$]+)?/g,
  )) {
    if (name !== undefined) names.add(name);
  }
  if (/\bexport\s+default\b/.test(topLevel)) names.add("default");
  for (const [, name] of topLevel.matchAll(/\bexport\s*\*\s*as\s+([\w$]+)/g)) if (name) names.add(name);
  for (const match of code.matchAll(/\bexport\s*\{([^}]*)\}/g)) {
    for (const part of (match[1] ?? "").split(",")) {
      const name = /(?:\bas\s+)?([\w$]+)\s*$/.exec(part.trim())?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  for (const match of code.matchAll(/\bexport\s+(?:const|let|var)\s+([{[]?)/g)) {
    const start = match.index + match[0].length;
    if (match[1] !== "") {
      const end = closing(code, start - 1) ?? start;
      for (const [name] of code.slice(start, end).matchAll(/[\w$]+/g)) names.add(name);
    } else {
      // Further declarators too; what is between them does no harm among the names.
      const statement = /^[^;]*/.exec(code.slice(start, start + 2_000))?.[0] ?? "";
      for (const [, name] of statement.matchAll(/(?:^|,)\s*([\w$]+)/g)) if (name) names.add(name);
    }
  }
  return names;
}

function commonJsExports(code: string, plain: string): Set<string> | undefined {
  const names = new Set<string>();
  for (const match of code.matchAll(/\bmodule\b(?!\s*\.\s*exports\b)/g))
    if (!/[.\w]\s*$/.test(code.slice(0, match.index))) return undefined;
  for (const match of code.matchAll(/\bexports\b\s*(\.\s*([\w$]+)|\[|=(?!=)\s*|,\s*)?/g)) {
    const [whole, form = "", name] = match;
    const after = match.index + whole.length;
    if (name !== undefined) names.add(name);
    else if (form.startsWith("[")) {
      const key = /^\s*["']([\w$]+)["']\s*\]/.exec(plain.slice(after))?.[1];
      if (key === undefined) return undefined;
      names.add(key);
    } else if (form.startsWith("=") && code[after] === "{") {
      const end = closing(code, after);
      const keys = end === undefined ? undefined : keysOf(code.slice(after + 1, end), plain.slice(after + 1, end));
      if (keys === undefined) return undefined;
      for (const key of keys) names.add(key);
    } else if (form.startsWith("=") && code.startsWith("exports", after)) continue;
    else if (form.startsWith(",")) {
      const key = /^\s*["']([\w$]+)["']/.exec(plain.slice(after))?.[1];
      if (key === undefined || !/defineProperty\s*\(\s*(module\s*\.\s*)?$/.test(code.slice(0, match.index))) return undefined;
      names.add(key);
    } else return undefined;
  }
  for (const [, name] of code.matchAll(/\bthis\s*\.\s*([\w$]+)\s*=/g)) if (name) names.add(name);
  return names;
}

/** Keys of an object literal; undefined: some are computed or spread into it. */
function keysOf(code: string, plain: string): string[] | undefined {
  const keys: string[] = [];
  let offset = 0;
  for (const part of splitAtCommas(code)) {
    const written = plain.slice(offset, offset + part.length);
    offset += part.length + 1;
    if (part.trim() === "") continue;
    const name = /^\s*(?:(?:async|get|set)\s+(?=[\w$]))?\*?\s*(?:([\w$]+)|["']([\w$.-]+)["'])/.exec(written);
    const key = name?.[1] ?? name?.[2];
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

function importsOf(plain: string): string[] {
  const found: string[] = [];
  for (const [, specifier] of plain.matchAll(/\b(?:require|import)\s*\(\s*["']([^"'\n]+)["']\s*\)/g)) if (specifier) found.push(specifier);
  const statement = /(?:^|[;}\n])\s*(?:import|export)\s+(?!type\b)(?:[\w$*\s{},]*?\bfrom\s*)?["']([^"'\n]+)["']/g;
  for (const [, specifier] of plain.matchAll(statement)) if (specifier) found.push(specifier);
  return found;
}

/** The text without what stands in braces: ES modules import and export outside of them. */
function topLevelOf(code: string): string {
  let depth = 0;
  return code
    .split(/([{}])/)
    .map((part) => {
      if (part === "}") depth -= 1;
      const shown = depth > 0 ? blank(part) : part;
      if (part === "{") depth += 1;
      return shown;
    })
    .join("");
}

/** Where the bracket that opens at `start` closes. */
function closing(code: string, start: number): number | undefined {
  let depth = 0;
  for (let index = start; index < code.length; index += 1) {
    const character = code[index] ?? "";
    if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return undefined;
}

/** After one of these a slash begins a regular expression, after anything else it divides. */
const beforeRegularExpression = /(^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|of|in|void|delete|do|else))\s*$/;
const tokens = {
  plain: /[^/"'`{}]+/y,
  lineComment: /(?:\/\/|^#!)[^\n]*/y,
  blockComment: /\/\*[^]*?\*\//y,
  text: /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/y,
  regularExpression: /\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/\w*/y,
  template: /(?:[^\\`$]|\\[^]|\$(?!\{))*(`|\$\{)/y,
};

/**
 * The text with comments blanked (`plain`), and with the contents of strings, templates and regular expressions blanked too
 * (`code`); offsets stay. undefined: something is not closed, so that it was read wrongly.
 */
function mask(text: string): { code: string; plain: string } | undefined {
  const code: string[] = [];
  const plain: string[] = [];
  let tail = "";
  let index = 0;
  let depth = 0;
  /** Depths of braces at which a template goes on behind its placeholder. */
  const templates: number[] = [];
  const add = (part: string, inCode: string, inPlain: string): void => {
    code.push(inCode);
    plain.push(inPlain);
    tail = (tail + inCode).slice(-40);
    index += part.length;
  };
  const match = (token: RegExp): string | undefined => {
    token.lastIndex = index;
    return token.exec(text)?.[0];
  };
  /** To the end of a template or to its next placeholder. */
  const template = (): boolean => {
    const part = match(tokens.template);
    if (part === undefined) return false;
    const end = part.endsWith("`") ? 1 : 2;
    if (end === 2) templates.push(depth);
    add(part, blank(part.slice(0, -end)) + part.slice(-end), part);
    return true;
  };
  while (index < text.length) {
    const character = text[index] ?? "";
    const comment = match(tokens.lineComment) ?? match(tokens.blockComment);
    const run = match(tokens.plain);
    if (comment !== undefined) add(comment, blank(comment), blank(comment));
    else if (run !== undefined) add(run, run, run);
    else if (character === '"' || character === "'") {
      const part = match(tokens.text);
      if (part === undefined) return undefined;
      add(part, character + blank(part.slice(1, -1)) + character, part);
    } else if (character === "`") {
      add(character, character, character);
      if (!template()) return undefined;
    } else if (character === "/" && beforeRegularExpression.test(tail)) {
      const part = match(tokens.regularExpression);
      if (part === undefined) return undefined;
      add(part, blank(part), blank(part));
    } else {
      const isPlaceholderEnd = character === "}" && templates.at(-1) === depth;
      if (character === "{") depth += 1;
      if (character === "}" && !isPlaceholderEnd) depth -= 1;
      add(character, character, character);
      if (isPlaceholderEnd) {
        templates.pop();
        if (!template()) return undefined;
      }
    }
  }
  return depth === 0 && templates.length === 0 ? { code: code.join(""), plain: plain.join("") } : undefined;
}

function blank(part: string): string {
  return part.replace(/[^\n]/g, " ");
}
