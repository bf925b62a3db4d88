import { Waves, X } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "../../app/ui/EmptyState.tsx";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { JsonView } from "../../editors/json/JsonView.tsx";
import type { DataResource } from "../dataActions.ts";
import { DataGrid } from "../DataGrid.tsx";
import { DetailSide } from "../DetailSide.tsx";
import { useTablePages } from "./tablePages.ts";
import { t } from "../../app/texts/texts.ts";

/** The table's stream, the newest record first; it follows what happens. */
export function StreamView({ table, view }: { table: DataResource; view: string | null }) {
  const { rows, columns, isLoading, more } = useTablePages(table, "stream", "");
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = rows.find((row) => row.id === chosen);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<Waves size={18} />}
        title={view === null ? t("This table has no stream") : isLoading ? t("Reading") : t("No records yet")}
      >
        {view === null
          ? t("Set a stream in the table's properties: each change then leaves a record here for 24 hours, and functions can be run by it.")
          : t("Each change of an item leaves a record here, for 24 hours of the clock.")}
      </EmptyState>
    );
  }
  return (
    <div className="flex min-h-0 flex-1">
      <div className="min-h-0 min-w-0 flex-1">
        <DataGrid
          label={t("records of {{name}}", { name: table.name })}
          columns={columns}
          rows={rows}
          selected={chosen}
          onSelect={setChosen}
          onEnd={more}
        />
      </div>
      {selected !== undefined && (
        <DetailSide>
          <div className="flex h-8 flex-none items-center border-b border-line pr-1.5 pl-3">
            <span className="flex-1 font-semibold">{t("Record")}</span>
            <IconButton label={t("Close")} size={24} onClick={() => setChosen(null)}>
              <X size={13} />
            </IconButton>
          </div>
          <div className="min-h-0 flex-1">
            <JsonView value={selected.detail} label={t("Record")} readsTimes />
          </div>
        </DetailSide>
      )}
    </div>
  );
}
