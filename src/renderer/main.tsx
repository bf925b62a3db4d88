import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./app/theme/app.css";
import { App } from "./app/shell/App.tsx";
import { startLanguage } from "./app/texts/language.ts";
import { t, useLanguage } from "./app/texts/texts.ts";
import { ErrorBoundary } from "./app/ui/ErrorBoundary.tsx";
import { startStudio } from "./app/start.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
await startLanguage();
startStudio();
createRoot(root).render(
  <StrictMode>
    <Studio />
  </StrictMode>,
);

/** Drawn anew in another language: texts are asked for while a component draws, and what has not changed is not drawn again. */
function Studio() {
  const language = useLanguage((state) => state.language);
  return (
    <ErrorBoundary key={language} name={t("The Studio")}>
      <App />
    </ErrorBoundary>
  );
}
