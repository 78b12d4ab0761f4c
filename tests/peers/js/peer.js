// A lifter on matrix-js-sdk with its Rust crypto, what Element Web is made of, in its strictest mode ("exclude insecure devices").
// One JSON object a line, as ../peer.py describes it. Keys live in an IndexedDB in memory: `resume` is a page that is loaded anew.

import "fake-indexeddb/auto";
import readline from "node:readline";
import { ClientEvent, createClient, Direction, IndexedDBStore, MatrixEventEvent, RoomEvent, SyncState } from "matrix-js-sdk";
import {
    CryptoEvent, decodeRecoveryKey, EventShieldColour, EventShieldReason, OnlySignedDevicesIsolationMode, VerificationPhase,
    VerificationRequestEvent, VerifierEvent,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import { logger } from "matrix-js-sdk/lib/logger.js";

const say = (object) => process.stdout.write(JSON.stringify(object) + "\n");
const note = (...words) => console.error(new Date().toISOString(), ...words);
const quiet = process.env.LOUD ? logger : { trace() {}, debug() {}, info() {}, warn: note, error: note, getChild: () => quiet };
console.log = console.info = console.debug = note;
logger.setLevel(process.env.LOUD ? "debug" : "warn");

let client, session, recoveryKey, verifier;

async function show(event) {
    if (client === null || event.status !== null || event.isBeingDecrypted()) return;
    const failure = event.isDecryptionFailure() ? event.decryptionFailureReason : null;
    let shield = null;
    if (event.isEncrypted() && failure === null) {
        const info = await client.getCrypto().getEncryptionInfoForEvent(event);
        shield = info && { colour: EventShieldColour[info.shieldColour].toLowerCase(), reason: EventShieldReason[info.shieldReason] ?? null };
    }
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

async function start() {
    const store = new IndexedDBStore({ indexedDB, dbName: session.device });
    client = createClient({
        store,
        baseUrl: session.url, userId: session.user, deviceId: session.device, accessToken: session.token, logger: quiet,
        cryptoCallbacks: { getSecretStorageKey: async ({ keys }) => [Object.keys(keys)[0], decodeRecoveryKey(recoveryKey)],
            cacheSecretStorageKey() {} },
    });
    await store.startup();
    await client.initRustCrypto({ cryptoDatabasePrefix: session.device });
    client.getCrypto().setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
    client.on(RoomEvent.Timeline, (event) => void seen(event));
    client.on(MatrixEventEvent.Decrypted, (event) => void show(event));
    client.on(CryptoEvent.UserTrustStatusChanged, (user) => say({ trust: user }));
    await client.startClient({ initialSyncLimit: 20, lazyLoadMembers: true });
    await new Promise((resolve) => {
        const listen = (state) => state === SyncState.Syncing && (client.off(ClientEvent.Sync, listen), resolve());
        client.on(ClientEvent.Sync, listen);
    });
}

// A page that has just been loaded shows the room, and whoever types in it, later than this program could write: until it is known
// the SDK would send in the clear.
async function encrypting(room) {
    while (!client.getRoom(room)?.hasEncryptionStateEvent() || !client.getCrypto().roomEncryptors[room]) {
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

async function identity(password) {
    const crypto = client.getCrypto();
    await crypto.userHasCrossSigningKeys(session.user, true);
    await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload({
        type: "m.login.password", identifier: { type: "m.id.user", user: session.user }, password }) });
    if (recoveryKey) return;
    const made = await crypto.createRecoveryKeyFromPassphrase();
    recoveryKey = made.encodedPrivateKey;
    await crypto.bootstrapSecretStorage({ createSecretStorageKey: async () => made, setupNewKeyBackup: true });
}

function follow(request) {
    const step = async () => {
        if (request.phase === VerificationPhase.Done) say({ verification: "done" });
        else if (request.phase === VerificationPhase.Cancelled) say({ verification: "cancelled", code: request.cancellationCode });
        else if (request.verifier && request.verifier !== verifier) {
            verifier = request.verifier;
            verifier.on(VerifierEvent.ShowSas, (sas) => say({ verification: "sas", names: sas.sas.emoji.map(([, name]) => name) }));
            verifier.verify().catch((error) => note("verification", error.message));
        }
    };
    request.on(VerificationRequestEvent.Change, () => void step());
    return request;
}

const commands = {
    async login({ url, user, password, name, recovery_key, signed = true }) {
        const answer = await createClient({ baseUrl: url, logger: quiet }).loginRequest({
            type: "m.login.password", identifier: { type: "m.id.user", user }, password, initial_device_display_name: name });
        session = { url, user, device: answer.device_id, token: answer.access_token };
        recoveryKey = recovery_key;
        await start();
        if (signed) await identity(password);
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
        await encrypting(room);
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
    async verify({ user, room, device }) {
        const crypto = client.getCrypto();
        const request = follow(room ? await crypto.requestVerificationDM(user, room) : await crypto.requestDeviceVerification(user, device));
        while (request.phase < VerificationPhase.Ready) {
            await new Promise((resolve) => request.once(VerificationRequestEvent.Change, resolve));
        }
        await request.startVerification("m.sas.v1");
        return {};
    },
    async confirm() {
        await verifier.getShowSasCallbacks().confirm();
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
