"""Somebody's client keeps its keys from the bot, and says so."""

import nio


def test_whoever_keeps_their_keys_is_told_once_and_answered_when_they_come(play, spotter):
    spotter.start()

    async def scenario(gym):
        anna = await gym.lifter("anna")
        room = await anna.direct_chat(spotter.user)
        await anna.ask(room, "bench 80x8 @1")
        [device] = anna.client.device_store.active_user_devices(spotter.user)

        def told():
            return [event for where, event, _ in anna.events if where == room and isinstance(event, nio.RoomMessage)
                    and event.sender == spotter.user and "verified" in event.body and "anna" in event.body]

        # A new session that the bot's device doesn't get, and what the specification has a client say of it.
        anna.client.blacklist_device(device)
        anna.client.invalidate_outbound_session(room)
        unread = await anna.send(room, "80x7 @1")
        session = gym.synapse.request("GET", f"/_matrix/client/v3/rooms/{room}/event/{unread}",
                                      token=anna.client.access_token)["content"]["session_id"]
        await anna.client.to_device(nio.ToDeviceMessage("m.room_key.withheld", spotter.user, device.id, {
            "algorithm": "m.megolm.v1.aes-sha2", "room_id": room, "session_id": session, "code": "m.unverified",
            "sender_key": anna.client.olm.account.identity_keys["curve25519"]}))
        await anna.until(told, "anna is told")
        await anna.send(room, "80x6 @1")
        anna.client.unblacklist_device(device)
        anna.client.invalidate_outbound_session(room)
        assert "80x5" in (await anna.ask(room, "80x5 @0")).body
        assert len(told()) == 1 and not anna.replies_to(unread)

    play(scenario)
    assert spotter.stop() == 0
