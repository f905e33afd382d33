#!/usr/bin/env python3
"""Writes the vectors of this folder with an implementation that shares nothing with the Java code.

Noise XX as in revision 34 of the specification, on `hmac`, `hashlib` and the package `cryptography` (48.0.0 was used).
The keys follow from a fixed seed, so the files come out the same each time: `python3 generate.py`.
"""
import hashlib
import hmac
import random

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
dice = random.Random(20_260)


class Nist:
    name = "P256"

    @staticmethod
    def key():
        return ec.derive_private_key(dice.randrange(1, ORDER), ec.SECP256R1())

    @staticmethod
    def private(key):
        return key.private_numbers().private_value.to_bytes(32, "big")

    @staticmethod
    def public(key):
        return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @staticmethod
    def agree(key, public):
        return key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public))


class Montgomery:
    name = "25519"

    @staticmethod
    def key():
        return x25519.X25519PrivateKey.from_private_bytes(dice.randbytes(32))

    @staticmethod
    def private(key):
        return key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())

    @staticmethod
    def public(key):
        return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @staticmethod
    def agree(key, public):
        return key.exchange(x25519.X25519PublicKey.from_public_bytes(public))


def noise_hkdf(chaining_key, data, outputs):
    temp = hmac.digest(chaining_key, data, "sha256")
    result, last = [], b""
    for i in range(1, outputs + 1):
        last = hmac.digest(temp, last + bytes([i]), "sha256")
        result.append(last)
    return result


def nonce(n):
    return b"\0\0\0\0" + n.to_bytes(8, "big")


class Symmetric:
    def __init__(self, name):
        self.h = name.ljust(32, b"\0") if len(name) <= 32 else hashlib.sha256(name).digest()
        self.ck, self.k, self.n = self.h, None, 0

    def mix_hash(self, data):
        self.h = hashlib.sha256(self.h + data).digest()

    def mix_key(self, data):
        self.ck, self.k = noise_hkdf(self.ck, data, 2)
        self.n = 0

    def seal(self, plain):
        sealed = plain
        if self.k is not None:
            sealed = AESGCM(self.k).encrypt(nonce(self.n), plain, self.h)
            self.n += 1
        self.mix_hash(sealed)
        return sealed


def xx(curve, prologue, si, ei, sr, er, payloads):
    """The messages of both sides at once: whoever sees both private keys needs one state only."""
    state = Symmetric(b"Noise_XX_" + curve.name.encode() + b"_AESGCM_SHA256")
    state.mix_hash(prologue)
    messages = []

    state.mix_hash(curve.public(ei))
    messages.append(curve.public(ei) + state.seal(payloads[0]))

    state.mix_hash(curve.public(er))
    state.mix_key(curve.agree(ei, curve.public(er)))
    message = curve.public(er) + state.seal(curve.public(sr))
    state.mix_key(curve.agree(ei, curve.public(sr)))
    messages.append(message + state.seal(payloads[1]))

    message = state.seal(curve.public(si))
    state.mix_key(curve.agree(si, curve.public(er)))
    messages.append(message + state.seal(payloads[2]))

    keys = noise_hkdf(state.ck, b"", 3)
    counts = [0, 0]
    for i, payload in enumerate(payloads[3:]):
        side = (i + 1) % 2  # the responder is first, as in other collections of vectors
        messages.append(AESGCM(keys[side]).encrypt(nonce(counts[side]), payload, b""))
        counts[side] += 1
    rekeyed = AESGCM(keys[0]).encrypt(b"\0\0\0\0" + b"\xff" * 8, b"\0" * 32, b"")[:32]
    return messages, state.h, keys[2], rekeyed


def line(**fields):
    return " ".join(f"{name}={value.hex() if isinstance(value, bytes) else value}" for name, value in fields.items())


def noise_vectors(curve, count):
    for number in range(count):
        si, ei, sr, er = (curve.key() for _ in range(4))
        if number < 3:  # secrets that begin with zero: e of both, and each static key
            pair = [lambda: (ei, er), lambda: (ei, sr), lambda: (si, er)][number]
            while curve.agree(pair()[0], curve.public(pair()[1]))[0] != 0:
                if number < 2:
                    ei = curve.key()
                else:
                    si = curve.key()
        prologue = dice.randbytes(dice.choice([0, 9, 53, 200]))
        payloads = [dice.randbytes(dice.choice([0, 1, 15, 16, 17, 300])) for _ in range(7)]
        messages, h, exporter, rekeyed = xx(curve, prologue, si, ei, sr, er, payloads)
        fields = dict(curve=curve.name, prologue=prologue)
        for who, key in dict(init_static=si, init_ephemeral=ei, resp_static=sr, resp_ephemeral=er).items():
            fields[who] = curve.private(key)
            fields[who + "_public"] = curve.public(key)
        for i, (payload, message) in enumerate(zip(payloads, messages)):
            fields[f"payload{i}"] = payload
            fields[f"message{i}"] = message
        yield line(**fields, hash=h, exporter=exporter, rekeyed=rekeyed)


def root(x):
    square = (x**3 - 3 * x + B) % P
    y = pow(square, (P + 1) // 4, P)
    return y if y * y % P == square else None


def point(x, y, form=4):
    return bytes([form]) + x.to_bytes(32, "big") + y.to_bytes(32, "big")


def p256_vectors():
    def case(result, why, key, public, shared=b""):
        return line(result=result, why=why, private=Nist.private(key), own=Nist.public(key), public=public,
                    shared=shared)

    key = Nist.key()
    for _ in range(20):
        other = Nist.public(Nist.key())
        yield case("valid", "random", key, other, Nist.agree(key, other))
    for zeros in (1, 1, 2):
        other = Nist.public(Nist.key())
        mine = Nist.key()
        while Nist.agree(mine, other)[:zeros] != b"\0" * zeros:
            mine = Nist.key()
        yield case("valid", "leading-zeros", mine, other, Nist.agree(mine, other))
    for number in (1, 2, ORDER - 2, ORDER - 1):
        edge = ec.derive_private_key(number, ec.SECP256R1())
        other = Nist.public(Nist.key())
        yield case("valid", "edge-of-range", edge, other, Nist.agree(edge, other))
    small = [x for x in range(40) if root(x) is not None]
    for x in small:
        for y in (root(x), P - root(x)):
            yield case("valid", "small-x", key, point(x, y), Nist.agree(key, point(x, y)))
            yield case("invalid", "x-plus-p", key, point(x + P, y))
            yield case("invalid", "wrong-y", key, point(x, (y + 1) % P))
    for x in [x for x in range(1, 40) if root(x) is None]:
        twist = pow(-(x**3 - 3 * x + B) % P, (P + 1) // 4, P)
        yield case("invalid", "on-the-twist", key, point(x, twist))
    good = Nist.public(Nist.key())
    x, y = int.from_bytes(good[1:33], "big"), int.from_bytes(good[33:], "big")
    for form in (0, 1, 2, 3, 5, 6, 7, 0x84, 0xFF):
        yield case("invalid", f"form-{form}", key, point(x, y, form))
    for why, public in {
        "empty": b"",
        "infinity": b"\0",
        "infinity-filled": bytes(65),
        "zeros": point(0, 0),
        "compressed": bytes([2 + y % 2]) + good[1:33],
        "without-form": good[1:],
        "one-short": good[:-1],
        "one-long": good + b"\0",
        "swapped": point(y, x),
        "negative": point(P - x, y),
        "p": point(P, y),
        "y-is-p": point(x, P),
        "ones": b"\x04" + b"\xff" * 64,
        "other-curve": point(  # the generator of secp256k1
            0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
            0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8),
    }.items():
        yield case("invalid", why, key, public)


def hkdf_vectors():
    for length in (1, 16, 31, 32, 33, 64, 65, 96, 255, 8160):
        for salt in (0, 1, 32, 64, 65, 128):
            ikm, salted, info = dice.randbytes(dice.randrange(1, 90)), dice.randbytes(salt), dice.randbytes(salt // 2)
            okm = HKDF(hashes.SHA256(), length, salted, info).derive(ikm)
            yield line(ikm=ikm, salt=salted, info=info, okm=hashlib.sha256(okm).digest(), size=length)


def gcm_vectors():
    for length in (0, 1, 15, 16, 17, 63, 64, 65, 1000):
        for clear in (0, 1, 16, 100):
            key, iv, aad, plain = (dice.randbytes(n) for n in (32, 12, clear, length))
            yield line(key=key, iv=iv, aad=aad, plain=plain, sealed=AESGCM(key).encrypt(iv, plain, aad))


def write(name, lines):
    with open(name, "w", encoding="ascii") as file:
        file.write("".join(text + "\n" for text in lines))


if __name__ == "__main__":
    write("noise-xx.txt", list(noise_vectors(Nist, 50)) + list(noise_vectors(Montgomery, 10)))
    write("p256.txt", p256_vectors())
    write("hkdf.txt", hkdf_vectors())
    write("aes-gcm.txt", gcm_vectors())
