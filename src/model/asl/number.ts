// Numbers as AWS keeps and writes them: integers exactly, decimal numbers as Java writes a double (0.0, 1.5, 1.0E10).

/** A number whose text differs from what JavaScript would write. */
export class ExactNumber {
  /** Native serialisation meets one of these: writeValue takes the longer way. */
  static readonly found = new Error("A value with exact numbers is written by writeValue.");

  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  valueOf(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  toJSON(): never {
    throw ExactNumber.found;
  }
}

/** The number that a token of JSON stands for. */
export function numberOfText(token: string): number | ExactNumber {
  const number = Number(token);
  if (!/[.eE]/.test(token)) {
    if (number === 0) return 0;
    return Number.isSafeInteger(number) ? number : new ExactNumber(token);
  }
  return Number.isFinite(number) ? decimal(number) : new ExactNumber(token);
}

/** A double as Java would carry it: `1.0` stays `1.0`. */
function decimal(number: number): number | ExactNumber {
  const text = doubleText(number);
  return text === String(number) ? number : new ExactNumber(text);
}

const longLimit = 2 ** 63;

/** A computed number: whole numbers are written without a fraction as long as a Java `long` holds them. */
export function numberOfDouble(number: number): number | ExactNumber {
  if (Number.isInteger(number) && Math.abs(number) < longLimit) return number === 0 ? 0 : number;
  return decimal(number);
}

/** A number of the input as JSONata sees it: integers that a `long` holds stay exact, everything else is a double. */
export function numberForJsonata(number: ExactNumber): number | ExactNumber {
  const isLong = /^-?\d+$/.test(number.text) && BigInt.asIntN(64, BigInt(number.text)) === BigInt(number.text);
  return isLong ? number : numberOfDouble(number.valueOf());
}

/** Java's `Double.toString`. */
export function doubleText(number: number): string {
  if (number === 0) return Object.is(number, -0) ? "-0.0" : "0.0";
  const size = Math.abs(number);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(number) ? `${number}.0` : String(number);
  const [mantissa = "", exponent = ""] = number.toExponential().split("e");
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}E${exponent.replace("+", "")}`;
}
