import { hostKind } from "../../../../model/hosts.ts";
import type { DataPlane } from "../../../kernel/service.ts";
import type { Signer } from "./signer.ts";

/** SigningCertURL: receivers fetch the certificate here, and verify signatures with its key. */
export function certificatePlane(signer: Signer): DataPlane {
  return {
    matches: (host, path) => path.startsWith("/SimpleNotificationService-") && path.endsWith(".pem") && hostKind(host) !== "foreign",
    async handle(request) {
      await signer.prepare();
      if (request.path !== signer.certificatePath) return { status: 404, headers: [], body: Buffer.alloc(0) };
      return { status: 200, headers: [["content-type", "application/x-pem-file"]], body: Buffer.from(signer.certificate) };
    },
  };
}
