# Makes the package on a real Windows machine, with python.org's CPython 3.11 and NSIS 3 (makensis on the PATH):
#     powershell -ExecutionPolicy Bypass -File installer\build.ps1
# Not exercised by the project's own checks, which run on Debian under Wine; see docs/it-guide.md. It only makes the
# environment: all that follows is `python -m installer`, as on Debian, without Wine. The products lie in dist\.
# Set TOOLROOM_SIGN to a command that signs the file put behind it, for example
#     signtool sign /fd SHA256 /td SHA256 /tr http://timestamp.example /a
$ErrorActionPreference = "Stop"
# Inside a script block $args is that block's own.
$Given = $args
Set-Location (Split-Path -Parent $PSScriptRoot)
$Venv = Join-Path $env:TEMP "toolroom-desktop-build\venv"

function Must([string] $What, [scriptblock] $Do) {
    & $Do
    if ($LASTEXITCODE -ne 0) { throw "$What failed with $LASTEXITCODE" }
}

if (-not (Get-Command makensis -ErrorAction SilentlyContinue)) { throw "makensis is not on the PATH: install NSIS 3" }
Must "Making the environment" { py -3.11 -m venv $Venv }
$Python = Join-Path $Venv "Scripts\python.exe"
Must "Installing the locked wheels" {
    # linux.lock is what makes the package; its lines that are for Windows say so themselves.
    & $Python -m pip install --require-hashes --only-binary ":all:" -r installer\linux.lock
}
$env:QT_QPA_PLATFORM = "offscreen"
Must "Making the package" { & $Python -m installer windows @Given }
