"""Throwaway IRC networks on loopback: ngircd, which knows none of the extensions, and InspIRCd with Atheme's services."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../e2e"))
from synapse import free_port  # noqa: E402

PASSWORD = "correct-horse"

NGIRCD = """
[Global]
Name = irc.gym.test
Info = A gym
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = Lift
PidFile = {folder}/ngircd.pid
{user}
[Limits]
MaxConnectionsIP = 0
MaxNickLength = 31
PingTimeout = 120
[Options]
DNS = no
Ident = no
PAM = no
OperCanUseMode = yes
SyslogFacility = local7
[Operator]
Name = op
Password = op
"""

INSPIRCD = """
<server name="irc.gym.test" description="A gym" network="GymNet" id="001">
<admin name="x" nick="x" email="x@gym.test">
<bind address="127.0.0.1" port="{port}" type="clients">
<bind address="127.0.0.1" port="{tls_port}" type="clients" sslprofile="tls">
<bind address="127.0.0.1" port="{link_port}" type="servers">
<sslprofile name="tls" provider="gnutls" certfile="{folder}/cert.pem" keyfile="{folder}/key.pem" requestclientcert="yes" hash="sha256">
<connect name="main" allow="*" timeout="60" pingfreq="120" hardsendq="1048576" softsendq="65536" recvq="65536" threshold="{threshold}" commandrate="{rate}" fakelag="{fakelag}" localmax="1000" globalmax="1000" useident="no" resolvehostnames="no" maxchans="1000">
<performance softlimit="12800" somaxconn="128">
<options prefixquit="Quit: " casemapping="rfc1459" nosnoticestack="no">
<security runasuser="" hideservers="" customversion="x">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="{folder}/inspircd.log">
<pid file="{folder}/inspircd.pid">
<class name="all" commands="*" privs="*" usermodes="*" chanmodes="*" snomasks="*">
<type name="op" classes="all">
<oper name="op" password="op" host="*@*" type="op">
<limits maxnick="30" maxchan="64">
<module name="account"><module name="services_account"><module name="spanningtree"><module name="cap"><module name="sasl">
<module name="ssl_gnutls"><module name="sslinfo"><module name="ircv3"><module name="ircv3_accounttag"><module name="ircv3_batch">
<module name="ircv3_capnotify"><module name="ircv3_chghost"><module name="ircv3_ctctags"><module name="ircv3_echomessage">
<module name="ircv3_labeledresponse"><module name="ircv3_msgid"><module name="ircv3_servertime"><module name="botmode">
<module name="namesx"><module name="uhnames"><module name="sasl"><module name="chanhistory"><module name="ojoin"><module name="sajoin">
<module name="globops"><module name="setidle">{more}
<chanhistory maxlines="50" prefixmsg="yes" bots="yes" enableumode="yes">
<sasl target="services.gym.test" requiressl="no">
<link name="services.gym.test" ipaddr="127.0.0.1" port="{link_port}" allowmask="127.0.0.1/32" timeout="300" sendpass="link" recvpass="link">
<uline server="services.gym.test" silent="yes">
"""

ATHEME = """
loadmodule "modules/protocol/inspircd";
loadmodule "modules/backend/opensex";
loadmodule "modules/crypto/pbkdf2";
loadmodule "modules/nickserv/main";
loadmodule "modules/nickserv/cert";
loadmodule "modules/nickserv/ghost";
loadmodule "modules/nickserv/group";
loadmodule "modules/nickserv/identify";
loadmodule "modules/nickserv/logout";
loadmodule "modules/nickserv/register";
loadmodule "modules/nickserv/set_core";
loadmodule "modules/saslserv/main";
loadmodule "modules/saslserv/plain";
loadmodule "modules/saslserv/external";
serverinfo {{
  name = "services.gym.test"; desc = "Services"; numeric = "00A"; recontime = 1; netname = "GymNet";
  hidehostsuffix = "users.gym.test"; adminname = "x"; adminemail = "x@gym.test"; registeremail = "x@gym.test";
  auth = none; mta = "/bin/true"; loglevel = {{ error; info; network; }}; maxlogins = 20; maxusers = 0; mdlimit = 30;
  emaillimit = 10; emailtime = 300; casemapping = rfc1459;
}};
uplink "irc.gym.test" {{ host = "127.0.0.1"; port = {link_port}; send_password = "link"; receive_password = "link"; }};
nickserv {{ nick = "NickServ"; user = "NickServ"; host = "services.gym.test"; real = "Nicks"; aliases {{ }}; }};
saslserv {{ nick = "SaslServ"; user = "SaslServ"; host = "services.gym.test"; real = "SASL"; }};
general {{ helpchan = "#help"; helpurl = "x"; silent; flood_msgs = 0; kline_time = 0; commit_interval = 5; default_clone_allowed = 0; }};
"""


def wait_for_line(path, text, seconds=60):
    """Until a line of the file has TEXT."""
    with subprocess.Popen(["timeout", str(seconds), "tail", "-n", "+1", "-F", path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, errors="replace") as tail:
        found = any(text in line for line in tail.stdout)
        tail.terminate()  # SIGTERM, which timeout(1) hands on
    assert found, f"{path} has no {text}"


class Network:
    """A folder, and processes in it that end with it."""

    accounts = False

    def __init__(self):
        self._temporary = tempfile.TemporaryDirectory(prefix="spotter-irc-")
        self.folder = pathlib.Path(self._temporary.name)
        self.processes = {}

    def run(self, name, command):
        self.processes[name] = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL,
                                                stdout=open(self.folder / f"{name}.out", "wb"), stderr=subprocess.STDOUT)
        return self.processes[name]

    def end(self, name, how=signal.SIGKILL):
        process = self.processes.pop(name)
        process.send_signal(how)
        process.wait(10)

    def output(self):
        return "\n".join(f"== {path.name}\n{path.read_text(errors='replace')[-1500:]}" for path in self.folder.iterdir()
                         if path.suffix in (".out", ".log"))

    def close(self):
        for name in list(self.processes):
            self.end(name)
        self._temporary.cleanup()


class NgIrcd(Network):
    def __init__(self):
        super().__init__()
        self.port = free_port()
        user = "ServerUID = root\nServerGID = root" if os.geteuid() == 0 else ""
        config = self.folder / "ngircd.conf"
        config.write_text(NGIRCD.format(port=self.port, folder=self.folder, user=user))
        self.start()

    def start(self):
        self.run("ngircd", ["/usr/sbin/ngircd", "-n", "-f", str(self.folder / "ngircd.conf")])
        wait_for_line(self.folder / "ngircd.out", ") ready.")


class InspIrcd(Network):
    """With TLS by a certificate of its own, for the name localhost. FAKELAG: clients that hurry are held up, as by default."""

    accounts = True

    def __init__(self, fakelag=False, more=""):
        super().__init__()
        self.port, self.tls_port, self.link_port = free_port(), free_port(), free_port()
        self.ca = self.folder / "cert.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                        "key.pem", "-out", "cert.pem", "-days", "30", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost"], cwd=self.folder, check=True, capture_output=True)
        lag = {"threshold": 20, "rate": 1000, "fakelag": "yes"} if fakelag else {"threshold": 1000, "rate": 100000, "fakelag": "no"}
        values = {"port": self.port, "tls_port": self.tls_port, "link_port": self.link_port, "folder": self.folder}
        values["more"] = more.format(**values)
        (self.folder / "inspircd.conf").write_text(INSPIRCD.format(**values, **lag).replace('<module name="account">', ""))
        (self.folder / "atheme.conf").write_text(ATHEME.format(**values))
        self.start()
        self.start_services()

    def start(self):
        command = ["/usr/sbin/inspircd", "--nofork", "--nopid", f"--config={self.folder}/inspircd.conf"]
        self.run("inspircd", command + (["--runasroot"] if os.geteuid() == 0 else []))
        wait_for_line(self.folder / "inspircd.out", "is now running as")

    def start_services(self):
        (self.folder / "data").mkdir(exist_ok=True)
        (self.folder / "atheme.log").unlink(missing_ok=True)
        self.run("atheme", ["/usr/bin/atheme-services", "-n", "-c", str(self.folder / "atheme.conf"), "-D",
                            str(self.folder / "data"), "-l", str(self.folder / "atheme.log"), "-p", str(self.folder / "atheme.pid")])
        wait_for_line(self.folder / "atheme.log", "finished synching with uplink")  # it has told how to log in by then

    def fingerprint(self):
        done = subprocess.run(["openssl", "x509", "-in", str(self.ca), "-noout", "-fingerprint", "-sha256"], check=True,
                              capture_output=True, text=True)
        return done.stdout.strip().split("=")[1]


def installed():
    return all(shutil.which(name, path="/usr/sbin:/usr/bin") for name in ("ngircd", "inspircd", "atheme-services"))
