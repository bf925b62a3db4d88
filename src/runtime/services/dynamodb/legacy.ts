import { AwsError } from "../../kernel/awsError.ts";

/** The parameters that expressions replaced in 2014 are not run yet; ignoring them would change what a request means. */
export function refuseLegacy(input: object, names: readonly string[]): void {
  for (const name of names) {
    if (Reflect.get(input, name) === undefined) continue;
    throw new AwsError(
      "ValidationException",
      `Contrail does not run DynamoDB's legacy parameter ${name} yet; write it as an expression instead.`,
    );
  }
}
