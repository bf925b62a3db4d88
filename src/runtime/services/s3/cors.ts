// What a bucket lets pages of other origins do: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
import type { CORSConfiguration, CORSRule } from "@aws-sdk/client-s3";
import type { CorsQuestion } from "../../kernel/service.ts";
import type { Bucket } from "./buckets.ts";

/** Headers that let the page in, by the first rule that does; null: none does. */
export function corsHeaders(bucket: Bucket, question: CorsQuestion): Record<string, string> | null {
  // Checked when it was put.
  const { CORSRules: rules = [] } = (bucket.settings["cors"] ?? {}) as Partial<CORSConfiguration>;
  const rule = rules.find((each) => letsIn(each, question));
  if (rule === undefined) return null;
  const { AllowedMethods: methods = [], AllowedOrigins: origins = [], ExposeHeaders: exposed = [], MaxAgeSeconds: maxAge } = rule;
  const isForAll = origins.includes("*");
  return {
    "access-control-allow-origin": isForAll ? "*" : question.origin,
    "access-control-allow-methods": methods.join(", "),
    ...(question.headers.length > 0 && { "access-control-allow-headers": question.headers.join(", ") }),
    ...(exposed.length > 0 && { "access-control-expose-headers": exposed.join(", ") }),
    ...(maxAge !== undefined && { "access-control-max-age": String(maxAge) }),
    ...(!isForAll && { "access-control-allow-credentials": "true" }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

function letsIn(rule: CORSRule, { origin, method, headers }: CorsQuestion): boolean {
  const { AllowedOrigins: origins = [], AllowedMethods: methods = [], AllowedHeaders: allowed = [] } = rule;
  return (
    origins.some((pattern) => fits(pattern, origin)) &&
    methods.includes(method) &&
    headers.every((header) => allowed.some((pattern) => fits(pattern.toLowerCase(), header.toLowerCase())))
  );
}

/** `*` once stands for anything. */
function fits(pattern: string, text: string): boolean {
  const [begin = "", end] = pattern.split("*");
  if (end === undefined) return pattern === text;
  return text.length >= begin.length + end.length && text.startsWith(begin) && text.endsWith(end);
}
