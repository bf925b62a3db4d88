import { AwsError } from "./awsError.ts";

/**
 * What AWS does and Contrail does not yet. To a caller it is an error of AWS's shape like any other; a resource of a
 * template that meets it is kept without being run, so that the rest of the design runs all the same.
 */
export class NotRunLocally extends AwsError {}
