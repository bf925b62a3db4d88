import { languages } from "monaco-editor/editor";
import { language as javascript } from "monaco-editor/languages/definitions/javascript/javascript";
import { language as typescript } from "monaco-editor/languages/definitions/typescript/typescript";

/** Names that are called get a colour of their own, which Monaco's TypeScript grammar does not give them. */
export function markFunctionCalls(): void {
  for (const [id, language] of [
    ["typescript", typescript],
    ["javascript", javascript],
  ] as const) {
    const call: languages.IMonarchLanguageRule = [
      /#?[a-z_$][\w$]*(?=\s*(<[\w\s,.[\]|]*>)?\()/,
      { cases: { "@keywords": "keyword", "@default": "identifier.function" } },
    ];
    const common = language.tokenizer["common"] ?? [];
    languages.setMonarchTokensProvider(id, { ...language, tokenizer: { ...language.tokenizer, common: [call, ...common] } });
  }
}
