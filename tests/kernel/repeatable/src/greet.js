exports.handler = async (event) => {
  if (event.rawPath.endsWith("throw")) throw new Error("as asked");
  return { statusCode: 200, body: JSON.stringify({ path: event.rawPath, requestId: event.requestContext.requestId }) };
};
