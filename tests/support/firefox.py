"""Firefox without a window, driven over Marionette, the protocol that it speaks itself: no driver to install."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

# The port is any free one; every address but a file's is refused at a closed port.
PREFERENCES = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
}
PATIENCE = 60.0


class Firefox:
    """A running Firefox with one page; use it in a `with` block.

    program: path of the browser.
    """

    def __init__(self, program: str) -> None:
        with ExitStack() as held:
            folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            profile = Path(held.enter_context(folder))
            lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in PREFERENCES.items())
            (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
            command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            held.callback(_end, process)
            self._socket = held.enter_context(socket.create_connection(("127.0.0.1", _port(profile)), timeout=PATIENCE))
            self._stream = held.enter_context(self._socket.makefile("rb"))
            self._number = 0
            self._receive()
            self._ask("WebDriver:NewSession", {})
            self._ask("WebDriver:SetWindowRect", {"width": 1280, "height": 900})
            self._held = held.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def open(self, address: str) -> None:
        """Goes to an address and waits until the view is ready."""
        self._ask("WebDriver:Navigate", {"url": "about:blank"})
        self._ask("WebDriver:Navigate", {"url": address})
        self.until("document.documentElement.dataset.ready === 'true'")

    def run(self, script: str) -> Any:
        """What an expression of the page's gives, as plain values."""
        return self._ask("WebDriver:ExecuteScript", {"script": f"return {script}", "args": []})["value"]

    def until(self, condition: str) -> None:
        """Waits until an expression is true; raises `TimeoutError` where it stays false."""
        end = time.monotonic() + PATIENCE
        while not self.run(condition):
            if time.monotonic() > end:
                raise TimeoutError(condition)
            time.sleep(0.05)

    def text(self, selector: str) -> str:
        """The text of the first element of a selector."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, selector: str) -> None:
        """Presses the first element of a selector, where the mouse would reach it."""
        found = self._ask("WebDriver:FindElement", {"using": "css selector", "value": selector})["value"]
        self._ask("WebDriver:ElementClick", {"id": next(iter(found.values()))})

    def keys(self, text: str) -> None:
        """Types on the keyboard; the signs of WebDriver stand for keys such as Enter."""
        steps = [{"type": kind, "value": sign} for sign in text for kind in ("keyDown", "keyUp")]
        self._ask("WebDriver:PerformActions", {"actions": [{"type": "key", "id": "keyboard", "actions": steps}]})

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, command, parameters])
        self._socket.sendall(f"{len(message.encode())}:{message}".encode())
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def _receive(self) -> Any:
        length = b""
        while (sign := self._stream.read(1)) != b":":
            length += sign
        return json.loads(self._stream.read(int(length)))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=PATIENCE)


def _port(profile: Path) -> int:
    """The port that Firefox writes down once it listens."""
    place = profile / "MarionetteActivePort"
    end = time.monotonic() + PATIENCE
    while not (place.exists() and place.read_text(encoding="utf-8").strip()):
        if time.monotonic() > end:
            raise TimeoutError("Firefox did not start.")
        time.sleep(0.05)
    return int(place.read_text(encoding="utf-8"))
