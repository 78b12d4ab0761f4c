// A lifter's session on matrix-js-sdk with its Rust crypto, what Element Web is made of: the same for a program in Node (peer.js) and
// a page in a browser (../web). What it keeps is in the IndexedDB of either.

import { ClientEvent, createClient, IndexedDBStore, SyncState } from "matrix-js-sdk";
import {
    EventShieldColour, EventShieldReason, VerificationPhase, VerificationRequestEvent, VerifierEvent,
} from "matrix-js-sdk/lib/crypto-api/index.js";

export async function login({ url, user, password, name }, logger) {
    const answer = await createClient({ baseUrl: url, logger }).loginRequest({
        type: "m.login.password", identifier: { type: "m.id.user", user }, password, initial_device_display_name: name });
    return { url, user: answer.user_id, device: answer.device_id, token: answer.access_token };
}

// Returns once it has synced; LISTEN gets the client before that.
export async function open(session, listen, options = {}) {
    const store = new IndexedDBStore({ indexedDB, dbName: session.device });
    const client = createClient({
        store, baseUrl: session.url, userId: session.user, deviceId: session.device, accessToken: session.token, ...options });
    await store.startup();
    await client.initRustCrypto({ cryptoDatabasePrefix: session.device });
    listen(client);
    await client.startClient({ initialSyncLimit: 20, lazyLoadMembers: true });
    await new Promise((resolve) => {
        const hear = (state) => state === SyncState.Syncing && (client.off(ClientEvent.Sync, hear), resolve());
        client.on(ClientEvent.Sync, hear);
    });
}

export async function identity(client, password) {
    await client.getCrypto().userHasCrossSigningKeys(client.getUserId(), true);
    await client.getCrypto().bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload({
        type: "m.login.password", identifier: { type: "m.id.user", user: client.getUserId() }, password }) });
}

// A session that has just been opened shows the room, and whoever types in it, later than a program could write: until it is known the
// SDK would send in the clear.
export async function encrypting(client, room) {
    while (!client.getRoom(room)?.hasEncryptionStateEvent() || !client.getCrypto().roomEncryptors[room]) {
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}

// Of an event that is encrypted and could be read.
export async function shieldOf(client, event) {
    const info = await client.getCrypto().getEncryptionInfoForEvent(event);
    return info && { colour: EventShieldColour[info.shieldColour].toLowerCase(), reason: EventShieldReason[info.shieldReason] ?? null };
}

function follow(request, hear) {
    let verifier;
    request.on(VerificationRequestEvent.Change, () => {
        if (request.phase === VerificationPhase.Done) hear("done");
        else if (request.phase === VerificationPhase.Cancelled) hear("cancelled", request.cancellationCode);
        else if (request.verifier && request.verifier !== verifier) {
            verifier = request.verifier;
            verifier.on(VerifierEvent.ShowSas, (sas) => hear("sas", sas));
            verifier.verify().catch((error) => console.error("verification", error.message));
        }
    });
}

// By emoji, or where it SCANS a code by that, in ROOM or with the user's DEVICE. HEAR gets "sas" with the SDK's callbacks, then "done" or
// "cancelled" with its code.
export async function verify(client, { user, room, device, scans }, hear) {
    const crypto = client.getCrypto();
    const request = await (room ? crypto.requestVerificationDM(user, room) : crypto.requestDeviceVerification(user, device));
    follow(request, hear);
    while (request.phase < VerificationPhase.Ready) {
        await new Promise((resolve) => request.once(VerificationRequestEvent.Change, resolve));
    }
    if (!scans) await request.startVerification("m.sas.v1");
    return request;
}
