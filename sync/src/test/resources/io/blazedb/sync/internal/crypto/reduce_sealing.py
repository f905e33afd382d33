#!/usr/bin/env python3
"""Reduces the public collections of vectors for sealing to the lines that PublicSealingVectorsTest reads.

    python3 reduce_sealing.py <ed25519_test.json> <vectors_rfc9180.json[.gz]> <output directory>

The first is Wycheproof's, the second the collection of the CFRG for RFC 9180.
"""
import gzip
import json
import pathlib
import sys


def line(fields):
    return " ".join(f"{name}={value}" for name, value in fields.items()) + "\n"


def ed25519(file):
    for group in json.loads(file.read_text(encoding="utf-8"))["testGroups"]:
        for test in group["tests"]:
            yield line({"id": test["tcId"], "result": test["result"], "public": group["publicKey"]["pk"],
                        "message": test["msg"], "signature": test["sig"]})


def hpke(file):
    opened = gzip.open(file) if file.suffix == ".gz" else open(file, "rb")
    with opened as stream:
        entries = json.load(stream)
    for entry in entries:
        if (entry["mode"], entry["kem_id"], entry["kdf_id"], entry["aead_id"]) != (0, 16, 1, 2):
            continue
        first = entry["encryptions"][0]
        yield line({"seed": entry["ikmR"], "private": entry["skRm"], "public": entry["pkRm"],
                    "ephemeral": entry["ikmE"], "info": entry["info"], "aad": first["aad"],
                    "plaintext": first.get("pt", first.get("plaintext")),
                    "sealed": entry["enc"] + first.get("ct", first.get("ciphertext"))})


if __name__ == "__main__":
    wycheproof, cfrg, output = map(pathlib.Path, sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    (output / "ed25519.txt").write_text("".join(ed25519(wycheproof)), encoding="ascii")
    (output / "hpke.txt").write_text("".join(hpke(cfrg)), encoding="ascii")
