// A lifter on matrix-js-sdk (session.js) under Node, in its strictest mode ("exclude insecure devices").
// One JSON object a line, as ../peer.py describes it. Keys live in an IndexedDB in memory: `resume` is a page that is loaded anew.

import "fake-indexeddb/auto";
import readline from "node:readline";
import { Direction, MatrixEventEvent, RoomEvent } from "matrix-js-sdk";
import { CryptoEvent, decodeRecoveryKey, OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api/index.js";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { encrypting, identity, login, open, shieldOf, verify } from "./session.js";

const say = (object) => process.stdout.write(JSON.stringify(object) + "\n");
const note = (...words) => console.error(new Date().toISOString(), ...words);
const quiet = process.env.LOUD ? logger : { trace() {}, debug() {}, info() {}, warn: note, error: note, getChild: () => quiet };
console.log = console.info = console.debug = note;
logger.setLevel(process.env.LOUD ? "debug" : "warn");

let client, session, recoveryKey, sas, request;

async function show(event) {
    if (client === null || event.status !== null || event.isBeingDecrypted()) return;
    const failure = event.isDecryptionFailure() ? event.decryptionFailureReason : null;
    const shield = event.isEncrypted() && failure === null ? await shieldOf(client, event) : null;
    say({ event: {
        room: event.getRoomId(), id: event.getId(), at: event.getTs(), sender: event.getSender(), type: event.getType(),
        content: event.getOriginalContent(), relation: event.getWireContent()["m.relates_to"] ?? null, encrypted: event.isEncrypted(),
        failure, shield,
    } });
}

async function seen(event) {
    await client?.decryptEventIfNeeded(event);
    await show(event);
}

const start = () => open(session, (opened) => {
    client = opened;
    client.getCrypto().setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
    client.on(RoomEvent.Timeline, (event) => void seen(event));
    client.on(MatrixEventEvent.Decrypted, (event) => void show(event));
    client.on(CryptoEvent.UserTrustStatusChanged, (user) => say({ trust: user }));
}, { logger: quiet, cryptoCallbacks: {
    getSecretStorageKey: async ({ keys }) => [Object.keys(keys)[0], decodeRecoveryKey(recoveryKey)], cacheSecretStorageKey() {} } });

async function recoverable() {
    const made = await client.getCrypto().createRecoveryKeyFromPassphrase();
    recoveryKey = made.encodedPrivateKey;
    await client.getCrypto().bootstrapSecretStorage({ createSecretStorageKey: async () => made, setupNewKeyBackup: true });
}

function hear(verification, more) {
    if (verification !== "sas") return say({ verification, code: more });
    sas = more;
    say({ verification, names: sas.sas.emoji.map(([, name]) => name) });
}

const commands = {
    async login({ recovery_key, signed = true, ...account }) {
        session = await login(account, quiet);
        recoveryKey = recovery_key;
        await start();
        if (signed) await identity(client, account.password);
        if (signed && !recoveryKey) await recoverable();
        return { device: session.device, token: session.token, recovery_key: recoveryKey ?? null };
    },
    async stop() {
        await client.store.save(true);  // a browser does that every few minutes
        client.stopClient();
        client.removeAllListeners();
        client = null;
        return {};
    },
    async resume() {
        await start();
        return {};
    },
    async logout() {
        await client.logout(true);
        return {};
    },
    async send({ room, type, content }) {
        await encrypting(client, room);
        return { id: (await client.sendEvent(room, type, content)).event_id };
    },
    async joined({ room }) {
        return { users: client.getRoom(room)?.getJoinedMembers().map((member) => member.userId) ?? [] };
    },
    async history({ room, least }) {
        let [events, from] = [0, null];
        while (events < least && from !== undefined) {
            const page = await client.createMessagesRequest(room, from, 100, Direction.Backward);
            await Promise.all(page.chunk.map((event) => seen(client.getEventMapper()(event))));
            [events, from] = [events + page.chunk.length, page.end];
        }
        return { events };
    },
    async verify(whom) {
        request = await verify(client, whom, hear);
        return {};
    },
    async scan({ code }) {
        await request.scanQRCode(Uint8ClampedArray.from(Buffer.from(code, "hex")));
        return {};
    },
    async confirm() {
        await sas.confirm();
        return {};
    },
    async trust({ user, device }) {
        const crypto = client.getCrypto();
        const [person, status] = [await crypto.getUserVerificationStatus(user), await crypto.getDeviceVerificationStatus(user, device)];
        return { user: person.isCrossSigningVerified(), device: Boolean(status?.signedByOwner) };
    },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
    const { n, command, ...more } = JSON.parse(line);
    commands[command](more).then((answer) => say({ n, ...answer }), (error) => say({ n, error: error.stack ?? String(error) }));
}
process.exit(0);
