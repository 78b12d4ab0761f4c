"""The program under test, on IRC networks."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../e2e"))
from spotter import Daemon  # noqa: E402


def block(name, port, more="", nick="spotter", server="127.0.0.1", channels=("#gym",), tls="false"):
    """An irc block of the configuration. MORE adds lines."""
    listed = ", ".join(f'"{channel}"' for channel in channels)
    return f'''
irc "{name}" {{
  server = "{server}"
  port = {port}
  tls = {tls}
  nick = "{nick}"
  channels = {{ {listed} }}
  {more}
}}
'''


class Bot(Daemon):
    def __init__(self, *blocks):
        super().__init__()
        self.configure(*blocks)

    def start(self, *arguments, **more):
        super().start(*arguments, **more)
        return self

    def sets_of(self, network, identity):
        """(load, reps) of the live sets of somebody, in their order."""
        return self.rows("SELECT load_kg, reps FROM live_set WHERE lifter = (SELECT lifter FROM identity WHERE transport = ?"
                         " AND identity = ?) ORDER BY at_ms, id", f"irc:{network}", identity)
