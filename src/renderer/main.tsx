import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./app/theme/app.css";
import { App } from "./app/shell/App.tsx";
import { ErrorBoundary } from "./app/ui/ErrorBoundary.tsx";
import { startStudio } from "./app/start.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
startStudio();
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary name="The Studio">
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
