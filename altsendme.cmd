@echo off
rem Runs the command from a checkout: builds it first when there is no build or a source is newer than it.
setlocal
set "ROOT=%~dp0"
set "PROGRAM=%ROOT%artifacts\altsendme\altsendme.exe"
set "STAMP=%ROOT%artifacts\altsendme.stamp"
if not exist "%PROGRAM%" goto build
if not exist "%STAMP%" goto build
powershell -NoLogo -NoProfile -Command "$s=(Get-Item $env:STAMP).LastWriteTimeUtc; $n=Get-ChildItem ($env:ROOT+'core'),($env:ROOT+'plugins'),($env:ROOT+'integrations\packaging') -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $s -and $_.FullName -notmatch '\\(bin|obj)\\' } | Select-Object -First 1; exit [int]($null -ne $n)"
if not errorlevel 1 goto run
:build
echo altsendme: building (needed after a source has changed) ... 1>&2
if not exist "%ROOT%artifacts" mkdir "%ROOT%artifacts"
dotnet msbuild "%ROOT%integrations\packaging\Package.proj" -nologo -verbosity:quiet 1>&2
if errorlevel 1 exit /b 1
type nul > "%STAMP%"
:run
"%PROGRAM%" %*
exit /b %ERRORLEVEL%
