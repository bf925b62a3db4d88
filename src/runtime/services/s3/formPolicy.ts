// What a form's policy allows: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
import { isJsonObject, type Json } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";

/** A form without a policy is anonymous; who may do that is not looked at here. */
export function checkForm(fields: ReadonlyMap<string, string>, size: number, bucket: string, now: number): void {
  if (!fields.has("key"))
    throw new AwsError(
      "InvalidArgument",
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
    );
  const encoded = fields.get("policy");
  if (encoded === undefined) return;
  const policy = parse(encoded);
  const expiration = Date.parse(String(policy["expiration"]));
  if (Number.isNaN(expiration) || now > expiration) throw denied("Policy expired.");
  const conditions = Array.isArray(policy["conditions"]) ? policy["conditions"] : [];
  for (const condition of conditions) check(condition, fields, size, bucket);
}

function parse(encoded: string): Readonly<Record<string, Json>> {
  try {
    const policy = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as Json;
    if (isJsonObject(policy)) return policy;
  } catch {
    // Told below.
  }
  throw new AwsError("InvalidPolicyDocument", "Invalid Policy: Invalid JSON.");
}

function check(condition: Json, fields: ReadonlyMap<string, string>, size: number, bucket: string): void {
  const valueOf = (name: string): string => (name === "bucket" ? bucket : (fields.get(name) ?? ""));
  if (isJsonObject(condition)) {
    for (const [name, value] of Object.entries(condition))
      if (valueOf(name.toLowerCase()) !== String(value)) throw failed(["eq", `$${name}`, value]);
    return;
  }
  if (!Array.isArray(condition)) return;
  const [operator, first, second] = condition;
  if (operator === "content-length-range") {
    const limits = { ProposedSize: size, MinSizeAllowed: first, MaxSizeAllowed: second };
    if (size < Number(first))
      throw new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", { members: limits });
    if (size > Number(second))
      throw new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", { members: limits });
    return;
  }
  const value = valueOf(String(first).replace(/^\$/, "").toLowerCase());
  const holds = operator === "starts-with" ? value.startsWith(String(second)) : value === String(second);
  if (!holds) throw failed(condition);
}

function failed(condition: Json): AwsError {
  return denied(`Policy Condition failed: ${JSON.stringify(condition)}`);
}

function denied(why: string): AwsError {
  return new AwsError("AccessDenied", `Invalid according to Policy: ${why}`, { status: 403 });
}
