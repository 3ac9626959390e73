#!/bin/sh
# Runs Debian's InspIRCd on 127.0.0.1:PORT, its flood limits off, until it is told to end; for `npm run bench`:
#   npm run bench -- --server inspircd='irc:bench/irc/inspircd.sh {port}' …
# Takes the one that is installed, else unpacks the package into the user's cache, without installing anything.
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
	echo "usage: inspircd.sh PORT [SENDQ]" >&2
	exit 2
fi
port=$1
# What may wait for one who does not read; who has more waiting is cut.
sendq=${2:-1M}
cache="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/a-chat-bench/inspircd"

program=$(PATH="$PATH:/usr/sbin" command -v inspircd || true)
modules=
if [ -z "$program" ]; then
	program="$cache/usr/sbin/inspircd"
	if [ ! -x "$program" ]; then
		command -v apt-get >/dev/null && command -v dpkg >/dev/null || {
			echo "inspircd is not installed, and without apt-get it cannot be fetched" >&2
			exit 1
		}
		mkdir -p "$cache"
		cd "$cache"
		# The lists of packages may be missing, or old.
		apt-get download -qq inspircd >&2 || { apt-get update -qq >&2 && apt-get download -qq inspircd >&2; }
		dpkg -x inspircd_*.deb .
		rm inspircd_*.deb
	fi
	modules="$cache/usr/lib/inspircd/modules"
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/a-chat-inspircd-XXXXXX")
trap 'rm -rf "$folder"' EXIT
cat >"$folder/inspircd.conf" <<CONFIG
<server name="bench.invalid" description="bench" network="bench" id="0BE">
<admin name="bench" nick="bench" email="bench@bench.invalid">
<path configdir="$folder" datadir="$folder" logdir="$folder" runtimedir="$folder"${modules:+ moduledir=\"$modules\"}>
<bind address="127.0.0.1" port="$port" type="clients">
<options casemapping="ascii" defaultmodes="">
<dns timeout="1" server="127.0.0.1">
# One line may go to as many as in the plain dialect.
<security maxtargets="20" announceinvites="none">
# With the usual 10 KB it may sleep for a second with something left to read from a fast sender.
<performance netbuffersize="65534" softlimit="20000" somaxconn="4096" clonesonconnect="no">
# A PING among the messages would have to be told from them; an hour is longer than any run.
<connect name="bench" allow="*" timeout="60" pingfreq="1h" limit="20000" localmax="20000" globalmax="20000"
	maxconnwarn="no" resolvehostnames="no" useident="no" usednsbl="no" useconnectban="no" useconnflood="no"
	fakelag="no" threshold="1000000" commandrate="1000000000" recvq="1M" softsendq="$sendq" hardsendq="$sendq" modes="">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="$folder/log">
CONFIG

isRoot=
[ "$(id -u)" -ne 0 ] || isRoot=--runasroot
"$program" --config "$folder/inspircd.conf" --nofork --nopid $isRoot >"$folder/output" 2>&1 &
child=$!
trap 'kill "$child" 2>/dev/null || true' TERM INT HUP
wait "$child" && code=0 || code=$?
# A signal ends the first wait, not the server.
if kill "$child" 2>/dev/null; then wait "$child" || true; fi
if [ "$code" -ne 0 ] && [ "$code" -lt 128 ]; then tail -n 5 "$folder/output" >&2; fi
exit "$code"
