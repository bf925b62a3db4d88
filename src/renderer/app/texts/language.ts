// Which language is shown: the person's choice, kept in the browser, or the first of the browser's languages that there is.
import { languages, showLanguage, useLanguage, type Language } from "./texts.ts";

const storageKey = "contrail.language";

/** Shows the language chosen here before, and keeps the page's `lang`; what begins must wait for it. */
export async function startLanguage(): Promise<void> {
  useLanguage.subscribe(({ language }) => (document.documentElement.lang = language));
  const language = languageFrom([localStorage.getItem(storageKey), ...navigator.languages]);
  if (language !== "en") await showLanguage(language);
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await showLanguage(language);
}

/** `["de-AT", "en"]` is German: the first that the Studio speaks. */
export function languageFrom(wanted: readonly (string | null)[]): Language {
  for (const tag of wanted) {
    const found = languages.find(({ value }) => tag !== null && (tag === value || tag.startsWith(`${value}-`)));
    if (found !== undefined) return found.value;
  }
  return "en";
}
