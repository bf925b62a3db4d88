// What stands in a field `….$` of a template, in ErrorPath and CausePath: a path or a call of an intrinsic function.
import { runtimeFailure, type StateFailure } from "./failure.ts";
import { intrinsics, InvalidArguments, type Argument } from "./intrinsicFunctions.ts";
import { parseIntrinsic, unescapeText, type IntrinsicArgument, type IntrinsicCall } from "./intrinsicParse.ts";
import { PathNotFoundError } from "./jsonPath.ts";
import { parsePath, type JsonPath } from "./jsonPathParse.ts";
import { documentOf, readIn } from "./reference.ts";
import type { PathScope } from "./scope.ts";
import { writeValue, type Value } from "./value.ts";

/** `field` is named in errors as it is written: `value.$`, `ErrorPath`. */
export function evaluatePathExpression(expression: string, field: string, scope: PathScope): Value {
  if (expression === "$") return scope.input;
  if (!expression.startsWith("$")) return evaluateIntrinsic(expression, scope);
  const path = parsePath(expression);
  try {
    return readIn(path, scope);
  } catch (error) {
    if (!(error instanceof PathNotFoundError)) throw error;
    const document = path.root.type === "context" ? scope.context : scope.input;
    throw runtimeFailure(
      `The JSONPath '${expression}' specified for the field '${field}' could not be found in the input '${writeValue(document)}'`,
    );
  }
}

function evaluateIntrinsic(expression: string, scope: PathScope): Value {
  const failed = (text: string): StateFailure => runtimeFailure(`The function '${expression}' had the following error: ${text}`);

  function call({ name, arguments: list }: IntrinsicCall): Value {
    const intrinsic = intrinsics.get(name);
    if (intrinsic === undefined) throw failed(`The function ${name} is not known`);
    const given = list.map(argument);
    try {
      if (given.length < intrinsic.least || given.length > intrinsic.most) throw new InvalidArguments();
      return intrinsic.call(given, scope.sources);
    } catch (error) {
      if (!(error instanceof InvalidArguments)) throw error;
      throw failed(`Invalid arguments in ${name}${error.message === "" ? "" : `: ${error.message}`}`);
    }
  }

  function argument(given: IntrinsicArgument): Argument {
    switch (given.type) {
      case "call":
        return { value: call(given), ...(given.name === "States.StringToJson" && { isParsedJson: true }) };
      case "literal":
        return { value: given.value };
      case "text":
        return { value: unescapeText(given.raw), raw: given.raw };
      case "path":
        return { value: read(given.path) };
    }
  }

  function read(path: JsonPath): Value {
    try {
      return readIn(path, scope, "nothing");
    } catch (error) {
      if (!(error instanceof PathNotFoundError)) throw error;
      // AWS lets its library speak only of what is no array
      if (error.message.startsWith("Filter:") && documentOf(path, scope) !== undefined) throw failed(error.message);
      const text = path.root.type === "context" ? path.text.slice(1) : path.text;
      throw failed(`The JsonPath argument for the field '${text}' could not be found in the input '${writeValue(scope.input)}'`);
    }
  }

  return call(parseIntrinsic(expression));
}
