/**
 * The function that an integration names: by its own ARN, or inside the address of Lambda's API
 * (`arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations`). null: it names none.
 */
export function functionArn(uri: string, stageVariables: Readonly<Record<string, string>>): string | null {
  const resolved = uri.replace(/\$\{stageVariables\.(\w+)\}/g, (_whole, name: string) => stageVariables[name] ?? "");
  const inPath = /:lambda:path\/[^/]+\/functions\/(.+)\/(?:response-streaming-)?invocations$/.exec(resolved)?.[1];
  const arn = inPath ?? resolved;
  return /^arn:[^:]+:lambda:/.test(arn) ? arn : null;
}
