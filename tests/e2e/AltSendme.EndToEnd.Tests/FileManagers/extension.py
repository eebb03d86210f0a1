#!/usr/bin/python3
"""Loads the extension as Nautilus does, without Nautilus: extension.py FILE labels | send URI... | receive PROGRAM"""
import importlib.util
import json
import sys

from gi.repository import Gio, GLib


class Item:
    """What the extension uses of a file of Nautilus."""

    def __init__(self, uri):
        self.uri = uri

    def get_location(self):
        return Gio.File.new_for_uri(self.uri)


def entry(item):
    return {"label": item.props.label, "tip": item.props.tip}


spec = importlib.util.spec_from_file_location("extension", sys.argv[1])
extension = importlib.util.module_from_spec(spec)
spec.loader.exec_module(extension)
provider = extension.AltSendme()
if sys.argv[2] == "labels":
    files = [Item("file:///etc/hostname")]
    print(json.dumps({
        "files": [entry(item) for item in provider.get_file_items(files)],
        "filesBefore4": [entry(item) for item in provider.get_file_items(None, files)],
        "none": [entry(item) for item in provider.get_file_items([])],
        "background": [entry(item) for item in provider.get_background_items(files[0])],
        "backgroundBefore4": [entry(item) for item in provider.get_background_items(None, files[0])],
    }))
elif sys.argv[2] == "send":
    provider.get_file_items([Item(uri) for uri in sys.argv[3:]])[0].emit("activate")
    GLib.MainLoop().run()
else:
    extension.PROGRAM = sys.argv[3]
    provider.get_background_items(None)[0].emit("activate")
    GLib.MainLoop().run()
