import type { Inspection, InspectQuery } from "../../../model/run.ts";
import { parseItem, plainItem } from "./storedItem.ts";
import type { Table } from "./table.ts";

/** The records of a table's stream, the newest first; none where it has no stream. */
export function inspectStream({ stream }: Table, query: InspectQuery): Inspection {
  const records = stream?.newest(query.cursor === undefined ? undefined : Number(query.cursor), query.limit) ?? [];
  const last = records.length === query.limit ? records.at(-1) : undefined;
  return {
    columns: [
      { key: "at", title: "Written", kind: "time" },
      { key: "event", title: "Event", kind: "state" },
      { key: "key", title: "Key", kind: "json" },
      { key: "sequence", title: "Number", kind: "number" },
    ],
    rows: records.map((record) => {
      const before = record.before === null ? null : plainItem(parseItem(record.before));
      const after = record.after === null ? null : plainItem(parseItem(record.after));
      const key = plainItem(parseItem(record.item_key));
      return {
        id: String(record.sequence),
        cells: { at: record.written_at, event: record.event, key, sequence: String(record.sequence) },
        detail: { key, before, after, isExpiry: record.is_expiry === 1 },
      };
    }),
    total: null,
    ...(last && { cursor: String(last.sequence) }),
  };
}
