import { TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "./Button.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { t } from "../texts/texts.ts";

/** Keeps a fault inside one panel and says so there, instead of taking the whole window down. */
export class ErrorBoundary extends Component<{ name: string; children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <EmptyState
        icon={<TriangleAlert size={18} className="text-error" />}
        title={t("{{name}} stopped working", { name: this.props.name })}
        action={<Button onClick={() => this.setState({ error: null })}>{t("Show it again")}</Button>}
      >
        {t("This is a fault in Contrail, not in your project: {{message}}", { message: error.message })}
      </EmptyState>
    );
  }
}
