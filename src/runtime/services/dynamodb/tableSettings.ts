import type {
  AttributeDefinition,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection,
  ProvisionedThroughput,
  SSESpecification,
  StreamSpecification,
} from "@aws-sdk/client-dynamodb";
import type { KeySchema, KeyType } from "./keys.ts";

/** What a table is set to, as the database keeps it: the input of CreateTable with what UpdateTable changed. */
export interface TableSettings {
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly keySchema: readonly KeySchemaElement[];
  readonly globalIndexes: readonly IndexSettings<GlobalSecondaryIndex>[];
  readonly localIndexes: readonly IndexSettings<LocalSecondaryIndex>[];
  readonly billingMode: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly throughput: ProvisionedThroughput | null;
  readonly stream: StreamSpecification | null;
  /** When the stream was switched on: its label. */
  readonly streamLabel: string | null;
  readonly encryption: SSESpecification | null;
  readonly tableClass: string | null;
  readonly isDeletionProtected: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly timeToLive: { readonly attribute: string; readonly isEnabled: boolean; readonly changedAt: number } | null;
}

/** An index with the columns it has in the table: `i3_hash`, `i3_range`. */
export interface IndexSettings<Index> {
  readonly column: number;
  readonly index: Index;
}

/** An index as reads and writes use it. */
export interface TableIndex {
  readonly name: string;
  readonly kind: "global" | "local";
  readonly column: number;
  readonly schema: KeySchema;
  readonly projection: Projection;
}

export function keySchemaOf(elements: readonly KeySchemaElement[], definitions: readonly AttributeDefinition[]): KeySchema {
  const types = new Map(definitions.map((definition) => [definition.AttributeName, definition.AttributeType as KeyType]));
  const part = (keyType: string) =>
    elements
      .filter((element) => element.KeyType === keyType)
      .map(({ AttributeName: name = "" }) => ({ name, type: types.get(name) ?? "S" }));
  return { hash: part("HASH"), range: part("RANGE") };
}

export function indexesOf(settings: TableSettings): TableIndex[] {
  const of =
    (kind: TableIndex["kind"]) =>
    ({ column, index }: IndexSettings<GlobalSecondaryIndex | LocalSecondaryIndex>): TableIndex => ({
      name: index.IndexName ?? "",
      kind,
      column,
      schema: keySchemaOf(index.KeySchema ?? [], settings.attributeDefinitions),
      projection: index.Projection ?? { ProjectionType: "ALL" },
    });
  // By name: of several that an item does not fit, AWS names the first.
  return [...settings.localIndexes.map(of("local")), ...settings.globalIndexes.map(of("global"))].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}
