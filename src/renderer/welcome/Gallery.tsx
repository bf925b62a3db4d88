import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Miniature } from "../../model/design/miniature.ts";
import type { Example } from "../../model/studioApi.ts";
import { call } from "../app/api.ts";
import { lookOf } from "../app/resourceTypes.ts";
import { openExample } from "../app/stores/project.ts";
import { SearchField } from "../app/ui/SearchField.tsx";
import { wordFilter } from "../app/ui/wordFilter.ts";
import { MiniatureView } from "./MiniatureView.tsx";
import { t, tData } from "../app/texts/texts.ts";
import { messageOf } from "../app/texts/words.ts";

type Miniatures = Readonly<Record<string, Miniature>>;

/** The examples as cards, each with its design in small. */
export function Gallery({ examples }: { examples: readonly Example[] }) {
  const [miniatures, setMiniatures] = useState<Miniatures>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const searchField = useRef<HTMLDivElement>(null);
  useEffect(() => {
    call("project.exampleMiniatures", {}).then(setMiniatures, (error: unknown) => setProblem(messageOf(error)));
  }, []);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      searchField.current?.querySelector("input")?.focus();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  const found = useMemo(
    () => examples.filter((example) => wordFilter(wordsOf(example, miniatures[example.id]), search) > 0),
    [examples, miniatures, search],
  );

  return (
    <section aria-labelledby="examples" className="min-w-0 flex-1 overflow-auto bg-canvas px-7 py-6">
      <header className="mx-auto mb-4 flex max-w-[1240px] items-end gap-6">
        <div className="min-w-0 flex-1">
          <h2 id="examples" className="text-lg font-semibold tracking-[-0.01em]">
            {t("Learn from an example")}
          </h2>
          <p className="mt-0.5 text-fg-2">
            {t("Whole systems that run at once, with notes that say what to try. Each opens as a copy of your own.")}
          </p>
        </div>
        <div ref={searchField} className="w-56 flex-none">
          <SearchField
            label={t("Search examples")}
            placeholder={t("queue, retry, cache…")}
            shortcut="/"
            value={search}
            onChange={setSearch}
          />
        </div>
      </header>
      {problem !== null && (
        <p className="mx-auto mb-3 max-w-[1240px] text-error">{t("The pictures cannot be drawn: {{problem}}", { problem })}</p>
      )}
      <div role="list" onKeyDown={moveFocus} className="mx-auto grid max-w-[1240px] grid-cols-[repeat(auto-fill,minmax(262px,1fr))] gap-4">
        {found.map((example) => (
          <div key={example.id} role="listitem" className="grid">
            <ExampleCard example={example} miniature={miniatures[example.id]} />
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="mx-auto max-w-[1240px] py-8 text-center text-fg-2">
          {t("No example has all of “{{search}}”. Try one word: queue, table, workflow, cache.", { search })}
        </p>
      )}
    </section>
  );
}

function ExampleCard({ example, miniature }: { example: Example; miniature: Miniature | undefined }) {
  return (
    <button
      type="button"
      onClick={() => void openExample(example.id)}
      className="group flex flex-col overflow-hidden rounded-xl border border-line-strong bg-card text-left shadow-1 transition-[box-shadow,border-color] duration-(--t-base) hover:border-edge hover:shadow-2"
    >
      <span className="flex h-[136px] flex-none items-center justify-center border-b border-line bg-canvas bg-[radial-gradient(circle,var(--canvas-dot)_1px,transparent_1px)] bg-size-[14px_14px] px-4 py-3">
        {miniature !== undefined && <MiniatureView miniature={miniature} />}
      </span>
      <span className="flex flex-1 flex-col px-3.5 pt-2.5 pb-3">
        <span className="text-md font-semibold">{tData(example.title)}</span>{" "}
        <span className="mt-0.5 text-fg-2">{tData(example.description)}</span>{" "}
        <span className="mt-auto block pt-2 text-xs leading-[1.5] text-fg-3">
          {example.learn.map((one) => (
            <span key={one} className="flex gap-2 before:mt-[7px] before:size-[3px] before:flex-none before:rounded-full before:bg-fg-3">
              <span>{tData(one)} </span>
            </span>
          ))}
        </span>
      </span>
    </button>
  );
}

function wordsOf({ title, description, learn }: Example, miniature: Miniature | undefined): string {
  const kinds = miniature?.tiles.map(({ id, type }) => `${id} ${lookOf(type).title} ${type}`) ?? [];
  // found by the words of the example itself too, which are English
  const words = [title, description, ...learn];
  return [...words, ...words.map(tData), ...kinds].join(" ");
}

/** Arrow keys go from card to card as they lie on the screen. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const cards = [...event.currentTarget.querySelectorAll("button")];
  const at = cards.findIndex((card) => card === document.activeElement);
  const columns = getComputedStyle(event.currentTarget).gridTemplateColumns.split(" ").length;
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const step = steps[event.key];
  const target = event.key === "Home" ? cards[0] : event.key === "End" ? cards.at(-1) : step === undefined ? undefined : cards[at + step];
  if (at < 0 || target === undefined) return;
  event.preventDefault();
  target.focus();
}
