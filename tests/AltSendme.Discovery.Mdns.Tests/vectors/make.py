#!/usr/bin/env python3
"""Writes iroh.tsv: messages as iroh's local discovery (the crate swarm-discovery 0.6) composes them, encoded by dnspython (Debian: python3-dnspython).

A question is PTR of the service, id 0. An announcement has a service record a port and a text record among the answers, the addresses among the
additional records, no pointer, class IN without the bit of multicast DNS, and no time to live at all.
"""

import pathlib

import dns.flags
import dns.message
import dns.rrset

SERVICE = "_irohv1._udp.local."
ID = "5jeuqxxsjqhfpffxcxrfqjzdm67tcxjljtkicwrirs6wvspyxmba"


def message(flags, question=None, answers=(), additional=()):
    made = dns.message.make_query(question, "PTR") if question else dns.message.Message()
    made.id = 0
    made.flags = flags
    made.answer = [dns.rrset.from_text(*record) for record in answers]
    made.additional = [dns.rrset.from_text(*record) for record in additional]
    return made.to_wire(want_shuffle=False).hex()


INSTANCE = f"{ID}.{SERVICE}"
HOST = f"{ID}-4433.local."
CASES = {
    "question": message(0, question=SERVICE),
    "announcement": message(
        dns.flags.QR | dns.flags.AA,
        answers=[(INSTANCE, 0, "IN", "SRV", f"0 0 4433 {HOST}"), (INSTANCE, 0, "IN", "TXT", '"relay=https://relay.example./" "user-data=hello"')],
        additional=[(HOST, 0, "IN", "A", "192.168.1.7"), (HOST, 0, "IN", "AAAA", "fd00::7")],
    ),
}

lines = ["# Made by make.py. Columns: name, message in hex. The id is " + ID + "."]
lines += ["\t".join(case) for case in CASES.items()]
pathlib.Path(__file__).with_name("iroh.tsv").write_text("\n".join(lines) + "\n")
