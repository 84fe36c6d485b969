; --- room: what is needed where, before anything is changed ---

Var ProgramRoot
Var TemporaryRoot
Var DataRoot
Var DataNeed

Function DriveOf ; a folder on the stack becomes its drive, such as "C:\"
  Exch $0
  StrCpy $0 $0 3
  Exch $0
FunctionEnd

Function RoomOn ; a drive on the stack: stops where it lacks the sum of all that goes there
  Exch $R0
  StrCpy $R1 0
  ${If} $R0 == $ProgramRoot
    IntOp $R1 $R1 + ${NEEDED_MB} ; the new program is put beside the old one first
  ${EndIf}
  ${If} $R0 == $TemporaryRoot
    IntOp $R1 $R1 + ${TEMPORARY_MB}
  ${EndIf}
  ${If} $R0 == $DataRoot
    IntOp $R1 $R1 + $DataNeed
  ${EndIf}
  ClearErrors
  ${DriveSpace} "$R0" "/D=F /S=M" $R2
  ${IfNot} ${Errors}
  ${AndIf} $R2 < $R1
    Push "$(T_NO_ROOM)"
    Call Say
    MessageBox MB_OK|MB_ICONSTOP "$(T_NO_ROOM)" /SD IDOK
    SetErrorLevel 13
    Quit
  ${EndIf}
  Pop $R0
FunctionEnd

Function Room
  Push $INSTDIR
  Call DriveOf
  Pop $ProgramRoot
  Push $TEMP
  Call DriveOf
  Pop $TemporaryRoot
  Push $DataFolder
  Call DriveOf
  Pop $DataRoot
  StrCpy $DataNeed 10
  ${If} ${FileExists} "$DataFolder\toolroom.sqlite"
    ; An upgrade of the records keeps a copy of them, and may write all of them once more.
    ${GetSize} "$DataFolder" "/M=toolroom.sqlite* /S=0M /G=0" $R3 $R4 $R5
    IntOp $DataNeed $R3 * 2
    IntOp $DataNeed $DataNeed + 50
  ${EndIf}
  Push $ProgramRoot
  Call RoomOn
  Push $TemporaryRoot
  Call RoomOn
  Push $DataRoot
  Call RoomOn
FunctionEnd
