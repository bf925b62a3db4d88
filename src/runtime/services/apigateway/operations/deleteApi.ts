import type { DeleteApiRequest } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";

export function deleteApi(apis: Apis): (input: DeleteApiRequest) => object {
  return ({ ApiId }) => {
    apis.remove(apis.http(ApiId).id);
    return {};
  };
}
