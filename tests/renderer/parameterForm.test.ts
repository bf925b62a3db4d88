import { expect, test } from "vitest";
import { listItems, parameterFields, whyNot } from "../../src/renderer/parameters/parameterForm.ts";

const fields = parameterFields({
  Stage: { Type: "String", Default: "dev", AllowedValues: ["dev", "prod"], Description: "Where it runs." },
  Workers: { Type: "Number", MinValue: 1, MaxValue: 8, Default: 2 },
  Zones: { Type: "CommaDelimitedList", AllowedValues: ["a", "b"] },
  Password: { Type: "String", NoEcho: true, MinLength: 8 },
  Image: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/images/latest" },
  Code: { Type: "String", AllowedPattern: "[A-Z]{3}", ConstraintDescription: "three capitals" },
});
const field = (name: string) => fields.find((one) => one.name === name) ?? expect.fail(`${name} is not among the fields`);

test("each parameter gets the control that fits its type", () => {
  expect(fields.map(({ name, control }) => [name, control])).toEqual([
    ["Stage", "choice"],
    ["Workers", "number"],
    ["Zones", "list"],
    ["Password", "secret"],
    ["Image", "text"],
    ["Code", "text"],
  ]);
  expect(field("Workers").standard).toBe("2");
  expect(field("Password").standard).toBeUndefined();
});

test("constraints are said in words", () => {
  expect(field("Workers").hints).toEqual(["1 to 8"]);
  expect(field("Password").hints).toEqual(["at least 8 characters"]);
  expect(field("Zones").hints).toEqual(["each one of a, b"]);
  expect(field("Image").hints[0]).toContain("/images/latest");
});

test("a value is refused for the reason that CloudFormation gives", () => {
  expect(whyNot(field("Workers"), "9")).toContain("not greater than 8");
  expect(whyNot(field("Workers"), "8")).toBeNull();
  expect(whyNot(field("Zones"), "a, c")).toContain("AllowedValues");
  expect(whyNot(field("Code"), "abc")).toContain("three capitals");
  expect(whyNot(field("Password"), "short")).not.toContain("short");
  expect(whyNot(field("Image"), "anything")).toBeNull();
});

test("items of a list are told apart", () => {
  expect(listItems("a, b,c")).toEqual(["a", "b", "c"]);
  expect(listItems("")).toEqual([]);
});
