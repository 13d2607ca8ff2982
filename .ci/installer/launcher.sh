#!/bin/sh
# Starts the program. When it could not bring a book to its version it has put the book back as it was and ends with the
# exit code 75 (EX_TEMPFAIL): then the former version, kept beside it at the last upgrade, goes on and says so.
program=/opt/quay-mot-cua/program/quay-mot-cua
former=/opt/quay-mot-cua/former/quay-mot-cua
[ -x "$former" ] || exec "$program" "$@"
[ -x "$program" ] || exec "$former" "$@"    # an upgrade that was cut off in the middle
"$program" "$@"
code=$?
[ "$code" = 75 ] || exit "$code"
QMC_FORMER_VERSION=1 exec "$former" "$@"
