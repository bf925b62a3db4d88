import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { linesOf, reduceCloudFormation } from "../scripts/specification.ts";

test("the schemas in the model are what the installed version of CloudFormation's specification gives", () => {
  const { specification, names } = reduceCloudFormation();
  expect(readFileSync("src/model/schema/cloudFormation.json", "utf8")).toBe(linesOf(specification));
  expect(readFileSync("src/model/schema/typeNames.json", "utf8")).toBe(linesOf(names));
});
