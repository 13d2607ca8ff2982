#!/bin/sh
# Starts the program. Until this version has once shown its window on this account's book it may give way: it puts the
# book back as it was and ends with 75 (EX_TEMPFAIL), or its window breaks off before it stands. Then the former version,
# kept beside it at the last upgrade, goes on and says why. The names are those of ui/operations/upgrade.py.
home=/opt/quay-mot-cua
program=$home/program/quay-mot-cua
former=$home/former/quay-mot-cua
unset QMC_FORMER QMC_GOOD QMC_REFUSED_BY    # of a version that has just installed this one
[ -x "$former" ] || exec "$program" "$@"
[ -x "$program" ] || exec "$former" "$@"    # an upgrade that was cut off in the middle
version=$(cat "$home/program/VERSION" 2>/dev/null)
good=${XDG_STATE_HOME:-$HOME/.local/state}/quay-mot-cua/good-$version
[ -e "$good" ] && exec "$program" "$@"
if [ "$#" = 0 ]; then
    QMC_FORMER=$former QMC_GOOD=$good "$program"
else
    QMC_FORMER=$former "$program" "$@"      # a window on another book, practice's too, proves nothing of this one
fi
code=$?
case "$code" in
    75) ;;
    # A command's 1 is its answer; the window's, and a crash, mean that it does not stand here.
    1 | 132 | 134 | 135 | 136 | 139) [ "$#" = 0 ] && [ ! -e "$good" ] || exit "$code" ;;
    *) exit "$code" ;;
esac
QMC_REFUSED_BY=$version exec "$former" "$@"
