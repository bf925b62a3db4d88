import { editor } from "monaco-editor/editor";
import { useTheme, type Theme } from "../../app/theme/theme.ts";

/** Monaco's themes are made of the Studio's tokens and follow its switch for as long as the page lives. */
export function followTheme(): void {
  apply(useTheme.getState().theme);
  useTheme.subscribe(({ theme }, before) => {
    // The tokens change with the root element's attribute, which another listener of the same store sets.
    if (theme !== before.theme) requestAnimationFrame(() => apply(theme));
  });
}

function apply(theme: Theme): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => hexColour(style.getPropertyValue(name));
  const name = `contrail-${theme}`;
  editor.defineTheme(name, {
    base: theme === "dark" ? "vs-dark" : "vs",
    // The base theme colours some languages' strings and keys anew, over the tokens.
    inherit: false,
    rules: syntax.map(([scope, variable, fontStyle]) => ({
      token: scope,
      foreground: token(variable).slice(1, 7),
      ...(fontStyle ? { fontStyle } : {}),
    })),
    colors: Object.fromEntries(
      Object.entries(colours).map(([key, variable]) => [key, variable.startsWith("--") ? token(variable) : variable]),
    ),
  });
  editor.setTheme(name);
}

const syntax: readonly (readonly [scope: string, variable: string, fontStyle?: string])[] = [
  ["", "--fg"],
  ["comment", "--syn-com"],
  ["keyword", "--syn-kw"],
  ["string", "--syn-str"],
  ["string.escape", "--syn-num"],
  ["number", "--syn-num"],
  ["regexp", "--syn-num"],
  ["identifier.function", "--syn-fn"],
  ["type.identifier", "--syn-ty"],
  ["type", "--syn-ty"],
  ["delimiter", "--fg-2"],
  ["delimiter.bracket", "--fg"],
  // YAML: keys are types to its grammar.
  ["type.yaml", "--syn-key"],
  ["tag.yaml", "--syn-kw"],
  ["number.yaml", "--syn-num"],
  ["operators.yaml", "--fg-2"],
  ["string.key.json", "--syn-key"],
  ["string.value.json", "--syn-str"],
  ["keyword.json", "--syn-kw"],
  ["keyword.md", "--syn-key"],
];

const colours: Readonly<Record<string, string>> = {
  "editor.background": "--bg-code",
  "editor.foreground": "--fg",
  "editorLineNumber.foreground": "--fg-3",
  "editorLineNumber.activeForeground": "--fg",
  "editorCursor.foreground": "--accent",
  "editor.selectionBackground": "--accent-line",
  "editor.inactiveSelectionBackground": "--accent-soft",
  "editor.selectionHighlightBackground": "--accent-soft",
  "editor.wordHighlightBackground": "--accent-soft",
  "editor.wordHighlightStrongBackground": "--accent-soft",
  "editor.findMatchBackground": "--accent-line",
  "editor.findMatchHighlightBackground": "--accent-soft",
  "editor.lineHighlightBackground": "--bg-hover",
  "editor.lineHighlightBorder": "#00000000",
  "editorIndentGuide.background1": "--line",
  "editorIndentGuide.activeBackground1": "--line-strong",
  "editorBracketMatch.background": "--accent-soft",
  "editorBracketMatch.border": "--accent-line",
  "editorBracketHighlight.foreground1": "--fg-2",
  "editorBracketHighlight.foreground2": "--fg-2",
  "editorBracketHighlight.foreground3": "--fg-2",
  "editorWhitespace.foreground": "--n-5",
  "editorGutter.background": "--bg-code",
  "editorGutter.foldingControlForeground": "--fg-3",
  "editorError.foreground": "--error",
  "editorWarning.foreground": "--throttled",
  "editorInfo.foreground": "--accent",
  "editorOverviewRuler.errorForeground": "--error",
  "editorOverviewRuler.warningForeground": "--throttled",
  "editorOverviewRuler.border": "#00000000",
  "editorWidget.background": "--bg-raised",
  "editorWidget.foreground": "--fg",
  "editorWidget.border": "--line-strong",
  "editorHoverWidget.background": "--bg-raised",
  "editorHoverWidget.border": "--line-strong",
  "editorSuggestWidget.background": "--bg-raised",
  "editorSuggestWidget.border": "--line-strong",
  "editorSuggestWidget.selectedBackground": "--accent-soft",
  "editorSuggestWidget.selectedForeground": "--fg",
  "editorSuggestWidget.highlightForeground": "--accent",
  "editorSuggestWidget.focusHighlightForeground": "--accent",
  "list.hoverBackground": "--bg-hover",
  "input.background": "--bg-input",
  "input.border": "--line-strong",
  "input.foreground": "--fg",
  "inputOption.activeBackground": "--accent-soft",
  "inputOption.activeBorder": "--accent-line",
  "inputOption.activeForeground": "--accent",
  "textLink.foreground": "--accent",
  "textLink.activeForeground": "--accent",
  focusBorder: "--accent",
  "widget.shadow": "#00000040",
  "scrollbarSlider.background": "--bg-hover",
  "scrollbarSlider.hoverBackground": "--line-strong",
  "scrollbarSlider.activeBackground": "--n-6",
  "diffEditor.insertedTextBackground": "--ok-soft",
  "diffEditor.removedTextBackground": "--error-soft",
  "diffEditor.insertedLineBackground": "--ok-soft",
  "diffEditor.removedLineBackground": "--error-soft",
  "menu.background": "--bg-raised",
  "menu.foreground": "--fg",
  "menu.selectionBackground": "--accent-soft",
  "menu.selectionForeground": "--fg",
  "menu.border": "--line-strong",
  "peekView.border": "--accent-line",
  "peekViewEditor.background": "--bg-code",
  "peekViewResult.background": "--bg-panel",
  "peekViewTitle.background": "--bg-panel",
};

const painter = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/** Monaco reads only `#rrggbbaa`; a canvas turns whatever CSS allows into bytes. */
function hexColour(css: string): string {
  if (painter === null) return "#808080";
  painter.clearRect(0, 0, 1, 1);
  painter.fillStyle = css.trim();
  painter.fillRect(0, 0, 1, 1);
  return `#${[...painter.getImageData(0, 0, 1, 1).data].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
