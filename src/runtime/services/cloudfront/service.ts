import { planeAddress } from "../../../model/hosts.ts";
import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { callerIn } from "../../kernel/callerIn.ts";
import type { Caller, Kernel, Service } from "../../kernel/service.ts";
import { cloudfront as definition } from "./definition.ts";
import { Distributions, globalRegion } from "./distributions.ts";
import { errorPage } from "./errorPage.ts";
import { distributionGauges, inspectDistribution } from "./inspect.ts";
import { createInvalidation } from "./operations/createInvalidation.ts";
import { getDistribution } from "./operations/getDistribution.ts";
import { getInvalidation } from "./operations/getInvalidation.ts";
import { listDistributions } from "./operations/listDistributions.ts";
import { listInvalidations } from "./operations/listInvalidations.ts";
import { cloudfrontProviders } from "./resources.ts";
import { Edge } from "./viewerRequest.ts";

export const cloudfrontService: Service = {
  definition,
  create({ kernel, database, accountId }) {
    const distributions = new Distributions(database, kernel, accountId);
    const edge = new Edge(distributions);
    return {
      operations: {
        CreateInvalidation: createInvalidation(distributions),
        GetDistribution: getDistribution(distributions),
        GetInvalidation: getInvalidation(distributions),
        ListDistributions: listDistributions(distributions),
        ListInvalidations: listInvalidations(distributions),
      },
      resources: cloudfrontProviders(distributions),
      dataPlanes: [
        {
          matches: (host, path) => planeAddress(host, path)?.kind === "cloudfront",
          handle: (request, caller) => answerViewer(distributions, edge, kernel, request, caller),
        },
      ],
      targetOf(_operation, input) {
        const id =
          typeof input === "object" && input !== null
            ? "DistributionId" in input
              ? input.DistributionId
              : "Id" in input
                ? input.Id
                : undefined
            : undefined;
        return typeof id === "string" ? distributions.ref(id) : null;
      },
      addresses: () =>
        distributions.all().map(({ id, label }) => ({
          resource: distributions.ref(id),
          kind: "distribution" as const,
          host: `${label}.cloudfront.localhost`,
          path: "/",
        })),
      inspect: (name, _region, query) => inspectDistribution(distributions, name, query, kernel.clock.now()),
      gauges: () => distributionGauges(distributions),
    };
  },
};

async function answerViewer(
  distributions: Distributions,
  edge: Edge,
  kernel: Kernel,
  request: HttpRequest,
  caller: Caller,
): Promise<HttpResponse> {
  const address = planeAddress(request.host, request.path);
  const distribution = distributions.byLabel(address?.id ?? "");
  if (address === null || distribution === undefined) return errorPage(403, `No distribution "${address?.id ?? ""}" runs here.`, "-");
  return kernel.work(
    {
      kind: "request",
      service: "cloudfront",
      operation: `${request.method} ${address.path}`,
      target: distributions.ref(distribution.id),
      input: request,
      run: async (input: HttpRequest, call) => {
        // an edited path stands as it is; else the path below the distribution's address
        const path = input.path === request.path ? address.path : input.path;
        const answered = await edge.answer(distribution, { ...input, path }, call);
        call.status(answered.status);
        return answered;
      },
    },
    callerIn(globalRegion, caller),
  );
}
