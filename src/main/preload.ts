// The page gets nothing of Node or Electron but where a dropped file lies, which pages are not told; for the rest it speaks to the
// Studio server over its WebSocket, as in a browser tab.
import { contextBridge, webUtils } from "electron";

contextBridge.exposeInMainWorld("contrailDesktop", { pathOf: (file: File): string => webUtils.getPathForFile(file) });
