import { Switch } from "radix-ui";

export interface ToggleProps {
  label: string;
  isOn: boolean;
  onChange(isOn: boolean): void;
  isDisabled?: boolean;
}

export function Toggle({ label, isOn, onChange, isDisabled }: ToggleProps) {
  return (
    <Switch.Root
      aria-label={label}
      checked={isOn}
      onCheckedChange={onChange}
      disabled={isDisabled}
      className="h-4 w-7 flex-none rounded-full border border-line-strong bg-chip transition-colors duration-(--t-fast) disabled:opacity-40 data-[state=checked]:border-transparent data-[state=checked]:bg-accent-solid"
    >
      <Switch.Thumb className="block size-3 translate-x-px rounded-full bg-fg-3 transition-transform duration-(--t-fast) data-[state=checked]:translate-x-[13px] data-[state=checked]:bg-on-accent" />
    </Switch.Root>
  );
}
