/** A thin line that runs along the top of what is being worked on. */
export function ProgressLine({ label }: { label: string }) {
  return (
    <div role="progressbar" aria-label={label} className="h-0.5 w-full overflow-hidden bg-accent-soft">
      <div className="h-full w-2/5 bg-accent [animation:indeterminate_1.1s_var(--ease)_infinite]" />
    </div>
  );
}
