; A program with one window, which it ends with: it stands for the station, whose windows Wine 8 cannot draw.
Unicode true
Target amd64-unicode
RequestExecutionLevel user
OutFile "${OUTPUT}"
Name "station"
Page directory
Page instfiles
Section
SectionEnd
