import { useState } from "react";
import { needsRoute } from "../../model/design/connectable.ts";
import { pathName } from "../../model/design/logicalIds.ts";
import { Button } from "../app/ui/Button.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { closeQuestion, connect, useConnecting, type ConnectionQuestion as Question } from "./connecting.ts";
import { t, tData } from "../app/texts/texts.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "ANY"].map((method) => ({ value: method, title: method }));
const width = 292;

/** Opens where a line was dropped when it could mean several things, or needs a route. */
export function ConnectionQuestion() {
  const question = useConnecting((state) => state.question);
  return question === null ? null : <QuestionCard key={`${question.from}>${question.to}`} question={question} />;
}

function QuestionCard({ question }: { question: Question }) {
  const [ruleId, setRuleId] = useState(question.rules[0]?.id ?? "");
  const [method, setMethod] = useState("GET");
  const [path, setPath] = useState(`/${pathName(question.to)}`);
  const rule = question.rules.find((one) => one.id === ruleId);
  const asksRoute = rule !== undefined && needsRoute(rule);
  const isPathValid = /^(\/|\$default$)/.test(path);

  const finish = (): void => {
    if (connect(question.from, question.to, ruleId, asksRoute ? { method, path } : undefined)) closeQuestion();
  };

  return (
    <>
      <div className="fixed inset-0 z-30" onPointerDown={closeQuestion} />
      <form
        role="dialog"
        aria-label={t("Connect {{from}} to {{to}}", { from: question.from, to: question.to })}
        onSubmit={(event) => {
          event.preventDefault();
          if (!asksRoute || isPathValid) finish();
        }}
        onKeyDown={(event) => event.key === "Escape" && closeQuestion()}
        style={{
          width,
          left: Math.min(question.at.x, window.innerWidth - width - 12),
          top: Math.min(question.at.y + 8, window.innerHeight - 200),
        }}
        className="pop fixed z-40 flex flex-col gap-2 rounded-lg border border-line-strong bg-raised p-3 shadow-3"
      >
        <p className="font-medium">
          {question.from} → {question.to}
        </p>
        {question.rules.length > 1 && (
          <div role="radiogroup" aria-label={t("Meaning")} className="flex flex-col gap-0.5">
            {question.rules.map((one) => (
              <button
                key={one.id}
                type="button"
                role="radio"
                aria-checked={one.id === ruleId}
                onClick={() => setRuleId(one.id)}
                className={`rounded-md px-2 py-1 text-left ${one.id === ruleId ? "bg-accent-soft text-accent" : "text-fg-2 hover:bg-hover"}`}
              >
                {tData(one.meaning)}
              </button>
            ))}
          </div>
        )}
        {question.rules.length === 1 && rule !== undefined && <p className="text-fg-2">{tData(rule.meaning)}</p>}
        {asksRoute && (
          <div className="flex gap-2">
            <Select label={t("Method")} value={method} options={methods} onChange={setMethod} className="w-24" isMono />
            <TextField
              label={t("Path")}
              value={path}
              onChange={setPath}
              isMono
              autoFocus
              className="flex-1"
              problem={isPathValid ? null : t("A path begins with /")}
            />
          </div>
        )}
        <div className="flex justify-end gap-2 pt-1">
          <Button size="compact" onClick={closeQuestion}>
            {t("Cancel")}
          </Button>
          <Button size="compact" look="primary" type="submit" disabled={asksRoute && !isPathValid} autoFocus={!asksRoute}>
            {t("Connect")}
          </Button>
        </div>
      </form>
    </>
  );
}
