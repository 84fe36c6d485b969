# Makes the package on a real Windows machine, with python.org's CPython 3.11 and NSIS 3 installed:
#     powershell -ExecutionPolicy Bypass -File installer\build.ps1
# Not exercised by the project's own checks, which run on Debian under Wine; see docs/it-guide.md.
# The products lie in dist\. Set TOOLROOM_SIGN to a command that signs the file put behind it, for example
#     signtool sign /fd SHA256 /td SHA256 /tr http://timestamp.example /a
$ErrorActionPreference = "Stop"
$Source = Split-Path -Parent $PSScriptRoot
Set-Location $Source
$Work = Join-Path $env:TEMP "toolroom-desktop-build"
$Venv = Join-Path $Work "venv"

function Must([string] $What, [scriptblock] $Do) {
    & $Do
    if ($LASTEXITCODE -ne 0) { throw "$What failed with $LASTEXITCODE" }
}

if (-not (Get-Command makensis -ErrorAction SilentlyContinue)) { throw "makensis is not on the PATH: install NSIS 3" }
Must "Making the environment" { py -3.11 -m venv $Venv }
$Python = Join-Path $Venv "Scripts\python.exe"
Must "Installing the locked wheels" {
    & $Python -m pip install --require-hashes --only-binary :all: -r installer\windows.lock
}
$Version = & $Python -c "from toolroom_desktop import __version__; print(__version__)"
$Icon = Join-Path $Work "toolroom.ico"
$env:QT_QPA_PLATFORM = "offscreen"
Must "Drawing the icon" {
    & $Python -c "from pathlib import Path; from installer.icon import write_icon; write_icon(Path('resources/icons/app.svg'), Path(r'$Icon'))"
}
$env:TOOLROOM_PACKAGE_VERSION = $Version
$env:TOOLROOM_PACKAGE_ICON = $Icon
Must "Freezing" {
    & $Python -m PyInstaller --noconfirm --distpath "$Work\dist" --workpath "$Work\build" installer\toolroom.spec
}
$Files = Join-Path $Work "dist\toolroom-desktop"
Must "The self-test" { & "$Files\toolroom.exe" selftest }
$Define = @()
if ($env:TOOLROOM_SIGN) {
    foreach ($Program in "toolroom-desktop.exe", "toolroom.exe") {
        Must "Signing $Program" { cmd /c "$env:TOOLROOM_SIGN `"$Files\$Program`"" }
    }
    $Define = @("-DSIGN=$env:TOOLROOM_SIGN")
}
$Bytes = (Get-ChildItem -Recurse -File $Files | Measure-Object -Property Length -Sum).Sum
New-Item -ItemType Directory -Force dist | Out-Null
$Setup = Join-Path $Source "dist\toolroom-desktop-$Version-setup.exe"
Must "Packing" {
    makensis -V2 -WX -INPUTCHARSET UTF8 "-DVERSION=$Version" "-DFILES=$Files" "-DOUTPUT=$Setup" `
        "-DLICENSE_FILE=$Source\LICENSE" "-DICON=$Icon" "-DINSTALLED_KB=$([int64]($Bytes / 1024))" `
        "-DNEEDED_MB=$([int64]($Bytes / 1MB) + 200)" @Define installer\toolroom.nsi
}
$Hash = (Get-FileHash -Algorithm SHA256 $Setup).Hash.ToLower()
"$Hash  $(Split-Path -Leaf $Setup)" | Set-Content -Encoding ascii dist\SHA256SUMS
Write-Host "$Setup"
