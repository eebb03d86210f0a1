#!/usr/bin/env python3
"""Writes dnspython.tsv: messages as dnspython (Debian: python3-dnspython) encodes them, in hex, each beside the text of its records."""

import pathlib
import random

import dns.flags
import dns.message
import dns.rrset

ZONE = "_iroh.yryo31dyoyn6qqw6jfxnxibq6mo1bzpq45jbbp1hgtnzdaxqtxsy.dns.iroh.link."


def response(*records):
    message = dns.message.make_query(ZONE, "TXT", use_edns=0, payload=1232)
    message.id = 0x1234
    message.flags = dns.flags.QR | dns.flags.AA | dns.flags.RD | dns.flags.RA
    for record in records:
        message.answer.append(dns.rrset.from_text(*record))
    return message


CASES = {
    "question": response(),
    "endpoint": response((ZONE, 30, "IN", "TXT", '"relay=https://relay.example./"', '"addr=192.0.2.1:4433"', '"addr=[2001:db8::1]:4433"', '"user-data=a b"')),
    "two strings": response((ZONE, 30, "IN", "TXT", '"relay=https://relay." "example/"')),
    "alias": response((ZONE, 60, "IN", "CNAME", "other.example."), ("other.example.", 5, "IN", "A", "192.0.2.7"), ("other.example.", 5, "IN", "AAAA", "2001:db8::7")),
    "service": response(("peer._irohv1._udp.local.", 0, "IN", "SRV", "0 0 4433 peer-4433.local."), ("_irohv1._udp.local.", 120, "IN", "PTR", "peer._irohv1._udp.local."),
                        ("peer-4433.local.", 120, "IN", "NSEC", "peer-4433.local. A AAAA TYPE1234")),
    "authority": response(("iroh.link.", 300, "IN", "SOA", "ns1.example. admin.iroh.link. 1 7200 3600 1209600 300"), ("iroh.link.", 300, "IN", "NS", "ns1.example.")),
    "unknown": response(("iroh.link.", 300, "IN", "TYPE65280", r"\# 4 0a000001")),
}

random.seed(1)  # dnspython shuffles records of one name
lines = ["# Made by make.py. Columns: name, message in hex, records as name|type|TTL|data."]
for name, message in CASES.items():
    texts = [f"{rrset.name.to_text(True)}|{int(rrset.rdtype)}|{rrset.ttl}|{data.to_text()}" for rrset in message.answer for data in rrset]
    lines.append("\t".join([name, message.to_wire().hex(), *texts]))
pathlib.Path(__file__).with_name("dnspython.tsv").write_text("\n".join(lines) + "\n")
