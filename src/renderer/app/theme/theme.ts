// Light, dark or as the system says: kept in the browser, shown on the root element, watched by Monaco and the canvas.
import { create } from "zustand";

export type ThemeChoice = "light" | "dark" | "system";
export type Theme = "light" | "dark";

const storageKey = "contrail.theme";
const projectorKey = "contrail.projector";
const systemWantsContrast = window.matchMedia("(prefers-contrast: more)");
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

export const useTheme = create<{ choice: ThemeChoice; theme: Theme; isProjector: boolean }>(() => {
  const choice = readChoice();
  return { choice, theme: resolve(choice), isProjector: localStorage.getItem(projectorKey) === "true" };
});

export function setTheme(choice: ThemeChoice): void {
  localStorage.setItem(storageKey, choice);
  useTheme.setState({ choice, theme: resolve(choice) });
}

/** Light becomes dark and the other way round; the choice is then explicit. */
export function toggleTheme(): void {
  setTheme(useTheme.getState().theme === "dark" ? "light" : "dark");
}

/** Larger type and stronger contrast, for a wall. */
export function toggleProjector(): void {
  const isProjector = !useTheme.getState().isProjector;
  localStorage.setItem(projectorKey, String(isProjector));
  useTheme.setState({ isProjector });
}

/** Applies the theme to the page and keeps following; returns how to stop. */
export function startTheme(): () => void {
  const apply = (): void => {
    const { theme, isProjector } = useTheme.getState();
    const root = document.documentElement;
    root.dataset["theme"] = theme;
    root.toggleAttribute("data-projector", isProjector);
    if (isProjector || systemWantsContrast.matches) root.dataset["contrast"] = "more";
    else delete root.dataset["contrast"];
  };
  const followSystem = (): void => {
    const { choice } = useTheme.getState();
    useTheme.setState({ theme: resolve(choice) });
  };
  apply();
  systemIsDark.addEventListener("change", followSystem);
  systemWantsContrast.addEventListener("change", apply);
  const stop = useTheme.subscribe(apply);
  return () => {
    systemIsDark.removeEventListener("change", followSystem);
    systemWantsContrast.removeEventListener("change", apply);
    stop();
  };
}

function resolve(choice: ThemeChoice): Theme {
  if (choice === "system") return systemIsDark.matches ? "dark" : "light";
  return choice;
}

function readChoice(): ThemeChoice {
  const stored = localStorage.getItem(storageKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}
