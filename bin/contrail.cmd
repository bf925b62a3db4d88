@echo off
node "%~dp0..\scripts\node.mjs" "%~dp0..\scripts\launch.ts" %*
