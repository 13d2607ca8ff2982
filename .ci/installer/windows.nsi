; The per-user installer for Windows 10/11: no administrator, silent with /S, Vietnamese first, data are kept.
;   makensis /INPUTCHARSET UTF8 /DPROGRAM=folder /DVERSION=0.6.0 /DNUMBERS=0.6.0.0 /DTARGET=out.exe windows.nsi
;   quay-mot-cua-0.6.0-win64.exe /S [/D=C:\another folder]
;   uninstall.exe /S [/DATA]        with /DATA books, scans and keys of this account go too
; Paths longer than 260 signs: this installer's manifest and the program's own say that they are understood.
Unicode true
ManifestSupportedOS all
ManifestLongPathAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "x64.nsh"

!ifndef COMPILED_PROGRAM
!define COMPILED_PROGRAM "quay-mot-cua.exe"
!endif
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\quay-mot-cua"

Name "Quầy Một Cửa"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\quay-mot-cua"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Quay Mot Cua"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Quay Mot Cua"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!ifdef ICON
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!endif
!define MUI_FINISHPAGE_RUN "$INSTDIR\program\${COMPILED_PROGRAM}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

LangString RUNNING ${LANG_VIETNAMESE} "Quầy Một Cửa đang mở. Hãy đóng cửa sổ rồi thử lại; chưa có gì bị thay đổi."
LangString RUNNING ${LANG_ENGLISH} "Quầy Một Cửa is open. Close its window and try again; nothing was changed."
LangString HALF ${LANG_VIETNAMESE} "Không chép đủ tệp (đĩa đầy?). Phiên bản cũ vẫn còn nguyên."
LangString HALF ${LANG_ENGLISH} "Not all files could be written (disk full?). The version before is untouched."
LangString DATA ${LANG_VIETNAMESE} "Xóa luôn sổ, bản quét và khóa của tài khoản này? Không lấy lại được. Chọn Không để giữ."
LangString DATA ${LANG_ENGLISH} "Delete this account's book, scans and keys too? There is no way back. No keeps them."
LangString ONLY64 ${LANG_VIETNAMESE} "Cần Windows 10 trở lên, 64 bit."
LangString ONLY64 ${LANG_ENGLISH} "Windows 10 or newer, 64 bit, is needed."

Function .onInit
    ${IfNot} ${RunningX64}
        MessageBox MB_OK|MB_ICONSTOP "$(ONLY64)" /SD IDOK
        SetErrorLevel 3
        Quit
    ${EndIf}
FunctionEnd

; A program that runs holds its folder: the rename fails, and nothing has been changed yet.
Section "install"
    SetShellVarContext current
    RMDir /r "$INSTDIR\new"
    ClearErrors
    SetOutPath "$INSTDIR\new"
    File /r "${PROGRAM}/*"
    ${If} ${Errors}
        RMDir /r "$INSTDIR\new"
        MessageBox MB_OK|MB_ICONSTOP "$(HALF)" /SD IDOK
        SetErrorLevel 4
        Quit
    ${EndIf}
    SetOutPath "$INSTDIR"
    ${If} ${FileExists} "$INSTDIR\program\*.*"
        ; The version before stays beside the new one: it goes on when the new one cannot take over a book.
        RMDir /r "$INSTDIR\former"
        ClearErrors
        Rename "$INSTDIR\program" "$INSTDIR\former"
        ${If} ${Errors}
            RMDir /r "$INSTDIR\new"
            MessageBox MB_OK|MB_ICONSTOP "$(RUNNING)" /SD IDOK
            SetErrorLevel 5
            Quit
        ${EndIf}
    ${EndIf}
    ClearErrors
    Rename "$INSTDIR\new" "$INSTDIR\program"
    ${If} ${Errors}
        Rename "$INSTDIR\former" "$INSTDIR\program"
        MessageBox MB_OK|MB_ICONSTOP "$(HALF)" /SD IDOK
        SetErrorLevel 4
        Quit
    ${EndIf}
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\Quầy Một Cửa.lnk" "$INSTDIR\program\${COMPILED_PROGRAM}"
    CreateShortcut "$DESKTOP\Quầy Một Cửa.lnk" "$INSTDIR\program\${COMPILED_PROGRAM}"
    WriteRegStr HKCU "${KEY}" "DisplayName" "Quầy Một Cửa"
    WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\program\${COMPILED_PROGRAM}"
    WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "un.install"
    SetShellVarContext current
    ClearErrors
    Rename "$INSTDIR\program" "$INSTDIR\going"
    ${If} ${Errors}
        MessageBox MB_OK|MB_ICONSTOP "$(RUNNING)" /SD IDOK
        SetErrorLevel 5
        Quit
    ${EndIf}
    RMDir /r "$INSTDIR\going"
    RMDir /r "$INSTDIR\former"
    RMDir /r "$INSTDIR\new"
    Delete "$SMPROGRAMS\Quầy Một Cửa.lnk"
    Delete "$DESKTOP\Quầy Một Cửa.lnk"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey HKCU "${KEY}"
    ; Data are kept unless somebody asks: by /DATA, or by saying so twice.
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/DATA" $1
    ${IfNot} ${Errors}
        Call un.Data
    ${Else}
        MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(DATA)" /SD IDNO IDNO kept
        MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(DATA)" /SD IDNO IDNO kept
        Call un.Data
        kept:
    ${EndIf}
SectionEnd

Function un.Data
    RMDir /r "$LOCALAPPDATA\quay-mot-cua"
FunctionEnd
