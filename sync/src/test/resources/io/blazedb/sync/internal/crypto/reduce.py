#!/usr/bin/env python3
"""Reduces the public collections of vectors to the lines that PublicVectorsTest reads.

    python3 reduce.py <wycheproof>/testvectors_v1 <snow>/tests/vectors <output directory>

The README says which projects and commits these are.
"""
import json
import pathlib
import sys

WYCHEPROOF = {
    "ecdh_secp256r1": ["public", "private", "shared"],
    "ecdh_secp256r1_ecpoint": ["public", "private", "shared"],
    "hkdf_sha256": ["ikm", "salt", "info", "size", "okm"],
    "hmac_sha256": ["key", "msg", "tag"],
    "aes_gcm": ["key", "iv", "aad", "msg", "ct", "tag"],
}


def line(fields):
    return " ".join(f"{name}={value}" for name, value in fields.items()) + "\n"


def wycheproof(folder, name):
    with open(folder / f"{name}_test.json", encoding="utf-8") as file:
        groups = json.load(file)["testGroups"]
    for group in groups:
        for test in group["tests"]:
            yield line({"id": test["tcId"], "result": test["result"]} | {n: test[n] for n in WYCHEPROOF[name]})


def noise(folder):
    for name in ("cacophony.txt", "snow.txt"):
        with open(folder / name, encoding="utf-8") as file:
            vectors = json.load(file)["vectors"]
        for vector in vectors:
            if vector.get("protocol_name") != "Noise_XX_25519_AESGCM_SHA256":
                continue
            fields = {"curve": "25519", "prologue": vector["init_prologue"]}
            for key in ("init_static", "init_ephemeral", "resp_static", "resp_ephemeral"):
                fields[key] = vector[key]
            for i, message in enumerate(vector["messages"]):
                fields[f"payload{i}"] = message["payload"]
                fields[f"message{i}"] = message["ciphertext"]
            if "handshake_hash" in vector:
                fields["hash"] = vector["handshake_hash"]
            yield line(fields)


def write(folder, name, lines):
    (folder / f"{name}.txt").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    source, snow, output = map(pathlib.Path, sys.argv[1:])
    output.mkdir(parents=True, exist_ok=True)
    for collection in WYCHEPROOF:
        write(output, collection, wycheproof(source, collection))
    write(output, "noise_xx_25519", noise(snow))
