// Light, dark or as the system says: kept in the browser, shown on the root element, watched by Monaco and the canvas.
import { create } from "zustand";

export type ThemeChoice = "light" | "dark" | "system";
export type Theme = "light" | "dark";

const storageKey = "contrail.theme";
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

export const useTheme = create<{ choice: ThemeChoice; theme: Theme }>(() => {
  const choice = readChoice();
  return { choice, theme: resolve(choice) };
});

export function setTheme(choice: ThemeChoice): void {
  localStorage.setItem(storageKey, choice);
  useTheme.setState({ choice, theme: resolve(choice) });
}

/** Light becomes dark and the other way round; the choice is then explicit. */
export function toggleTheme(): void {
  setTheme(useTheme.getState().theme === "dark" ? "light" : "dark");
}

/** Applies the theme to the page and keeps following; returns how to stop. */
export function startTheme(): () => void {
  const apply = (): void => {
    document.documentElement.dataset.theme = useTheme.getState().theme;
  };
  const followSystem = (): void => {
    const { choice } = useTheme.getState();
    useTheme.setState({ theme: resolve(choice) });
  };
  apply();
  systemIsDark.addEventListener("change", followSystem);
  const stop = useTheme.subscribe(apply);
  return () => {
    systemIsDark.removeEventListener("change", followSystem);
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
