# Runs with the selected text, a ticket, on standard input. It reaches the program in a file, since others could see an argument.
program=@PROGRAM@
alert() {
    osascript - "$1" <<'END'
on run argv
    display alert "AltSendme" message (item 1 of argv) as warning giving up after 120
end run
END
}
if [ ! -x "$program" ]; then
    alert "$program is not there any more. Install AltSendme again, and then its entries: altsendme integrate install finder"
    exit 1
fi
umask 077
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
tr -d '[:space:]' >"$folder/ticket.altsendme"
said=$("$program" receive --dialog "$folder/ticket.altsendme" 2>&1 >/dev/null) && exit 0
alert "${said:-AltSendme could not be started.}"
exit 1
