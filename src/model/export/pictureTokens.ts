// The Studio's colours for pictures that are made without it. A test holds them against the Studio's own list of colours.
import type { Category } from "../service.ts";

export interface PictureColours {
  readonly canvas: string;
  readonly dot: string;
  readonly card: string;
  readonly foot: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly edge: string;
  readonly words: string;
  readonly words2: string;
  readonly words3: string;
  readonly accent: string;
  readonly ok: string;
  readonly error: string;
  readonly throttled: string;
  readonly categories: Readonly<Record<Category, string>>;
  /** How much of its category's colour a tile has, 0 to 1. */
  readonly tile: number;
}

export const pictureTokens: Readonly<Record<"light" | "dark", PictureColours>> = {
  light: {
    canvas: "#f3f4f6",
    dot: "#d9dce2",
    card: "#ffffff",
    foot: "#fafafb",
    line: "#e4e6ea",
    lineStrong: "#d3d6dd",
    edge: "#a3a8b4",
    words: "#15171c",
    words2: "#4d525e",
    words3: "#5f6471",
    accent: "#1f5bd8",
    ok: "#167246",
    error: "#c22727",
    throttled: "#875c00",
    categories: {
      edge: "#0b7c83",
      compute: "#bd5216",
      data: "#6a47cf",
      messaging: "#b4336f",
      orchestration: "#66740c",
      identity: "#86602f",
      other: "#4d525e",
    },
    tile: 0.11,
  },
  dark: {
    canvas: "#0c0d10",
    dot: "#23262d",
    card: "#1b1d23",
    foot: "#181a1f",
    line: "#22252c",
    lineStrong: "#30343d",
    edge: "#4b505c",
    words: "#eceef2",
    words2: "#a6abb7",
    words3: "#8a909e",
    accent: "#6ea2ff",
    ok: "#4cc38a",
    error: "#ff6b6b",
    throttled: "#eab54a",
    categories: {
      edge: "#3ebcc0",
      compute: "#f28b55",
      data: "#a98cf6",
      messaging: "#e978b1",
      orchestration: "#b3c14c",
      identity: "#cfa676",
      other: "#a6abb7",
    },
    tile: 0.17,
  },
};
