import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";

export function Checkbox({ label, isOn, onChange }: { label: string; isOn: boolean; onChange(isOn: boolean): void }) {
  return (
    <RadixCheckbox.Root
      aria-label={label}
      checked={isOn}
      onCheckedChange={(state) => onChange(state === true)}
      className="grid size-4 flex-none place-items-center rounded-sm border border-line-strong bg-input data-[state=checked]:border-transparent data-[state=checked]:bg-accent-solid"
    >
      <RadixCheckbox.Indicator>
        <Check size={12} className="text-on-accent" />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}
