#!/usr/bin/env python3
"""Writes blake3.tsv from test_vectors.json of the BLAKE3 reference repository: make-vectors.py < test_vectors.json > blake3.tsv"""
import json
import sys

cases = json.load(sys.stdin)["cases"]
print("length", "hash", "keyed_hash", "derive_key", sep="\t")
for case in cases:
    print(case["input_len"], case["hash"], case["keyed_hash"], case["derive_key"], sep="\t")
