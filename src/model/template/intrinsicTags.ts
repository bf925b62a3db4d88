// CloudFormation's functions as YAML tags: `!Sub` for `Fn::Sub`.
const longForms = new Map<string, string>([
  ["!Ref", "Ref"],
  ["!Condition", "Condition"],
  ...[
    "And",
    "Base64",
    "Cidr",
    "Contains",
    "EachMemberEquals",
    "EachMemberIn",
    "Equals",
    "FindInMap",
    "ForEach",
    "GetAtt",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "RefAll",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
    "ValueOf",
    "ValueOfAll",
  ].map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

export const intrinsicTags: readonly string[] = [...longForms.keys()];

/** Long name of the function that a tag stands for: `!Sub` is `Fn::Sub`. */
export function intrinsicOf(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : longForms.get(tag);
}
