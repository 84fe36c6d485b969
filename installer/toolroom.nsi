; The setup file for Windows: makensis -DVERSION=1.2.3 -DFILES=folder -DOUTPUT=file -DLICENSE_FILE=file -DICON=file
;   -DSIDE_PICTURE=file -DINSTALLED_KB=n -DNEEDED_MB=n -DTEMPORARY_MB=n [-DSIGN=command] [-DQUICK]
; Silent: setup.exe /S [/CLOSE] [/LANGUAGE=ru|en] [/CAMERA=usb:0] [/SITE=file] [/AUTOSTART] [/DATA=folder] [/LOG=file] [/D=folder]
; Exit codes: 0 done, 1 cancelled, 10 no rights, 11 the program is running, 12 downgrade, 13 no room, 14 the data could not
; be upgraded (program and data are as before), 15 files could not be put in place, 16 this Windows is too old, 17 the
; folder holds other files.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel admin
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDatablockOptimize on
CRCCheck force
AllowSkipFiles off

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh
!include WinVer.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include x64.nsh

!define PRODUCT "Toolroom Desktop"
!define PUBLISHER "Toolroom Desktop developers"
!define OWN_KEY "Software\Toolroom Desktop"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Toolroom Desktop"

Name "${PRODUCT} ${VERSION}"
BrandingText "${PRODUCT} ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$PROGRAMFILES64\${PRODUCT}"
InstallDirRegKey HKLM "${OWN_KEY}" "Folder"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${PRODUCT}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${PRODUCT} setup"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "AGPL-3.0-or-later"
!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Var DataFolder
Var LogFile
Var CloseIt
Var Autostart
Var CameraSource
Var SiteFile
Var StationLanguage
Var Purge
Var Found
Var Upgrading

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE_PICTURE}"
!define MUI_COMPONENTSPAGE_NODESC ; the list as wide as the page: its lines are long in Russian
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_LANGDLL_REGISTRY_ROOT HKLM
!define MUI_LANGDLL_REGISTRY_KEY "${OWN_KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartStation
!define MUI_FINISHPAGE_RUN_NOTCHECKED
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENSE_FILE}"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhenUpgrading
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveFolderPage
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_CUSTOMFUNCTION_SHOW un.HideRoom
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE un.AskAboutRecords
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_RESERVEFILE_LANGDLL
!include "setup_texts.nsh"

; --- what both halves share ---

!macro Common un
Function ${un}Say ; the sentence on the stack: into the log, the list of steps, and standard places
  Exch $0
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  Push $6
  Push $7
  Push $8
  DetailPrint "$0"
  ${If} $LogFile != ""
    ${GetTime} "" "L" $1 $2 $3 $4 $5 $6 $7
    FileOpen $8 "$LogFile" a
    ${If} $8 != ""
      FileSeek $8 0 END
      FileWriteUTF16LE $8 "$3-$2-$1 $5:$6:$7 $0$\r$\n"
      FileClose $8
    ${EndIf}
  ${EndIf}
  Pop $8
  Pop $7
  Pop $6
  Pop $5
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

Function ${un}Places ; data folder and log, from the command line or as usual
  SetShellVarContext all
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DATA=" $DataFolder
  ${If} ${Errors}
  ${OrIf} $DataFolder == ""
    ReadRegStr $DataFolder HKLM "${OWN_KEY}" "Data"
    ${If} $DataFolder == ""
      StrCpy $DataFolder "$APPDATA\${PRODUCT}"
    ${EndIf}
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/LOG=" $LogFile
  ${If} ${Errors}
    StrCpy $LogFile ""
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/CLOSE" $1
  ${IfNot} ${Errors}
    StrCpy $CloseIt "1"
  ${EndIf}
FunctionEnd

Function ${un}BeginLog ; one file for each time, unless the command line named one
  ${If} $LogFile == ""
    CreateDirectory "$DataFolder\logs"
    ${GetTime} "" "L" $1 $2 $3 $4 $5 $6 $7
    StrCpy $LogFile "$DataFolder\logs\setup-$3$2$1-$5$6$7.log"
  ${EndIf}
FunctionEnd

Function ${un}Running ; $0 = "1" while one of the programs runs: Windows lets nobody write to a running program
  StrCpy $0 ""
  ${If} ${FileExists} "$INSTDIR\toolroom-desktop.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\toolroom-desktop.exe" a
    ${If} ${Errors}
      StrCpy $0 "1"
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\toolroom.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\toolroom.exe" a
    ${If} ${Errors}
      StrCpy $0 "1"
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

Function ${un}NotRunning ; goes on only when the program has ended; asked for by /CLOSE, it is told to close its window
  again:
  Call ${un}Running
  ${If} $0 == ""
    Return
  ${EndIf}
  ${If} $CloseIt == "1"
    Push "$(T_CLOSING)"
    Call ${un}Say
    nsExec::Exec '"$SYSDIR\taskkill.exe" /IM toolroom-desktop.exe'
    Pop $1
    ${For} $2 1 60
      Call ${un}Running
      ${If} $0 == ""
        Return
      ${EndIf}
      Sleep 500
    ${Next}
  ${EndIf}
  Push "$(T_RUNNING)"
  Call ${un}Say
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(T_RUNNING)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 11
  Quit
FunctionEnd

Function ${un}Administrator
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    Push "$(T_NO_RIGHTS)"
    Call ${un}Say
    MessageBox MB_OK|MB_ICONSTOP "$(T_NO_RIGHTS)" /SD IDOK
    SetErrorLevel 10
    Quit
  ${EndIf}
FunctionEnd
!macroend
!insertmacro Common ""
!insertmacro Common "un."

; --- before anything is changed ---

Function .onInit
  SetRegView 64
  Call Places
  Call Answers
  Call ChooseAutostart
  ${If} $StationLanguage == ""
    !insertmacro MUI_LANGDLL_DISPLAY ; asks, unless an earlier setup was told or nobody is there to ask
  ${EndIf}
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(T_OLD_WINDOWS)" /SD IDOK
    SetErrorLevel 16
    Quit
  ${EndIf}
  Call Administrator
  ReadRegStr $Found HKLM "${OWN_KEY}" "Version"
  ${If} $Found != ""
    ReadRegStr $0 HKLM "${OWN_KEY}" "Folder"
    ${If} ${FileExists} "$0\toolroom-desktop.exe"
      StrCpy $INSTDIR $0 ; an upgrade goes where the program is
      StrCpy $Upgrading "1"
    ${EndIf}
    ${VersionCompare} "${VERSION}" "$Found" $1
    ${If} $1 == 2
      Call BeginLog
      Push "$(T_DOWNGRADE)"
      Call Say
      MessageBox MB_OK|MB_ICONSTOP "$(T_DOWNGRADE)" /SD IDOK
      SetErrorLevel 12
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function Answers
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/CAMERA=" $CameraSource
  ${If} ${Errors}
    StrCpy $CameraSource ""
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/SITE=" $SiteFile
  ${If} ${Errors}
    StrCpy $SiteFile ""
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/LANGUAGE=" $StationLanguage
  ${If} ${Errors}
    StrCpy $StationLanguage ""
  ${EndIf}
  ${If} $StationLanguage == "ru"
    StrCpy $LANGUAGE ${LANG_RUSSIAN}
  ${ElseIf} $StationLanguage == "en"
    StrCpy $LANGUAGE ${LANG_ENGLISH}
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART" $1
  ${IfNot} ${Errors}
    StrCpy $Autostart "1"
  ${EndIf}
FunctionEnd

; --- running other programs ---

Function Tell ; the command on the stack: run it, its code in $1, what it said goes into the log
  Exch $2
  nsExec::ExecToStack '$2'
  Pop $1
  Pop $2
  ${TrimNewLines} "$2" $2
  ${If} $2 != ""
    Push "$2"
    Call Say
  ${EndIf}
  Pop $2
FunctionEnd

!include "setup_room.nsh"
!include "setup_folder.nsh"

; --- putting the program in place ---

; A setup that was cut short left the old program aside: it comes back before anything else.
Function Recover
  ${If} ${FileExists} "$INSTDIR\previous\*.*"
    ${If} ${FileExists} "$INSTDIR\installed"
      RMDir /r "$INSTDIR\previous" ; the new one was whole, only the tidying was missing
    ${Else}
      Push "$(T_RECOVERED)"
      Call Say
      Call Back
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR\staged"
FunctionEnd

Function Back ; the previous program at its place again
  ${If} ${FileExists} "$INSTDIR\previous\_internal\*.*"
    RMDir /r "$INSTDIR\_internal"
    Rename "$INSTDIR\previous\_internal" "$INSTDIR\_internal"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\previous\toolroom.exe"
    Delete "$INSTDIR\toolroom.exe"
    Rename "$INSTDIR\previous\toolroom.exe" "$INSTDIR\toolroom.exe"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\previous\toolroom-desktop.exe"
    Delete "$INSTDIR\toolroom-desktop.exe"
    Rename "$INSTDIR\previous\toolroom-desktop.exe" "$INSTDIR\toolroom-desktop.exe"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\previous\uninstall.exe"
    Delete "$INSTDIR\uninstall.exe"
    Rename "$INSTDIR\previous\uninstall.exe" "$INSTDIR\uninstall.exe"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\previous\installed"
    Delete "$INSTDIR\installed"
    Rename "$INSTDIR\previous\installed" "$INSTDIR\installed"
  ${EndIf}
  RMDir /r "$INSTDIR\previous"
FunctionEnd

!macro Move what
  ${If} ${FileExists} "$INSTDIR\${what}"
    ClearErrors
    Rename "$INSTDIR\${what}" "$INSTDIR\previous\${what}"
    ${If} ${Errors}
      StrCpy $0 "1"
    ${EndIf}
  ${EndIf}
!macroend
!macro Place what
  ClearErrors
  Rename "$INSTDIR\staged\${what}" "$INSTDIR\${what}"
  ${If} ${Errors}
    StrCpy $0 "1"
  ${EndIf}
!macroend

Function GiveUp ; code on the stack: nothing new stays, the old program is at its place
  Exch $9
  SetOutPath "$TEMP" ; Windows deletes no folder that somebody works in
  Call Back
  RMDir /r "$INSTDIR\staged"
  ${If} $Upgrading != "1"
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\toolroom.exe"
    Delete "$INSTDIR\toolroom-desktop.exe"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey HKLM "${OWN_KEY}"
  ${EndIf}
  SetErrorLevel $9
  Quit
FunctionEnd

Function .onInstFailed ; a file could not be written while the new program was laid beside the old one
  ${DriveSpace} "$ProgramRoot" "/D=F /S=M" $R0
  ${DriveSpace} "$TemporaryRoot" "/D=F /S=M" $R1
  ${If} $R0 < 8
  ${OrIf} $R1 < 8
    Push "$(T_FILLED_UP)"
    Call Say
    Push 13
  ${Else}
    Push "$(T_NOT_WRITTEN)"
    Call Say
    Push 15
  ${EndIf}
  Call GiveUp
FunctionEnd

Section "!${PRODUCT}" SectionProgram
  SectionIn RO
  SetRegView 64
  SetShellVarContext all
  Call BeginLog
  Push "$(T_BEGINS)"
  Call Say
  Call NotRunning
  Call Fits
  Call RefuseTaken
  Call Recover
  Call Room
  Call OwnFolder

  ; The whole new program lies beside the old one before that is touched: from then on nothing needs room but the data.
  SetOutPath "$INSTDIR\staged"
  SetOverwrite on
  File /r "${FILES}\*.*"
  WriteUninstaller "$INSTDIR\staged\uninstall.exe"
  FileOpen $1 "$INSTDIR\staged\installed" w
  FileWrite $1 "${VERSION}"
  FileClose $1
  SetOutPath "$INSTDIR"

  CreateDirectory "$INSTDIR\previous"
  StrCpy $0 ""
  !insertmacro Move "installed"
  !insertmacro Move "uninstall.exe"
  !insertmacro Move "toolroom-desktop.exe"
  !insertmacro Move "toolroom.exe"
  !insertmacro Move "_internal"
  ${If} $0 == ""
    !insertmacro Place "_internal"
    !insertmacro Place "toolroom.exe"
    !insertmacro Place "toolroom-desktop.exe"
    !insertmacro Place "uninstall.exe"
  ${EndIf}
  ${If} $0 != ""
    Push "$(T_NOT_PLACED)"
    Call Say
    MessageBox MB_OK|MB_ICONSTOP "$(T_NOT_PLACED)" /SD IDOK
    Push 15
    Call GiveUp
  ${EndIf}

  CreateDirectory "$DataFolder"
  ReadRegStr $0 HKLM "${OWN_KEY}" "Data"
  ${If} $Found != "${VERSION}"
  ${AndIf} $0 == $DataFolder
    ; An upgrade: the rights are set, and setting them walks through every photo. The same setup once more does.
  ${Else}
    ; Whoever works at the station writes records; what lies in the folder inherits the right.
    Push '"$SYSDIR\icacls.exe" "$DataFolder" /grant "*S-1-5-32-545:(OI)(CI)M" /C /Q'
    Call Rights
  ${EndIf}

  ${If} ${FileExists} "$DataFolder\toolroom.sqlite"
    Push "$(T_UPGRADING_DATA)"
    Call Say
    ; Backs up first; a schema that cannot be upgraded stays as it was.
    Push '"$INSTDIR\toolroom.exe" --data "$DataFolder" init'
    Call Tell
    ${If} $1 != "0"
      Push "$(T_DATA_FAILED) ($1)"
      Call Say
      MessageBox MB_OK|MB_ICONSTOP "$(T_DATA_FAILED)" /SD IDOK
      Push 14
      Call GiveUp
    ${EndIf}
  ${EndIf}

  ; From here on the new program is the one that counts.
  Rename "$INSTDIR\staged\installed" "$INSTDIR\installed"
  RMDir /r "$INSTDIR\staged"
  RMDir /r "$INSTDIR\previous"

  ${If} $StationLanguage != ""
    Push '"$INSTDIR\toolroom.exe" --data "$DataFolder" settings set station.language "$StationLanguage"'
    Call Tell
    ${If} $1 != "0"
      Push "$(T_SETTING_REFUSED) station.language ($1)"
      Call Say
    ${EndIf}
  ${EndIf}
  ${If} $CameraSource != ""
    Push '"$INSTDIR\toolroom.exe" --data "$DataFolder" settings set camera.source "$CameraSource"'
    Call Tell
    ${If} $1 != "0"
      Push "$(T_SETTING_REFUSED) camera.source ($1)"
      Call Say
    ${EndIf}
  ${EndIf}
  ; Whoever starts the station takes it in: the key store for its password is theirs.
  ${If} $SiteFile != ""
    ClearErrors
    CopyFiles /SILENT "$SiteFile" "$DataFolder\enrolment.json"
    ${If} ${Errors}
    ${OrIfNot} ${FileExists} "$DataFolder\enrolment.json"
      Push "$(T_SITE_REFUSED) $SiteFile"
      Call Say
    ${EndIf}
  ${EndIf}

  WriteRegStr HKLM "${OWN_KEY}" "Version" "${VERSION}"
  WriteRegStr HKLM "${OWN_KEY}" "Data" "$DataFolder"
  WriteRegStr HKLM "${OWN_KEY}" "Language" "$LANGUAGE"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\toolroom-desktop.exe"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" ${INSTALLED_KB}
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  CreateDirectory "$SMPROGRAMS\${PRODUCT}"
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\${PRODUCT}.lnk" "$INSTDIR\toolroom-desktop.exe" '--data "$DataFolder"'
  CreateShortcut "$SMPROGRAMS\${PRODUCT}\$(T_DEMO).lnk" "$INSTDIR\toolroom-desktop.exe" "--demo"
  Delete "$SMSTARTUP\${PRODUCT}.lnk" ; the next section makes it where it is wanted
  Push "$(T_DONE)"
  Call Say
SectionEnd

Section /o "$(T_AUTOSTART)" SectionAutostart
  SetShellVarContext all
  CreateShortcut "$SMSTARTUP\${PRODUCT}.lnk" "$INSTDIR\toolroom-desktop.exe" '--data "$DataFolder"'
SectionEnd

Function ChooseAutostart ; when the command line asks for it, or an earlier setup was asked
  ${If} $Autostart == "1"
  ${OrIf} ${FileExists} "$SMSTARTUP\${PRODUCT}.lnk"
    !insertmacro SelectSection ${SectionAutostart}
  ${EndIf}
FunctionEnd

Function StartStation ; as whoever signed in, not as the administrator that setup runs as: keys and files become theirs
  Exec '"$WINDIR\explorer.exe" "$SMPROGRAMS\${PRODUCT}\${PRODUCT}.lnk"'
FunctionEnd

; --- taking it away ---

Function un.onInit
  SetRegView 64
  ReadRegStr $0 HKLM "${OWN_KEY}" "Language"
  ${If} $0 != ""
    StrCpy $LANGUAGE $0
  ${EndIf}
  Call un.Places
  Call un.Administrator
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    StrCpy $Purge "1"
  ${EndIf}
FunctionEnd

Section "!un.${PRODUCT}" UnsectionProgram
  SectionIn RO
  SetRegView 64
  SetShellVarContext all
  ; Its own log lies beside the data, which stay.
  ${If} $Purge != "1"
    Call un.BeginLog
  ${EndIf}
  Call un.NotRunning
  ClearErrors
  Delete "$INSTDIR\installed"
  Delete "$INSTDIR\toolroom-desktop.exe"
  Delete "$INSTDIR\toolroom.exe"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\staged"
  RMDir /r "$INSTDIR\previous"
  Delete "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    Push "$(T_NOT_REMOVED)"
    Call un.Say
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(T_NOT_REMOVED)" /SD IDOK
    SetErrorLevel 15
  ${EndIf}
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\${PRODUCT}"
  Delete "$SMSTARTUP\${PRODUCT}.lnk"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  DeleteRegKey HKLM "${OWN_KEY}"
  ; Only a folder that holds records: a data folder that was named wrongly may hold anything.
  ${If} $Purge == "1"
  ${AndIf} ${FileExists} "$DataFolder\toolroom.sqlite"
    RMDir /r "$DataFolder"
  ${EndIf}
  Push "$(T_REMOVED)"
  Call un.Say
SectionEnd

Section /o "un.$(T_PURGE)" UnsectionData
  ${If} ${FileExists} "$DataFolder\toolroom.sqlite"
    StrCpy $LogFile ""
    RMDir /r "$DataFolder"
  ${EndIf}
SectionEnd

Function un.HideRoom ; nothing needs room here
  FindWindow $0 "#32770" "" $HWNDPARENT
  GetDlgItem $0 $0 1023
  ShowWindow $0 ${SW_HIDE}
FunctionEnd

Function un.AskAboutRecords
  ${If} ${SectionIsSelected} ${UnsectionData}
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(T_ASK_PURGE)" IDYES +2
    Abort
  ${EndIf}
FunctionEnd
