"""Secret storage, recovery keys and cross-signing signatures once more, written from the specification alone on Python's cryptography
package: what the program does is held against this."""

import base64
import hashlib
import hmac
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ALGORITHM = "m.secret_storage.v1.aes-hmac-sha2"
CROSS_SIGNING = {"master": "m.cross_signing.master", "self_signing": "m.cross_signing.self_signing",
                 "user_signing": "m.cross_signing.user_signing"}


def unpadded(data):
    return base64.b64encode(data).rstrip(b"=").decode()


def unbase64(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


# ---- recovery keys (appendices, "Cryptographic key representation")

def recovery_key(key):
    data = b"\x8b\x01" + key
    parity = 0
    for byte in data:
        parity ^= byte
    number = int.from_bytes(data + bytes([parity]), "big")
    digits = ""
    while number:
        number, digit = divmod(number, 58)
        digits = BASE58[digit] + digits
    return " ".join(digits[at:at + 4] for at in range(0, len(digits), 4))


def recovery_key_bytes(text):
    number = 0
    for letter in "".join(text.split()):
        number = number * 58 + BASE58.index(letter)
    data = number.to_bytes(35, "big")
    parity = 0
    for byte in data:
        parity ^= byte
    assert data[:2] == b"\x8b\x01" and parity == 0, "no recovery key"
    return data[2:34]


# ---- secret storage (Client-Server API, "Secrets")

def _derive(key, name):
    both = HKDF(algorithm=hashes.SHA256(), length=64, salt=bytes(32), info=name.encode()).derive(key)
    return both[:32], both[32:]


def _ctr(key, iv, data):
    cipher = Cipher(algorithms.AES(key), modes.CTR(iv)).encryptor()
    return cipher.update(data) + cipher.finalize()


def seal(key, name, secret, iv, encode=unpadded):
    aes, mac = _derive(key, name)
    ciphertext = _ctr(aes, iv, secret)
    return {"iv": encode(iv), "ciphertext": encode(ciphertext), "mac": encode(hmac.digest(mac, ciphertext, "sha256"))}


def open_sealed(key, name, sealed):
    aes, mac = _derive(key, name)
    ciphertext = unbase64(sealed["ciphertext"])
    assert hmac.compare_digest(hmac.digest(mac, ciphertext, "sha256"), unbase64(sealed["mac"])), "the MAC is wrong"
    return _ctr(aes, unbase64(sealed["iv"]), ciphertext)


def describe(key, iv, encode=unpadded, **more):
    aes, mac = _derive(key, "")
    return {"algorithm": ALGORITHM, "iv": encode(iv),
            "mac": encode(hmac.digest(mac, _ctr(aes, iv, bytes(32)), "sha256")), **more}


def fits(key, description):
    return describe(key, unbase64(description["iv"]))["mac"] == unpadded(unbase64(description["mac"]))


def key_of_passphrase(passphrase, salt, iterations):
    return hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt.encode(), iterations, 32)


# ---- key backup (Client-Server API, "Server-side key backups")

def open_backed_up(private, session_data):
    ephemeral = X25519PublicKey.from_public_bytes(unbase64(session_data["ephemeral"]))
    secret = X25519PrivateKey.from_private_bytes(private).exchange(ephemeral)
    keys = HKDF(algorithm=hashes.SHA256(), length=80, salt=bytes(32), info=b"").derive(secret)
    assert hmac.digest(keys[32:64], b"", "sha256")[:8] == unbase64(session_data["mac"]), "the MAC is wrong"
    cipher = Cipher(algorithms.AES(keys[:32]), modes.CBC(keys[64:])).decryptor()
    padded = cipher.update(unbase64(session_data["ciphertext"])) + cipher.finalize()
    assert 1 <= padded[-1] <= 16 and padded.endswith(bytes([padded[-1]]) * padded[-1])
    return padded[:-padded[-1]]


# ---- signatures (appendices, "Signing JSON") and the chain of an identity

def canonical(value):
    return json.dumps({key: part for key, part in value.items() if key not in ("signatures", "unsigned")},
                      ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def signed_by(value, user, key):
    """Whether KEY (unpadded base64) signed VALUE under its own name."""
    return signed_under(value, user, key, key)


def signed_under(value, user, name, key):
    signature = value.get("signatures", {}).get(user, {}).get("ed25519:" + name)
    try:
        Ed25519PublicKey.from_public_bytes(unbase64(key)).verify(unbase64(signature), canonical(value))
    except (InvalidSignature, TypeError):
        return False
    return True


def sign(value, user, seed):
    return sign_as(value, user, ed25519_public(seed), seed)


def sign_as(value, user, name, seed):
    signature = unpadded(Ed25519PrivateKey.from_private_bytes(seed).sign(canonical(value)))
    value.setdefault("signatures", {}).setdefault(user, {})["ed25519:" + name] = signature
    return value


def ed25519_public(seed):
    return unpadded(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def curve25519_public(private):
    return unpadded(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def public_key(shown, user, usage):
    """The public key of a cross-signing key object, everything about it checked."""
    assert shown["user_id"] == user and shown["usage"] == [usage]
    [(name, key)] = shown["keys"].items()
    assert name == "ed25519:" + key and len(key) == 43, "key ids are unpadded base64"
    return key
