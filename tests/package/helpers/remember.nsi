; A program that writes down with which words it was called, and ends with 5 as one that was refused.
Unicode true
Target amd64-unicode
RequestExecutionLevel user
SilentInstall silent
OutFile "${OUTPUT}"
Section
  FileOpen $0 "${BOOK}" a
  FileSeek $0 0 END
  FileWriteUTF16LE $0 "$CMDLINE$\r$\n"
  FileClose $0
  SetErrorLevel 5
SectionEnd
