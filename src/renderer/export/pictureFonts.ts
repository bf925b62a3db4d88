// The Studio's own fonts for pictures that are opened elsewhere: those of the page's that have a letter of the picture.
import type { PictureFont } from "../../model/export/pictureStyle.ts";
import { t } from "../app/texts/texts.ts";

const families: Readonly<Record<string, PictureFont["family"]>> = { "Inter Variable": "words", "JetBrains Mono Variable": "code" };

export async function fontsFor(text: string): Promise<readonly PictureFont[]> {
  const letters = [...new Set(text)].map((letter) => letter.codePointAt(0) ?? 0);
  const needed = fontsOfPage().filter(({ range }) => letters.some((letter) => isIn(letter, range)));
  return await Promise.all(needed.map(async ({ url, ...font }) => ({ ...font, url: await dataAddress(url) })));
}

type PageFont = Required<PictureFont>;

function fontsOfPage(): PageFont[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule): PageFont[] => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const value = (name: string): string => rule.style.getPropertyValue(name);
      const family = families[value("font-family").replaceAll(/["']/g, "")];
      const [, address] = /url\(["']?([^"')]+)/.exec(value("src")) ?? [];
      if (family === undefined || address === undefined) return [];
      return [{ family, url: new URL(address, sheet.href ?? document.baseURI).href, range: value("unicode-range") }];
    }),
  );
}

/** Of `U+0301, U+0400-045F`. */
function isIn(letter: number, ranges: string): boolean {
  return ranges.split(",").some((range) => {
    const [from = "", to = from] = range.trim().replace(/^U\+/i, "").split("-");
    return letter >= Number.parseInt(from, 16) && letter <= Number.parseInt(to, 16);
  });
}

/** A picture that is opened elsewhere cannot ask the Studio for its fonts. */
async function dataAddress(url: string): Promise<string> {
  const blob = await (await fetch(url)).blob();
  return await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(t("{{url}} could not be read.", { url })));
    reader.readAsDataURL(blob);
  });
}
