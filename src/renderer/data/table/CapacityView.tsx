import type { ReactNode } from "react";
import type { TableFacts } from "../../../model/tableQuery.ts";
import { formatCount, formatRate } from "../../app/format.ts";
import { Chip } from "../../app/ui/Chip.tsx";
import { Toggle } from "../../app/ui/Toggle.tsx";
import { classes } from "../../app/ui/classes.ts";
import type { DataResource } from "../dataActions.ts";
import type { CapacitySample } from "./capacityHistory.ts";
import { enforceCapacity, setRealisticStates } from "./tableActions.ts";
import { t } from "../../app/texts/texts.ts";

export interface CapacityProps {
  facts: TableFacts;
  now: CapacitySample;
}

/** Read and write units a second, in the header of the panel: full is what the table is provisioned for. */
export function CapacityMeter({ facts, now }: CapacityProps) {
  return (
    <div className="flex items-center gap-3 pr-1" role="group" aria-label={t("Consumed capacity")}>
      <Bar title="R" value={now.read} most={facts.capacity.read} isEnforced={facts.isCapacityEnforced} />
      <Bar title="W" value={now.write} most={facts.capacity.write} isEnforced={facts.isCapacityEnforced} />
      {now.throttled > 0 && <Chip tone="throttled">{t("throttled")}</Chip>}
    </div>
  );
}

function Bar({ title, value, most, isEnforced }: { title: string; value: number; most: number; isEnforced: boolean }) {
  const part = most > 0 ? Math.min(1, value / most) : 0;
  return (
    <span
      className="flex items-center gap-1.5 text-xs text-fg-3 tabular-nums"
      title={t("{{value}} of {{most}} units a second", { value: formatRate(value), most: formatCount(most) })}
    >
      <span>{title}</span>
      <span className="h-1 w-12 overflow-hidden rounded-full bg-chip">
        <span
          className={classes("block h-full rounded-full", isEnforced && part >= 0.9 ? "bg-throttled" : "bg-accent-solid")}
          style={{ width: `${Math.max(part * 100, value > 0 ? 4 : 0)}%` }}
        />
      </span>
      <span className="min-w-6 text-fg-2">{formatRate(value)}</span>
    </span>
  );
}

/** What the table consumes, what it may, and the switch that makes it refuse more. */
export function CapacityView({
  table,
  facts,
  now,
  samples,
  onDone,
}: CapacityProps & { table: DataResource; samples: readonly CapacitySample[]; onDone(): void }) {
  const kind = facts.billing === "PROVISIONED" ? t("provisioned") : t("on demand");
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <div className="max-w-[880px] p-4">
        <Switch
          title={t("Enforce capacity")}
          isOn={facts.isCapacityEnforced}
          onChange={(isOn) => void enforceCapacity(table, isOn).then(onDone)}
        >
          {facts.isCapacityEnforced
            ? t("Requests beyond the capacity are refused as on AWS, burst and partitions included; the SDK then tries again.")
            : t("Off: everything is let through and only counted. On: requests beyond the capacity are refused as on AWS.")}
        </Switch>
        <div className="mt-4 grid grid-cols-2 gap-4">
          <Graph title={t("Reads")} values={samples.map((sample) => sample.read)} now={now.read} most={facts.capacity.read} kind={kind} />
          <Graph
            title={t("Writes")}
            values={samples.map((sample) => sample.write)}
            now={now.write}
            most={facts.capacity.write}
            kind={kind}
          />
        </div>
        <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-fg-2">
          <Fact term={t("Billing")}>{facts.billing === "PROVISIONED" ? t("Provisioned") : t("On demand")}</Fact>
          <Fact term={t("Refused")}>
            {now.throttled > 0 ? t("{{throttled}} requests a second", { throttled: formatRate(now.throttled) }) : t("nothing")}
          </Fact>
          <Fact term={t("Each partition")}>{t("3,000 reads and 1,000 writes a second")}</Fact>
          <Fact term={t("Burst")}>{t("what was not used in the last 300 seconds")}</Fact>
        </dl>
        <div className="mt-4">
          <Switch
            title={t("Tables take their time")}
            isOn={facts.areStatesRealistic}
            onChange={(isOn) => void setRealisticStates(table, isOn).then(onDone)}
          >
            {facts.areStatesRealistic
              ? t("Tables and indexes are created, changed and deleted as slowly as on AWS, on the clock. This holds for every table.")
              : t("Off: every table is there as soon as it is made. On: creating, changing and deleting takes as long as on AWS.")}
          </Switch>
        </div>
      </div>
    </div>
  );
}

function Switch({ title, isOn, onChange, children }: { title: string; isOn: boolean; onChange(isOn: boolean): void; children: ReactNode }) {
  return (
    <div className="flex items-start gap-3 rounded-lg border border-line bg-panel p-3">
      <div className="min-w-0 flex-1">
        <h3 className="font-medium">{title}</h3>
        <p className="mt-0.5 text-fg-2">{children}</p>
      </div>
      <Toggle label={title} isOn={isOn} onChange={onChange} />
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-3">{term}</dt>
      <dd className="tabular-nums">{children}</dd>
    </>
  );
}

const WIDTH = 400;
const HEIGHT = 96;

function Graph({ title, values, now, most, kind }: { title: string; values: readonly number[]; now: number; most: number; kind: string }) {
  // The line of the capacity stands in the picture only when it is near.
  const highest = Math.max(1, ...values);
  const top = most <= highest * 4 ? Math.max(highest, most) * 1.1 : highest * 1.25;
  const y = (value: number): number => HEIGHT - (value / top) * HEIGHT;
  const step = WIDTH / 119;
  const points = values.map((value, at) => `${(WIDTH - (values.length - 1 - at) * step).toFixed(1)},${y(value).toFixed(1)}`);
  const first = points[0]?.split(",")[0] ?? String(WIDTH);
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-panel">
      <figcaption className="flex items-baseline gap-2 px-3 pt-2">
        <span className="font-medium">{title}</span>
        <span className="flex-1" />
        <span className="text-lg font-semibold tabular-nums">{formatRate(now)}</span>
        <span className="text-xs text-fg-3 tabular-nums">{t("of {{most}} a second, {{kind}}", { most: formatCount(most), kind })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="mt-1 block h-24 w-full" aria-hidden="true">
        {most <= top && (
          <line
            x1="0"
            x2={WIDTH}
            y1={y(most)}
            y2={y(most)}
            className="stroke-throttled"
            strokeDasharray="3 3"
            vectorEffect="non-scaling-stroke"
          />
        )}
        {points.length > 1 && (
          <>
            <polygon points={`${first},${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}`} className="fill-accent-soft" />
            <polyline points={points.join(" ")} className="fill-none stroke-accent" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
          </>
        )}
      </svg>
    </figure>
  );
}
