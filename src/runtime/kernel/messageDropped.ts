import { AwsError } from "./awsError.ts";

/** The message never arrived: the gateway closes the client's connection, services treat it as a failed delivery and retry. */
export class MessageDropped extends AwsError {
  constructor(by: string) {
    super("RequestTimeout", `The message was dropped by ${by}, as if the network had lost it.`, { status: 408 });
    this.name = "MessageDropped";
  }
}
