import { planeAddress } from "../../../model/hosts.ts";
import type { DataPlane, Kernel } from "../../kernel/service.ts";
import { messageAnswer } from "./answers.ts";
import type { Apis } from "./apis.ts";
import { answerHttpApi } from "./http/httpApi.ts";
import { answerRestApi } from "./rest/restApi.ts";
import { Connections } from "./webSocket/connections.ts";
import { manageConnection } from "./webSocket/management.ts";
import { webSocketApis } from "./webSocket/webSocketApi.ts";

/** Every request to a host or path of an API comes in here. */
export function apiDataPlane(apis: Apis, kernel: Kernel): DataPlane {
  const connections = new Connections(kernel);
  const webSockets = webSocketApis(apis, connections, kernel);
  return {
    matches: (host, path) => planeAddress(host, path)?.kind === "execute-api",
    async handle(request, caller) {
      const address = planeAddress(request.host, request.path);
      const api = address === null ? undefined : apis.find(address.id);
      // On AWS such a name does not resolve; here it is better to hear why nothing answers.
      if (address === null || api === undefined)
        return messageAnswer(404, `Not Found: no API with the id "${address?.id ?? ""}" runs here.`);
      if (address.region !== null && address.region !== api.region)
        return messageAnswer(404, `Not Found: the API "${api.id}" is in ${api.region}, not in ${address.region}.`);
      if (api.kind === "http" && api.protocolType === "WEBSOCKET")
        return manageConnection(api, address.path, request, caller, { apis, connections, kernel });
      return api.kind === "http"
        ? answerHttpApi(api, address.path, request, caller, kernel, apis)
        : answerRestApi(api, address.path, request, caller, kernel, apis);
    },
    async open(request, caller) {
      const address = planeAddress(request.host, request.path);
      const api = address === null ? undefined : apis.find(address.id);
      if (address === null || api?.kind !== "http" || api.protocolType !== "WEBSOCKET")
        return messageAnswer(403, `No WebSocket API with the id "${address?.id ?? ""}" runs here.`);
      return webSockets.open(api, address.path, request, caller);
    },
  };
}
