# @MARK@
"""Send with AltSendme, in the menus of @NAMESPACE@: hands over what was chosen; the background service does the rest."""
import json

import gi
from gi.repository import Gio, GLib, GObject, @NAMESPACE@ as Files

PROGRAM = @PROGRAM@
LABELS = json.loads(r"""@LABELS@""")
BUS_NAME, BUS_PATH = "org.altsendme.AltSendme1", "/org/altsendme/AltSendme1"


def label(key):  # in the first of the user's languages that there is, or a near one of it
    texts = LABELS[key]
    for language in (name.split(".")[0].replace("_", "-") for name in GLib.get_language_names()):
        near = (known for known in texts if known.split("-")[0] == language.split("-")[0])
        if found := texts.get(language) or texts.get(next(near, None)):
            return found
    return texts["en"]


def uri_of(location):
    """A mounted server (GVfs) has a path as well, which the service can read; of what has none the service says so."""
    path = location.get_path()
    return Gio.File.new_for_path(path).get_uri() if path else location.get_uri()


def copy(text):
    """Where the service's tools could not: this window has the focus, which Wayland asks of whoever sets the clipboard."""
    version = "4.0" if "@NAMESPACE@" == "Nautilus" and not Files._version.startswith("3") else "3.0"
    try:
        gi.require_version("Gdk", version)
        from gi.repository import Gdk
    except (ImportError, ValueError):
        return  # GTK's bindings are not installed here

    def looked(board, result):
        try:
            held = board.read_text_finish(result)
        except GLib.Error:
            held = None
        if held != text:
            board.set(text)

    if version == "4.0":
        Gdk.Display.get_default().get_clipboard().read_text_async(None, looked)
    else:
        from gi.repository import Gtk
        Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).request_text(lambda board, held: held == text or board.set_text(text, -1))


def on_bus(action):
    Gio.bus_get(Gio.BusType.SESSION, None, lambda _, result: action(Gio.bus_get_finish(result)))


def complain(title, error):
    body = label("noService").replace("{message}", error.message.split(": ", 1)[-1])  # without the error's name
    arguments = GLib.Variant("(susssasa{sv}i)", ("AltSendme", 0, "org.altsendme.AltSendme", label(title), body, [], {}, -1))
    on_bus(lambda bus: bus.call("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
                                "Notify", arguments, None, Gio.DBusCallFlags.NONE, -1, None, lambda *_: None))


def send(locations):
    options = {"copy": GLib.Variant("b", True), "notify": GLib.Variant("b", True)}
    arguments = GLib.Variant("(asa{sv})", ([uri_of(location) for location in locations], options))

    def answered(bus, result):
        try:
            copy(bus.call_finish(result).unpack()[0])
        except GLib.Error as error:
            # What the service itself refuses it names in a notification of its own.
            if not (Gio.DBusError.get_remote_error(error) or "").startswith("org.altsendme."):
                complain("sendFailed", error)

    on_bus(lambda bus: bus.call(BUS_NAME, BUS_PATH, BUS_NAME, "Send", arguments, GLib.VariantType("(s)"), Gio.DBusCallFlags.NONE,
                                GLib.MAXINT32, None, answered))  # a large folder takes as long as it takes


def receive():
    try:
        Gio.Subprocess.new([PROGRAM, "receive", "--dialog"], Gio.SubprocessFlags.NONE)
    except GLib.Error as error:
        complain("receiveFailed", error)


def item(key, action):
    entry = Files.MenuItem.new(f"AltSendme::{key}", label(key), label(key + "Tip"), "org.altsendme.AltSendme")
    entry.connect("activate", lambda _: action())
    return entry


class AltSendme(GObject.GObject, Files.MenuProvider):
    def get_file_items(self, *arguments):
        files = arguments[-1]  # API 3.0 has a window before them
        return [item("send", lambda: send([file.get_location() for file in files]))] if files else []

    def get_background_items(self, *arguments):
        return [item("receive", receive)]
    get_file_menu_items, get_folder_menu_items = get_file_items, get_background_items  # as Thunar calls them
