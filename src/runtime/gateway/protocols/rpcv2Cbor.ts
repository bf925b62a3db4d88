import { CborCodec } from "@smithy/core/cbor";
import { AwsError } from "../../kernel/awsError.ts";
import { errorMembers, statusOf } from "./awsJson.ts";
import { noBytes } from "./protocol.ts";
import type { Protocol } from "./protocol.ts";

const document = 15;

/** rpcv2Cbor: the operation in the path, input and output as CBOR, by the SDK's own codec. */
export const rpcv2Cbor: Protocol = {
  async read(request, _model, operation) {
    if (request.body.length === 0 || operation.input.isUnitSchema()) return {};
    try {
      return await new CborCodec().createDeserializer().read(operation.input, request.body);
    } catch (error) {
      throw new AwsError("SerializationException", "The request body is not the CBOR of this operation's input.", { cause: error });
    }
  },
  write(output, _model, operation) {
    if (operation.output.isUnitSchema()) return { status: 200, headers: headers(), body: noBytes };
    const serializer = new CborCodec().createSerializer();
    serializer.write(operation.output, output ?? {});
    return { status: 200, headers: headers(), body: bytes(serializer.flush()) };
  },
  fail(error, model) {
    const serializer = new CborCodec().createSerializer();
    serializer.write(document, { __type: model?.errors.get(error.code)?.qualifiedName ?? error.code, ...errorMembers(error, model) });
    return { status: statusOf(error, model), headers: headers(), body: bytes(serializer.flush()) };
  },
};

function headers(): Record<string, string> {
  return { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };
}

function bytes(flushed: string | Uint8Array): Uint8Array {
  return typeof flushed === "string" ? Buffer.from(flushed) : flushed;
}
