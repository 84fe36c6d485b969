; --- a folder that only administrators can change ---

Function Guarded ; $0 = "1" below Program Files, where Windows sees to it
  StrCpy $0 ""
  GetFullPathName $1 "$INSTDIR"
  ${If} $1 == ""
    StrCpy $1 $INSTDIR ; it is not there yet
  ${EndIf}
  StrLen $2 "$PROGRAMFILES64\"
  StrCpy $3 $1 $2
  ${If} $3 == "$PROGRAMFILES64\"
    StrCpy $0 "1"
  ${EndIf}
  StrLen $2 "$PROGRAMFILES32\"
  StrCpy $3 $1 $2
  ${If} $3 == "$PROGRAMFILES32\"
    StrCpy $0 "1"
  ${EndIf}
FunctionEnd

; $0 = "" where the program may go: below Program Files, into a folder of our own, into an empty or a new one. Elsewhere
; somebody may have laid a library there that the program would load.
Function Fits
  Call Guarded
  ${If} $0 == "1"
    StrCpy $0 ""
    Return
  ${EndIf}
  ReadRegStr $1 HKLM "${OWN_KEY}" "Folder"
  ${If} $1 == $INSTDIR
    Return
  ${EndIf}
  StrCpy $0 ""
  ${If} ${FileExists} "$INSTDIR\*.*"
    ClearErrors
    FindFirst $1 $2 "$INSTDIR\*.*"
    ${DoUntil} ${Errors}
      ${If} $2 != "."
      ${AndIf} $2 != ".."
        StrCpy $0 "1"
      ${EndIf}
      FindNext $1 $2
    ${Loop}
    FindClose $1
  ${EndIf}
FunctionEnd

Function LeaveFolderPage
  Call Fits
  ${If} $0 != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(T_FOLDER_TAKEN)"
    Abort
  ${EndIf}
FunctionEnd

Function SkipWhenUpgrading ; the program stays where it is
  ${If} $Upgrading == "1"
    Abort
  ${EndIf}
FunctionEnd

Function OwnFolder ; the program's folder, which from here on the registry names as ours
  Call Guarded
  ${If} $0 != "1"
    ; Made by us and not by whoever made it before: an owner can change the rights again, a link points elsewhere.
    RMDir "$INSTDIR"
  ${EndIf}
  CreateDirectory "$INSTDIR"
  ${If} $0 != "1"
    ; "Administrators", "SYSTEM" and "Users" in every language of Windows.
    StrCpy $R0 '"*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-545:(OI)(CI)RX"'
    Push '"$SYSDIR\icacls.exe" "$INSTDIR" /setowner "*S-1-5-32-544" /Q'
    Call Rights
    Push '"$SYSDIR\icacls.exe" "$INSTDIR" /inheritance:r /grant:r $R0 /Q'
    Call Rights
    Call Fits ; once more, now that nobody else can write there
    Call RefuseTaken
  ${EndIf}
  WriteRegStr HKLM "${OWN_KEY}" "Folder" "$INSTDIR"
  ; Also after a power cut: Windows itself keeps the registry in memory for a while.
  System::Call 'advapi32::RegOpenKeyExW(p 0x80000002, w "${OWN_KEY}", i 0, i 0x20119, *p .r1) i .r2'
  ${If} $2 == 0
    System::Call 'advapi32::RegFlushKey(p r1)'
    System::Call 'advapi32::RegCloseKey(p r1)'
  ${EndIf}
FunctionEnd

Function RefuseTaken
  ${If} $0 != ""
    Push "$(T_FOLDER_TAKEN)"
    Call Say
    MessageBox MB_OK|MB_ICONSTOP "$(T_FOLDER_TAKEN)" /SD IDOK
    SetErrorLevel 17
    Quit
  ${EndIf}
FunctionEnd

Function Rights ; a command on the stack that sets rights; a file system without rights is no reason to stop
  Exch $R1
  Push $R1
  Call Tell
  ${If} $1 != "0"
    Push "$(T_RIGHTS_FAILED) $R1 ($1)"
    Call Say
  ${EndIf}
  Pop $R1
FunctionEnd
