// A lifter's page: one encrypted direct chat, a shield beside each message that has one (with the SDK's defaults, as Element Web has
// them), and the verification of the other by emoji. Goes on where it was when it is loaded again.

import { MatrixEventEvent, Preset, RoomEvent, RoomStateEvent } from "matrix-js-sdk";
import { CryptoEvent } from "matrix-js-sdk/lib/crypto-api/index.js";
import { encrypting, identity, login, open, shieldOf, verify } from "../js/session.js";

const part = (id) => document.getElementById(id);
const kept = (name) => JSON.parse(localStorage.getItem(name));
const keep = (name, value) => localStorage.setItem(name, JSON.stringify(value));
const lines = new Map();  // by event; hidden until it is known what it says
let client;

function element(kind, text, name = "") {
    return Object.assign(document.createElement(kind), { textContent: text, className: name });
}

// What is to be said beside a message.
async function concernOf(event) {
    if (event.isDecryptionFailure()) return { colour: "red", text: `Unable to decrypt: ${event.decryptionFailureReason}` };
    if (!event.isEncrypted()) return { colour: "red", text: "Not encrypted" };
    const shield = await shieldOf(client, event);
    return shield.colour === "none" ? null : { colour: shield.colour, text: shield.reason.toLowerCase().replaceAll("_", " ") };
}

function isMessage(event) {
    return event.status === null && !event.isBeingDecrypted() && (event.isDecryptionFailure() || event.getType() === "m.room.message")
        && !event.isRelation("m.replace") && event.getContent().msgtype !== "m.key.verification.request";
}

async function show(event) {
    const line = lines.get(event);
    if (!line || !isMessage(event)) return;
    const concern = await concernOf(event);
    const asked = client.getRoom(event.getRoomId()).findEventById(event.replyEventId)?.getContent().body;
    line.className = `${event.getSender() === client.getUserId() ? "own" : "other"} ${concern?.colour ?? "none"}`;
    line.replaceChildren(...(asked ? [element("blockquote", asked)] : []), element("span", event.getContent().body));
    line.hidden = false;
    if (!concern) return;
    line.append(element("p", `⚠ ${concern.text}`, "shield"));
    part("concerns").append(element("li", `${event.getSender()}: ${concern.text}`));
}

async function add(event, earlier) {
    const line = Object.assign(element("li", ""), { hidden: true });
    lines.set(event, line);
    part("messages")[earlier ? "prepend" : "append"](line);
    await client.decryptEventIfNeeded(event);
    await show(event);
}

async function trust() {
    if (!kept("chat")) return;
    const verified = (await client.getCrypto().getUserVerificationStatus(kept("chat").user)).isCrossSigningVerified();
    Object.assign(part("trust"), { textContent: verified ? "✓ verified" : "not verified", className: verified ? "verified" : "" });
    for (const event of lines.keys()) void show(event);
}

function listen(opened) {
    client = opened;
    client.on(RoomEvent.Timeline, (event, _, earlier) => void add(event, earlier));
    client.on(RoomEvent.TimelineReset, () => {
        lines.clear();
        part("messages").replaceChildren();
    });
    client.on(RoomEvent.LocalEchoUpdated, (event) => void show(event));
    client.on(MatrixEventEvent.Decrypted, (event) => void show(event));
    client.on(MatrixEventEvent.Replaced, (event) => void show(event));
    client.on(CryptoEvent.UserTrustStatusChanged, () => void trust());
    client.on(CryptoEvent.DevicesUpdated, () => void trust());
}

// From when the other is there. What lies behind the last sync's few is fetched, as somebody does who scrolls.
async function talk() {
    const { user, room } = kept("chat");
    part("name").textContent = user;
    part("other").hidden = false;
    await trust();
    await encrypting(client, room);
    await client.scrollback(client.getRoom(room), 100);
    await client.getRoom(room).loadMembersIfNeeded();
    while (client.getRoom(room).getMember(user)?.membership !== "join") {
        await new Promise((resolve) => client.once(RoomStateEvent.Members, resolve));
    }
    part("say").hidden = false;
}

function hear(what, more) {
    part("outcome").textContent = {
        sas: "Does the other side see the same, in this order?", done: "Verified.", cancelled: `Cancelled: ${more}` }[what];
    part("compare").hidden = what !== "sas";
    if (what !== "sas") return part("emoji").replaceChildren();
    part("emoji").replaceChildren(...more.sas.emoji.map(([picture, name]) => {
        const item = element("li", "");
        item.append(element("b", picture), element("span", name));
        return item;
    }));
    part("match").onclick = () => more.confirm();
    part("mismatch").onclick = () => more.mismatch();
}

// ACT gets what was typed.
function onSubmit(id, act) {
    part(id).onsubmit = (submitted) => {
        submitted.preventDefault();
        void act(Object.fromEntries(new FormData(part(id))));
        part(id).reset();
    };
}

onSubmit("login", async (account) => {
    const session = await login({ ...account, name: "page" });
    await open(session, listen);
    await identity(client, account.password);
    keep("session", session);
    part("login").hidden = true;
    part("begin").hidden = false;
});
onSubmit("begin", async ({ user }) => {
    const { room_id: room } = await client.createRoom({ preset: Preset.TrustedPrivateChat, is_direct: true, invite: [user], initial_state: [
        { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }] });
    keep("chat", { user, room });
    part("begin").hidden = true;
    await talk();
});
onSubmit("say", ({ text }) => client.sendTextMessage(kept("chat").room, text));
part("verify").onclick = () => {
    part("verification").hidden = false;
    part("outcome").textContent = "Waiting for the other side";
    void verify(client, kept("chat"), hear);
};

if (kept("session")) {
    part("login").hidden = true;
    await open(kept("session"), listen);
    await talk();
}
