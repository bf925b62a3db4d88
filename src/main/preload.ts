// The page gets nothing of Node or Electron: it speaks to the Studio server over its WebSocket, as in a browser tab.
export {};
