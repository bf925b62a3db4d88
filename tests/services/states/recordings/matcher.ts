// Compares an answer with a recording, in which some texts are placeholders for what is different each time.

export type Data = any;

const timestamps = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?(?:\d\d)?)/g;

/** Members that AWS added to its answers after some of the recordings were made: welcome where a recording lacks them. */
const laterMembers = new Set([
  "encryptionConfiguration",
  "redriveCount",
  "redriveStatus",
  "redriveStatusReason",
  "variableReferences",
  "revisionId",
  "RedriveCount",
]);

export class Matcher {
  readonly #tokens: readonly string[];
  readonly #literals: ReadonlySet<string>;
  /** What each placeholder was seen to stand for. */
  #bound: Map<string, string>;
  /** Headers and request ids of the call behind an integration count too. */
  readonly #isStrict: boolean;
  /** Text that is JSON is compared as JSON. */
  readonly #isLoose: boolean;

  constructor(
    recording: { tokens?: readonly string[]; literals?: readonly string[] },
    bound: ReadonlyMap<string, string>,
    options: { isStrict?: boolean; isLoose?: boolean } = {},
  ) {
    this.#tokens = (recording.tokens ?? []).toSorted((one, other) => other.length - one.length);
    this.#literals = new Set(recording.literals ?? []);
    this.#bound = new Map(bound);
    this.#isStrict = options.isStrict === true;
    this.#isLoose = options.isLoose === true;
  }

  clone(options: { isStrict?: boolean; isLoose?: boolean } = {}): Matcher {
    return new Matcher({ tokens: this.#tokens, literals: [...this.#literals] }, this.#bound, {
      isStrict: options.isStrict ?? this.#isStrict,
      isLoose: options.isLoose ?? this.#isLoose,
    });
  }

  /** Takes over what another has learned. */
  learn(other: Matcher): void {
    this.#bound = new Map(other.#bound);
  }

  /** Undefined when equal, else the first difference. */
  difference(expected: Data, given: Data, at: string): string | undefined {
    if (typeof expected === "string" && this.#literals.has(expected) && given !== undefined) return undefined;
    const actual = plain(given);
    if (expected === null || typeof expected === "boolean" || typeof expected === "number") {
      return expected === actual || (typeof actual === "string" && parsed(actual) === expected) ? undefined : differ(at, expected, actual);
    }
    if (typeof expected === "string") return this.#textDifference(expected, actual, at);
    const value = typeof actual === "string" ? parsed(actual) : actual;
    if (Array.isArray(expected)) {
      if (!Array.isArray(value) || expected.length !== value.length) return differ(at, expected, value);
      return first(expected, (item, index) => this.difference(item, value[index], `${at}[${index}]`));
    }
    if (value === null || typeof value !== "object" || Array.isArray(value)) return differ(at, expected, value);
    const functionErrors = [functionError(expected), functionError(value)];
    const [wanted, got] = functionErrors[0] && functionErrors[1] ? functionErrors : [expected, value];
    return this.#memberDifference(wanted, got, at);
  }

  #memberDifference(expected: Data, actual: Data, at: string): string | undefined {
    const members = new Set([...Object.keys(expected), ...Object.keys(actual).filter((name) => actual[name] !== undefined)]);
    return first([...members], (member) => {
      if (member === "$metadata" || member === "ResponseMetadata") return undefined;
      if (!this.#isStrict && (member === "SdkHttpMetadata" || member === "SdkResponseMetadata")) return undefined;
      const inside = `${at}.${member}`;
      if (!(member in expected)) {
        const placeholder = Object.keys(expected).find(
          (name) => !(name in actual) && this.#hasToken(name) && this.#isSameText(name, member),
        );
        if (placeholder !== undefined) return this.difference(expected[placeholder], actual[member], inside);
        return laterMembers.has(member) ? undefined : `${inside}: not expected, got ${short(actual[member])}`;
      }
      if (actual[member] === undefined)
        return this.#hasToken(member) ? undefined : `${inside}: expected ${short(expected[member])}, got nothing`;
      if (member === "billingDetails") return undefined;
      if (member === "variableReferences") return sameSets(expected[member], actual[member], inside);
      return this.difference(expected[member], actual[member], inside);
    });
  }

  #textDifference(expected: string, actual: Data, at: string): string | undefined {
    if (typeof actual !== "string") {
      const value = parsed(expected);
      const isBoth = typeof value === "object" && value !== null && typeof actual === "object" && actual !== null;
      return isBoth ? this.difference(value, actual, at) : differ(at, expected, actual);
    }
    const errors = [functionError(expected), functionError(actual)];
    if (errors[0] && errors[1]) return this.difference(errors[0], errors[1], at);
    if (this.#isSameText(expected, actual)) return undefined;
    if (this.#isLoose && /^\s*[[{]/.test(expected)) {
      const values = [parsed(expected), parsed(actual)];
      if (values[0] !== undefined && values[1] !== undefined) return this.difference(values[0], values[1], at);
    }
    return differ(at, expected, actual);
  }

  #hasToken(text: string): boolean {
    return this.#tokens.some((token) => text.includes(token));
  }

  #isSameText(expected: string, actual: string): boolean {
    if (expected === actual) return true;
    const forms = expected.includes("date") ? [actual, actual.replace(timestamps, "date")] : [actual];
    if (!this.#hasToken(expected)) return forms.includes(expected);
    return forms.some((form) => {
      const { pattern, names } = this.#pattern(expected);
      const match = pattern.exec(form);
      if (match === null) return false;
      if (names.length === 1 || this.#tokens.includes(expected))
        names.forEach((name, index) => this.#bound.set(name, match[index + 1] ?? ""));
      return true;
    });
  }

  /** Placeholders that are known as what they stand for, the others as groups. */
  #pattern(text: string): { pattern: RegExp; names: string[] } {
    const names: string[] = [];
    let source = "";
    for (let index = 0; index < text.length;) {
      const token = this.#tokens.find((candidate) => text.startsWith(candidate, index));
      if (token === undefined) {
        source += escaped(text.charAt(index));
        index += 1;
        continue;
      }
      const known = this.#bound.get(token);
      if (known !== undefined) source += escaped(known);
      else if (names.includes(token)) source += `\\${names.indexOf(token) + 1}`;
      else {
        names.push(token);
        source += token === "<region>" || token === "<partition>" ? '([^:"/]*?)' : token === "111111111111" ? "(\\d{12})" : "([\\s\\S]+?)";
      }
      index += token.length;
    }
    return { pattern: new RegExp(`^(?:${source})$`), names };
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function plain(value: Data): Data {
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value;
}

export function parsed(text: string): Data {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Type and message of a function's failure: stack and request id depend on the runtime. */
function functionError(given: Data): Data {
  const value = typeof given === "string" ? (given.startsWith("{") && given.includes('"errorMessage"') ? parsed(given) : undefined) : given;
  if (typeof value !== "object" || value === null || !("errorMessage" in value)) return undefined;
  if (!("stackTrace" in value || "trace" in value || "requestId" in value)) return undefined;
  return { errorType: value.errorType, errorMessage: value.errorMessage };
}

function sameSets(expected: Data, actual: Data, at: string): string | undefined {
  return first([...new Set([...Object.keys(expected), ...Object.keys(actual)])], (name) => {
    const wanted = JSON.stringify([...(expected[name] ?? [])].toSorted());
    const got = JSON.stringify([...(actual[name] ?? [])].toSorted());
    return wanted === got ? undefined : `${at}.${name}: expected ${wanted}, got ${got}`;
  });
}

function first<Item>(items: readonly Item[], differenceOf: (item: Item, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const difference = differenceOf(item, index);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

export function short(value: Data): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

function differ(at: string, expected: Data, actual: Data): string {
  return `${at}: expected ${short(expected)}, got ${short(actual)}`;
}
