#!/usr/bin/env python3
"""Writes the vectors of sealing with an implementation that shares nothing with the Java code.

XAES-256-GCM as C2SP specifies it, HPKE base mode as RFC 9180 does, Argon2id and Ed25519, on `hashlib`, `hmac` and the
package `cryptography` (48.0.0 was used). All follows from a fixed seed: `python3 sealing.py` writes the same files.
"""
import hashlib
import hmac
import random

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.cmac import CMAC
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

dice = random.Random(20_261)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def line(**fields):
    return " ".join(f"{k}={v.hex() if isinstance(v, bytes) else v}" for k, v in fields.items()) + "\n"


def write(name, lines):
    with open(name, "w", encoding="ascii") as file:
        file.writelines(lines)


# XAES-256-GCM: the KDF is CMAC in counter mode (NIST SP 800-108), here with the package's own CMAC.
def xaes(key, nonce, plaintext, aad):
    derived = b""
    for counter in (1, 2):
        mac = CMAC(algorithms.AES(key))
        mac.update(bytes([0, counter]) + b"X\x00" + nonce[:12])
        derived += mac.finalize()
    return AESGCM(derived).encrypt(nonce[12:], plaintext, aad)


def xaes_vectors():
    published = [(b"\x01" * 32, b""), (b"\x03" * 32, b"c2sp.org/XAES-256-GCM")]
    cases = [(key, b"ABCDEFGHIJKLMNOPQRSTUVWX", b"XAES-256-GCM", aad) for key, aad in published]
    for size in (0, 1, 15, 16, 17, 64, 1000):
        cases.append((dice.randbytes(32), dice.randbytes(24), dice.randbytes(size), dice.randbytes(size % 40)))
    for key, nonce, plaintext, aad in cases:
        yield line(key=key, nonce=nonce, plaintext=plaintext, aad=aad, sealed=xaes(key, nonce, plaintext, aad))


# HPKE, base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
KEM_ID = b"KEM" + (0x10).to_bytes(2, "big")
HPKE_ID = b"HPKE" + (0x10).to_bytes(2, "big") + (1).to_bytes(2, "big") + (2).to_bytes(2, "big")


def extract(salt, suite, label, ikm):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def expand(prk, suite, label, info, length):
    info = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, info + b"\x01", "sha256")[:length]


def hpke_key(seed):
    prk = extract(b"", KEM_ID, b"dkp_prk", seed)
    for counter in range(256):
        number = int.from_bytes(expand(prk, KEM_ID, b"candidate", bytes([counter]), 32), "big")
        if 0 < number < ORDER:
            return ec.derive_private_key(number, ec.SECP256R1())


def raw(public):
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def hpke_seal(recipient, info, aad, plaintext, seed):
    ephemeral = hpke_key(seed)
    enc = raw(ephemeral.public_key())
    prk = extract(b"", KEM_ID, b"eae_prk", ephemeral.exchange(ec.ECDH(), recipient))
    shared = expand(prk, KEM_ID, b"shared_secret", enc + raw(recipient), 32)
    context = b"\x00" + extract(b"", HPKE_ID, b"psk_id_hash", b"") + extract(b"", HPKE_ID, b"info_hash", info)
    secret = extract(shared, HPKE_ID, b"secret", b"")
    key = expand(secret, HPKE_ID, b"key", context, 32)
    nonce = expand(secret, HPKE_ID, b"base_nonce", context, 12)
    return enc + AESGCM(key).encrypt(nonce, plaintext, aad)


def hpke_vectors():
    library = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    for i in range(20):
        seed, ephemeral = dice.randbytes(32), dice.randbytes(32)
        key = hpke_key(seed)
        info, aad, plaintext = dice.randbytes(i * 5), dice.randbytes(i % 3 * 16), dice.randbytes(i * 7)
        sealed = hpke_seal(key.public_key(), info, aad, plaintext, ephemeral)
        if not aad:  # the library has no additional data, and checks the rest
            assert library.decrypt(sealed, key, info=info) == plaintext
        private = key.private_numbers().private_value.to_bytes(32, "big")
        yield line(seed=seed, private=private, public=raw(key.public_key()), ephemeral=ephemeral, info=info, aad=aad,
                   plaintext=plaintext, sealed=sealed)


def argon2id_vectors():
    for memory, passes, lanes in ((19 * 1024, 2, 1), (19 * 1024, 3, 4), (64 * 1024, 3, 1)):
        password, salt = dice.randbytes(12), dice.randbytes(16)
        kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
        yield line(memory=memory, iterations=passes, lanes=lanes, password=password, salt=salt,
                   key=kdf.derive(password))


# Ed25519 in affine coordinates, to make what no library makes: keys of small order, and numbers that are too large.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2 % P
    return (x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P


def times(n, point):
    result = (0, 1)
    while n:
        if n & 1:
            result = add(result, point)
        point, n = add(point, point), n >> 1
    return result


def encode(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def lift(y):
    x2 = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if x * x % P != x2:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x, y) if x * x % P == x2 else None


def torsion():
    """The eight points of small order."""
    y = 2
    while True:
        point = lift(y)
        if point:
            candidate = times(L, point)
            points = [times(i, candidate) for i in range(8)]
            if len(set(points)) == 8:
                return points
        y += 1


def challenge(r, a, message):
    return int.from_bytes(hashlib.sha512(r + a + message).digest(), "little") % L


def ed25519_vectors():
    for i in range(20):
        seed, message = dice.randbytes(32), dice.randbytes(i * 9)
        key = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signature = key.sign(message)
        yield line(result="valid", seed=seed, public=public, message=message, signature=signature)
        larger = (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")
        yield line(result="invalid", why="S-not-reduced", public=public, message=message,
                   signature=signature[:32] + larger)
    points = torsion()
    for point in points:
        a, r = encode(point), encode((0, 1))
        for i in range(64):  # R = identity and S = 0 satisfy S B = R + k A whenever k is a multiple of the order of A
            message = b"message %d" % i
            if times(challenge(r, a, message) % 8, point) == (0, 1):
                yield line(result="invalid", why="key-of-small-order", public=a, message=message,
                           signature=r + bytes(32))
                break
    # a key with a part of small order, whose owner signs properly: refused too, since it has eight faces
    scalar = dice.randrange(1, L)
    base = lift(4 * pow(5, -1, P) % P)
    base = base if base[0] & 1 == 0 else (P - base[0], base[1])
    public = add(times(scalar, base), points[1])
    a = encode(public)
    nonce = dice.randrange(1, L)
    r = encode(times(nonce, base))
    for i in range(64):
        message = b"message %d" % i
        k = challenge(r, a, message)
        if k % 8 == 0:
            s = ((nonce + k * scalar) % L).to_bytes(32, "little")
            yield line(result="invalid", why="key-of-mixed-order", public=a, message=message, signature=r + s)
            break


if __name__ == "__main__":
    write("xaes.txt", xaes_vectors())
    write("hpke.txt", hpke_vectors())
    write("argon2id.txt", argon2id_vectors())
    write("ed25519.txt", ed25519_vectors())
