// CSV as spreadsheets and AWS write it (RFC 4180): fields may be quoted, with delimiters, line breaks and doubled quotes inside.
import Papa from "papaparse";

/** Empty lines are left out, as is a byte order mark. */
export function parseCsv(text: string, delimiter = ","): string[][] {
  return Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true }).data;
}

/** Each line ends with a line feed. */
export function writeCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${Papa.unparse({ fields: [...header], data: rows.map((row) => [...row]) }, { newline: "\n" })}\n`;
}
