# Finder runs this with the selected files and folders as arguments. They stay arguments, so that no name is ever read as a command.
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
said=$("$program" send --background --copy --notify -- "$@" 2>&1 >/dev/null) && exit 0
case $? in
    # The service has said it in a notification: policy, peers, content, files.
    4 | 5 | 6 | 7 | 9) ;;
    *) alert "${said:-AltSendme could not be started.}" ;;
esac
exit 1
