// Every text that the Studio shows comes from here. The key is the English sentence, so the code reads as it is shown;
// de.json and es.json hold the translations, en.json the forms of English sentences that count.
import { createInstance } from "i18next";
import { create } from "zustand";
import english from "./en.json" with { type: "json" };

export type Language = "en" | "de" | "es";
type Catalogue = Readonly<Record<string, string>>;

/** Languages by the name that their speakers give them. */
export const languages: readonly { readonly value: Language; readonly title: string }[] = [
  { value: "en", title: "English" },
  { value: "de", title: "Deutsch" },
  { value: "es", title: "Español" },
];

/** The language that is shown, with its catalogue. */
export const useLanguage = create<{ language: Language; catalogue: Catalogue }>(() => ({ language: "en", catalogue: english }));

/** Keys are whole sentences, so nothing in them separates; React escapes what it shows. */
const translator = createInstance();
void translator.init({
  lng: "en",
  fallbackLng: false,
  resources: { en: { translation: english } },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Shows another language as soon as its catalogue is there, which is a file of its own beside the page. */
export async function showLanguage(language: Language): Promise<void> {
  const catalogue = await catalogueOf(language);
  // Spanish has a form of its own from a million on; here it is that of other numbers.
  const others = Object.entries(catalogue).filter(([key]) => key.endsWith("_other"));
  const many = Object.fromEntries(others.map(([key, text]) => [key.replace(/_other$/, "_many"), text]));
  translator.addResourceBundle(language, "translation", { ...many, ...catalogue });
  await translator.changeLanguage(language);
  useLanguage.setState({ language, catalogue });
}

async function catalogueOf(language: Language): Promise<Catalogue> {
  switch (language) {
    case "en":
      return english;
    case "de":
      return (await import("./de.json", { with: { type: "json" } })).default;
    case "es":
      return (await import("./es.json", { with: { type: "json" } })).default;
  }
}

/**
 * The text in the language that is shown: `t("Delete {{name}}", { name })`. With `count`, the catalogue may hold a form for
 * each plural of the language: `{{count}} resources_one`, `{{count}} resources_other`. What no catalogue has stays English.
 */
export function t(text: string, values?: Readonly<Record<string, string | number | undefined>>): string {
  // most texts have no values and are shown many times a second: looking them up is all there is to do
  return values === undefined ? tData(text) : translator.t(text, { ...values });
}

/** A text that comes from data: titles and help in the services' definitions. Texts that no catalogue has stay as they are. */
export function tData(text: string): string {
  return useLanguage.getState().catalogue[text] ?? text;
}

/** The form for so many, its values not yet in it. */
export function tForm(text: string, count: number): string {
  return translator.t(text, { count, skipInterpolation: true });
}

/** A title in the midst of a sentence: small in languages that write their nouns small. Names like `API` keep their capitals. */
export function asContinuation(title: string): string {
  const { language } = useLanguage.getState();
  return language === "de" || /^\p{Lu}{2}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** A constant that holds texts: made once for each language, when it is asked for. */
export function perLanguage<T>(make: () => T): () => T {
  let made: { readonly catalogue: Catalogue; readonly value: T } | undefined;
  return () => {
    const { catalogue } = useLanguage.getState();
    if (made?.catalogue !== catalogue) made = { catalogue, value: make() };
    return made.value;
  };
}
