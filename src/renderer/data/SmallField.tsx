interface SmallFieldProps {
  title: string;
  value: string;
  onChange(value: string): void;
  placeholder: string;
  isWrong?: boolean;
  isNarrow?: boolean;
  isWide?: boolean;
}

/** A short text with its name above it, in the foot of an editor. */
export function SmallField({ title, value, onChange, placeholder, isWrong = false, isNarrow = false, isWide = false }: SmallFieldProps) {
  return (
    <label className={`flex min-w-0 flex-col gap-0.5 ${isNarrow ? "w-20" : isWide ? "flex-1" : "w-28"}`}>
      <span className="text-2xs text-fg-3">{title}</span>
      <input
        value={value}
        placeholder={placeholder}
        aria-invalid={isWrong}
        onChange={(event) => onChange(event.target.value)}
        className={`h-6 w-full rounded-md border bg-code px-1.5 text-xs outline-none placeholder:text-fg-3 focus:border-accent ${isWrong ? "border-error" : "border-line-strong"}`}
      />
    </label>
  );
}
