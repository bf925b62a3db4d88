import type { DesignResource } from "../design/design.ts";

/** What a picture says by itself, in its language. */
export interface PictureWords {
  /** The line under a resource's name. */
  subtitle(resource: Pick<DesignResource, "subtitle" | "subtitleWords">): string;
  moreRoutes(count: number): string;
  /** `type`: `SQS::Queue` */
  notRun(type: string): string;
  readonly leftOut: string;
  /** On a line to dead letters that says nothing else. */
  readonly redrive: string;
}

export const englishWords: PictureWords = {
  subtitle: (resource) => resource.subtitle,
  moreRoutes: (count) => `${count} more routes`,
  notRun: (type) => `not run · ${type}`,
  leftOut: "left out by its condition",
  redrive: "redrive",
};
