"""The ratchets (libolm, behind ratchet.h) against vodozemac, an independent implementation: random sequences of
operations, both ways. Each example is a list of operations, so that Hypothesis can shrink what fails."""

import base64

import pytest
import vodozemac
from hypothesis import strategies as st
from pipe import Pipe, Refused, examined, hexed, unhex

PICKLE_KEY = b"interop-interop-interop-interop!"

plaintexts = st.one_of(st.just(b""), st.binary(max_size=100), st.just(b"x" * 65535))


class Tool(Pipe):
    def __call__(self, *words):
        return self.ask(*(hexed(word) if isinstance(word, bytes) else str(word) for word in words))


@pytest.fixture(scope="module")
def tool():
    tool = Tool("ratchet_tool")
    yield tool
    tool.close()


def unpadded(data):
    return base64.b64encode(data).rstrip(b"=").decode()


def padded(text):
    return base64.b64decode(text + "=" * (-len(text) % 4))


class Ours:
    """One end of an Olm session, in C."""

    def __init__(self, tool):
        self.tool = tool
        self.identity, self.ed25519 = tool("account", 0)

    def key(self, fallback):
        return self.tool("account-make", 0, "fallback" if fallback else "one-time", 1)[1]

    def begin(self, identity, one_time):
        self.tool("session-outbound", 0, 0, identity, one_time)

    def accept(self, identity, message):
        kind, text = message
        assert kind == 0
        self.tool("session-inbound", 0, 0, identity, text)
        plain = self.decrypt(message)
        self.tool("account-used", 0, 0)
        return plain

    def encrypt(self, plain):
        kind, text = self.tool("session-encrypt", 0, plain)
        return int(kind), text

    def decrypt(self, message):
        return unhex(self.tool("session-decrypt", 0, *message)[0])

    def session_id(self):
        return self.tool("session-id", 0)[0]

    def repickle(self):
        self.tool("account-pickle", 0)
        self.tool("session-pickle", 0)


class Theirs:
    """The other end, in vodozemac."""

    def __init__(self):
        self.account = vodozemac.Account()
        self.identity = self.account.curve25519_key.to_base64()

    def key(self, fallback):
        if fallback:
            self.account.generate_fallback_key()
            keys = self.account.fallback_key
        else:
            self.account.generate_one_time_keys(1)
            keys = self.account.one_time_keys
        self.account.mark_keys_as_published()
        return next(iter(keys.values())).to_base64()

    def begin(self, identity, one_time):
        self.session = self.account.create_outbound_session(vodozemac.Curve25519PublicKey.from_base64(identity),
                                                            vodozemac.Curve25519PublicKey.from_base64(one_time))

    def accept(self, identity, message):
        kind, text = message
        assert kind == 0
        self.session, plain = self.account.create_inbound_session(
            vodozemac.Curve25519PublicKey.from_base64(identity), vodozemac.PreKeyMessage.from_base64(text))
        return bytes(plain)

    def encrypt(self, plain):
        kind, data = self.session.encrypt(plain).to_parts()
        return kind, unpadded(bytes(data))

    def decrypt(self, message):
        kind, text = message
        try:
            return bytes(self.session.decrypt(vodozemac.AnyOlmMessage.from_parts(kind, padded(text))))
        except ValueError as error:
            raise Refused(str(error)) from error

    def session_id(self):
        return self.session.session_id

    def repickle(self):
        self.session = vodozemac.Session.from_pickle(self.session.pickle(PICKLE_KEY), PICKLE_KEY)


class Conversation:
    """Two ends, and the messages that are under way in each direction."""

    KEPT_CHAINS = 5  # both implementations keep keys of five receiving chains, and 40 skipped keys of each
    WINDOW = 30

    def __init__(self, tool, ours_begin, fallback):
        ours, theirs = Ours(tool), Theirs()
        self.ends = (ours, theirs) if ours_begin else (theirs, ours)
        self.under_way = ([], [])
        self.delivered = ([], [])
        self.turns = 0
        self.last_sender = 0
        self.accepted = False
        self.ends[0].begin(self.ends[1].identity, self.ends[1].key(fallback))

    def send(self, sender, plain):
        if sender == 1 and not self.accepted:
            return
        if sender != self.last_sender:
            self.turns += 1
            self.last_sender = sender
        self.under_way[sender].append((self.turns, plain, self.ends[sender].encrypt(plain)))
        if len(self.under_way[sender]) > self.WINDOW:
            self.deliver(sender, 0)
        for direction in (0, 1):
            while self.under_way[direction] and self.under_way[direction][0][0] < self.turns - self.KEPT_CHAINS:
                self.deliver(direction, 0)

    def deliver(self, sender, which):
        if not self.under_way[sender]:
            return
        _, plain, message = self.under_way[sender].pop(which % len(self.under_way[sender]))
        receiver = self.ends[1 - sender]
        if sender == 0 and not self.accepted:
            self.accepted = True
            assert receiver.accept(self.ends[0].identity, message) == plain
            assert self.ends[0].session_id() == self.ends[1].session_id()
        else:
            assert receiver.decrypt(message) == plain
        self.delivered[sender].append(message)

    def replay(self, sender, which):
        if self.delivered[sender]:
            with pytest.raises(Refused):
                self.ends[1 - sender].decrypt(self.delivered[sender][which % len(self.delivered[sender])])

    def tamper(self, sender, which):
        """A changed byte of the MAC is refused, and the message itself still decrypts later."""
        if self.accepted and self.under_way[sender]:
            kind, text = self.under_way[sender][which % len(self.under_way[sender])][2]
            if kind == 1:
                data = bytearray(padded(text))
                data[-1] ^= 1
                with pytest.raises(Refused):
                    self.ends[1 - sender].decrypt((kind, unpadded(bytes(data))))

    def repickle(self, end):
        if self.accepted:
            self.ends[end].repickle()

    def finish(self):
        for sender in (0, 1):
            while self.under_way[sender]:
                self.deliver(sender, 0)


ends = st.integers(0, 1)
picks = st.integers(0, 1000)
conversations = st.lists(st.one_of(
    st.tuples(st.just("send"), ends, plaintexts),
    st.tuples(st.just("send"), ends, plaintexts),
    st.tuples(st.just("deliver"), ends, picks),
    st.tuples(st.just("deliver"), ends, picks),
    st.tuples(st.just("replay"), ends, picks),
    st.tuples(st.just("tamper"), ends, picks),
    st.tuples(st.just("repickle"), ends),
), max_size=80)


@pytest.mark.parametrize("ours_begin", [True, False])
@examined(fallback=st.booleans(), operations=conversations)
def test_olm_conversations(tool, ours_begin, fallback, operations):
    conversation = Conversation(tool, ours_begin, fallback)
    conversation.send(0, b"first")
    for name, *arguments in operations:
        getattr(conversation, name)(*arguments)
    conversation.finish()


@examined(message=st.binary(max_size=300))
def test_signatures(tool, message):
    _, ed25519 = tool("account", 1)
    signature = tool("account-sign", 1, message)[0]
    key = vodozemac.Ed25519PublicKey.from_base64(ed25519)
    key.verify_signature(message, vodozemac.Ed25519Signature.from_base64(signature))
    account = vodozemac.Account()
    signature = account.sign(message).to_base64()
    assert tool("verify", account.ed25519_key.to_base64(), message, signature) == ["good"]
    assert tool("verify", account.ed25519_key.to_base64(), message + b"x", signature) == ["bad"]
    assert tool("verify", ed25519, message, signature) == ["bad"]


@examined(messages=st.lists(plaintexts, min_size=1, max_size=20), start=picks, order=st.randoms(use_true_random=False))
def test_megolm_out(tool, messages, start, order):
    start %= len(messages)
    tool("outbound", 0)
    sent = []
    for index, plain in enumerate(messages):
        if index == start:
            session_id, at, key = tool("outbound-key", 0)
            theirs = vodozemac.InboundGroupSession(vodozemac.SessionKey(key))
            tool("inbound", 0, "session", key)
            assert theirs.session_id == session_id and theirs.first_known_index == int(at) == start
            tool("outbound-pickle", 0)
        sent.append((index, plain, tool("outbound-encrypt", 0, plain)[0]))
    order.shuffle(sent)
    for index, plain, text in sent:
        message = vodozemac.MegolmMessage.from_base64(text)
        assert message.message_index() == index
        if index < start:
            with pytest.raises(ValueError):
                theirs.decrypt(message)
            with pytest.raises(Refused):
                tool("inbound-decrypt", 0, text)
            continue
        got = theirs.decrypt(message)
        assert (bytes(got.plaintext), got.message_index) == (plain, index)
        assert tool("inbound-export", 0, index) == [theirs.export_at(index).to_base64()]
    assert tool("inbound", 1, "exported", theirs.export_at(len(messages) - 1).to_base64()) == [
        session_id, str(len(messages) - 1)]


@examined(messages=st.lists(plaintexts, min_size=1, max_size=20), start=picks, order=st.randoms(use_true_random=False))
def test_megolm_in(tool, messages, start, order):
    start %= len(messages)
    theirs = vodozemac.GroupSession()
    sent = []
    for index, plain in enumerate(messages):
        if index == start:
            key = theirs.session_key.to_base64()
            assert tool("inbound", 0, "session", key) == [theirs.session_id, str(start)]
        sent.append((index, plain, theirs.encrypt(plain).to_base64()))
    oracle = vodozemac.InboundGroupSession(vodozemac.SessionKey(key))
    order.shuffle(sent)
    for index, plain, text in sent:
        if index < start:
            with pytest.raises(Refused):
                tool("inbound-decrypt", 0, text)
            continue
        at, data = tool("inbound-decrypt", 0, text)
        assert (int(at), unhex(data)) == (index, plain)
        exported = tool("inbound-export", 0, index)[0]
        assert exported == oracle.export_at(index).to_base64()
        again = vodozemac.InboundGroupSession.import_session(vodozemac.ExportedSessionKey(exported))
        assert bytes(again.decrypt(vodozemac.MegolmMessage.from_base64(text)).plaintext) == plain
        tool("inbound-pickle", 0)
        data = bytearray(padded(text))
        data[-1] ^= 1
        with pytest.raises(Refused):
            tool("inbound-decrypt", 0, unpadded(bytes(data)))


def test_vodozemac_opens_our_pickles(tool):
    """So that it can stand behind ratchet.h one day without a new device."""
    identity, ed25519 = tool("account", 2)
    account = vodozemac.Account.from_libolm_pickle(tool("account-pickle", 2)[0], PICKLE_KEY)
    assert account.curve25519_key.to_base64() == identity and account.ed25519_key.to_base64() == ed25519
    bob = vodozemac.Account()
    bob.generate_one_time_keys(1)
    one_time = next(iter(bob.one_time_keys.values())).to_base64()
    tool("session-outbound", 2, 2, bob.curve25519_key.to_base64(), one_time)
    session = vodozemac.Session.from_libolm_pickle(tool("session-pickle", 2)[0], PICKLE_KEY)
    _, plain = bob.create_inbound_session(vodozemac.Curve25519PublicKey.from_base64(identity),
                                          session.encrypt(b"moved").to_pre_key())
    assert bytes(plain) == b"moved"
    tool("outbound", 2)
    _, _, key = tool("outbound-key", 2)
    text = tool("outbound-encrypt", 2, b"group")[0]
    tool("inbound", 2, "session", key)
    inbound = vodozemac.InboundGroupSession.from_libolm_pickle(tool("inbound-pickle", 2)[0], PICKLE_KEY)
    assert bytes(inbound.decrypt(vodozemac.MegolmMessage.from_base64(text)).plaintext) == b"group"
