// What validation says about a definition, in AWS's codes and words, and the places that it says it of.

export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: string;
  readonly message: string;
  /** As AWS writes it: `/States/Route/Choices[0]/Next`; some have none. */
  readonly location?: string;
  /** The same as steps into the JSON value, to find the place in a file; empty: the whole definition. */
  readonly path: readonly (string | number)[];
}

/** A value inside the definition. */
export interface Place {
  readonly location: string;
  readonly path: readonly (string | number)[];
}

export const root: Place = { location: "", path: [] };

export function fieldOf(place: Place, field: string): Place {
  return { location: `${place.location}/${field}`, path: [...place.path, field] };
}

export function itemOf(place: Place, index: number): Place {
  return { location: `${place.location}[${index}]`, path: [...place.path, index] };
}

/** Collects diagnostics in the order in which they are found. */
export class Diagnostics {
  readonly found: Diagnostic[] = [];

  error(code: string, message: string, place: Place): void {
    this.add("ERROR", code, message, place);
  }

  warning(code: string, message: string, place: Place): void {
    this.add("WARNING", code, message, place);
  }

  schema(message: string, place: Place): void {
    this.error("SCHEMA_VALIDATION_FAILED", message, place);
  }

  /** Said of the definition as a whole. */
  unplaced(code: string, message: string, location?: string): void {
    this.found.push({ severity: "ERROR", code, message, ...(location === undefined ? {} : { location }), path: [] });
  }

  get hasErrors(): boolean {
    return this.found.some((diagnostic) => diagnostic.severity === "ERROR");
  }

  private add(severity: Diagnostic["severity"], code: string, message: string, place: Place): void {
    this.found.push({ severity, code, message, location: place.location === "" ? "/" : place.location, path: place.path });
  }
}
