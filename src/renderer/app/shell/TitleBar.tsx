import { ChevronDown, Menu, Moon, Pause, Play, Projector, Search, Share, Square, StepForward, Sun } from "lucide-react";
import { runCommand } from "../commands.ts";
import { CommandButton } from "./CommandButton.tsx";
import { ClockControl } from "./ClockControl.tsx";
import { DeployPopover } from "./DeployPopover.tsx";
import { mainMenu, moreMenu, projectMenu } from "./menus.tsx";
import { setLayout } from "../stores/layout.ts";
import { showDialog } from "../stores/dialogs.ts";
import { useLive } from "../stores/live.ts";
import { useProject } from "../stores/project.ts";
import { isServing, useRun } from "../stores/run.ts";
import { toggleProjector, toggleTheme, useTheme } from "../theme/theme.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { classes } from "../ui/classes.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { DropdownMenu } from "../ui/Menu.tsx";
import { Tooltip } from "../ui/Tooltip.tsx";
import { t } from "../texts/texts.ts";

export function TitleBar() {
  const project = useProject((state) => state.project);
  const session = useProject((state) => state.session);
  const theme = useTheme((state) => state.theme);
  const isProjector = useTheme((state) => state.isProjector);
  return (
    <header
      data-chrome
      className="grid h-11 flex-none grid-cols-[minmax(0,1fr)_minmax(120px,320px)_minmax(max-content,1fr)] items-center gap-3 border-b border-line bg-panel pr-2.5"
    >
      <div className="flex min-w-0 items-center gap-2">
        <div className="grid w-11 flex-none place-items-center">
          <DropdownMenu items={mainMenu}>
            <IconButton label={t("Menu")}>
              <Menu size={16} />
            </IconButton>
          </DropdownMenu>
        </div>
        <DropdownMenu items={() => projectMenu(session, project)}>
          <button
            type="button"
            className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-1.5 text-md font-medium hover:bg-hover data-[state=open]:bg-hover"
          >
            <span className="truncate">{project?.name ?? t("No project")}</span>
            <ChevronDown size={12} className="text-fg-3" />
          </button>
        </DropdownMenu>
        {project !== null && (
          <Tooltip text={t("Everything runs on this machine. Nothing is sent to AWS.")}>
            <span>
              <Chip>{t("local")}</Chip>
            </span>
          </Tooltip>
        )}
      </div>
      <button
        type="button"
        onClick={() => showDialog({ type: "palette" })}
        className="flex h-7 min-w-0 items-center gap-2 rounded-md border border-line bg-input pr-1.5 pl-2.5 text-fg-3 transition-colors duration-(--t-fast) hover:border-line-strong"
      >
        <Search size={14} />
        <span className="truncate">{t("Search or run a command")}</span>
        <span className="ml-auto">
          <Kbd shortcut="mod+k" />
        </span>
      </button>
      <div className="flex min-w-0 items-center justify-end gap-2">
        {project !== null && <RunControls />}
        <IconButton label={t("Projector mode")} isOn={isProjector} onClick={toggleProjector} className="max-lg:hidden">
          <Projector size={16} />
        </IconButton>
        <IconButton label={theme === "dark" ? t("Light theme") : t("Dark theme")} onClick={toggleTheme}>
          {theme === "dark" ? <Sun size={16} /> : <Moon size={16} />}
        </IconButton>
        <DropdownMenu items={moreMenu} align="end">
          <IconButton label={t("Export and more")}>
            <Share size={16} />
          </IconButton>
        </DropdownMenu>
      </div>
    </header>
  );
}

function RunControls() {
  const run = useRun((state) => state.run);
  const isPaused = useLive((live) => live.clock?.isPaused === true);
  const isStepping = useLive((live) => live.debugger.isStepping);
  const isOn = isServing(run) || run.type === "deploying";
  return (
    <>
      <DeployPopover>
        {isOn ? (
          <CommandButton command="run.stop">
            <Square size={14} />
            {t("Stop")}
          </CommandButton>
        ) : (
          <CommandButton command="run.start" look="primary">
            <Play size={14} />
            {t("Run")}
          </CommandButton>
        )}
      </DeployPopover>
      {isServing(run) && (
        <>
          <IconButton
            label={isPaused ? t("Let time run") : t("Pause the clock")}
            shortcut="F6"
            isOn={isPaused}
            onClick={() => runCommand("clock.pause")}
          >
            {isPaused ? <Play size={16} /> : <Pause size={16} />}
          </IconButton>
          <Tooltip text={isStepping ? t("Stop holding at every hop") : t("Hold before every hop")} shortcut="F8">
            <Button
              look="quiet"
              aria-pressed={isStepping}
              className={classes(isStepping && "!bg-accent-soft !text-accent")}
              onClick={() => {
                runCommand("step.toggle");
                if (!isStepping) setLayout({ activeTab: "canvas" });
              }}
            >
              <StepForward size={14} />
              {t("Step")}
            </Button>
          </Tooltip>
          <ClockControl />
        </>
      )}
    </>
  );
}
