"""Socket Mode on the wire, where slack_sdk's client would hide it."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.local.conftest import RunningSlack


async def connect(slack: RunningSlack, session: aiohttp.ClientSession) -> Any:
    headers = {"Authorization": f"Bearer {slack.slack.installation.app_token}"}
    async with session.post(f"{slack.url}/api/apps.connections.open", headers=headers) as answer:
        url = (await answer.json())["url"]
    return await session.ws_connect(url)


def in_loop(work: Any) -> Any:
    return asyncio.run(asyncio.wait_for(work, 10))


def test_it_greets_with_the_number_of_connections(slack: RunningSlack) -> None:
    async def greet() -> Any:
        async with aiohttp.ClientSession() as session:
            socket = await connect(slack, session)
            return await socket.receive_json()

    hello = in_loop(greet())

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)


def test_the_eleventh_connection_is_refused(slack: RunningSlack) -> None:
    async def crowd() -> Any:
        async with aiohttp.ClientSession() as session:
            sockets = [await connect(slack, session) for _ in range(11)]
            return [(await socket.receive_json())["type"] for socket in sockets]

    assert in_loop(crowd()) == ["hello"] * 10 + ["disconnect"]


def test_a_ticket_opens_one_connection(slack: RunningSlack) -> None:
    async def twice() -> None:
        async with aiohttp.ClientSession() as session:
            url = f"{slack.url}/link/?ticket={slack.slack.sockets.new_ticket()}"
            await session.ws_connect(url)
            await session.ws_connect(url)

    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        in_loop(twice())


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
def test_a_refresh_is_announced_and_then_done(slack: RunningSlack, reason: str) -> None:
    async def refresh() -> Any:
        async with aiohttp.ClientSession() as session:
            socket = await connect(slack, session)
            await socket.receive_json()
            ask = session.post(f"{slack.url}/local/sockets", json={"reason": reason})
            asked = asyncio.ensure_future(ask.__aenter__())
            told = [await socket.receive() for _ in range(2)]
            (await asked).release()
            return told

    announced, closed = in_loop(refresh())

    assert json.loads(announced.data)["reason"] == reason
    assert closed.type is aiohttp.WSMsgType.CLOSE


def test_nonsense_from_the_app_is_ignored(slack: RunningSlack) -> None:
    async def babble() -> Any:
        async with aiohttp.ClientSession() as session:
            socket = await connect(slack, session)
            await socket.receive_json()
            for nonsense in ("{", "[]", '{"envelope_id": 5}'):
                await socket.send_str(nonsense)
            said = {"user": "ada", "channel": "support", "text": "hi"}
            async with session.post(f"{slack.url}/local/messages", json=said):
                return (await socket.receive_json())["type"]

    assert in_loop(babble()) == "events_api"
