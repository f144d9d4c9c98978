"""Stands in for kube-dns and kube-proxy on the node of node.sh, which has neither.

Names of Services are answered with the addresses of their pods that are ready, as of a headless Service; a port of the
node leads each new connection to one of them, as kube-proxy would: chosen once, and not tried again elsewhere. What is
under way stays where it is. Ports of this machine's loopback are lent to pods.

node_network.py KUBECONFIG ADDRESS SERVICE:NODEPORT… LENT=PORT…: ADDRESS is the machine's on the pods' bridge. SIGUSR1
takes the first port lent away, with all that goes through it, and SIGUSR2 gives it back.
"""

import asyncio
import json
import random
import signal
import socket
import ssl
import struct
import sys
import urllib.request

import yaml

POLL_SECONDS = 0.5
TIME_TO_LIVE = 30  # as kube-dns gives
IP_FREEBIND = 15  # the bridge comes with its first pod


class Cluster:
    """Which pods of which Service are ready."""

    def __init__(self, kubeconfig):
        with open(kubeconfig, encoding="utf-8") as file:
            config = yaml.safe_load(file)
        cluster = config["clusters"][0]["cluster"]
        self.url = cluster["server"] + "/apis/discovery.k8s.io/v1/namespaces/alta/endpointslices"
        self.token = config["users"][0]["user"]["token"]
        self.tls = ssl.create_default_context(cafile=cluster["certificate-authority"])
        self.ready = {}

    def read(self):
        request = urllib.request.Request(self.url, headers={"Authorization": "Bearer " + self.token})
        with urllib.request.urlopen(request, context=self.tls, timeout=5) as answer:
            slices = json.load(answer)["items"]
        ready = {}
        for part in slices:
            found = ready.setdefault(part["metadata"]["labels"]["kubernetes.io/service-name"], [])
            for endpoint in part.get("endpoints") or []:
                if endpoint["conditions"].get("ready"):
                    found += [(endpoint["addresses"][0], part["ports"][0]["port"])]
        self.ready = ready

    async def follow(self):
        while True:
            try:
                await asyncio.to_thread(self.read)
            except OSError as away:
                print("endpoints:", away, flush=True)
            await asyncio.sleep(POLL_SECONDS)


class Names(asyncio.DatagramProtocol):
    """A DNS server for A records of Services."""

    def __init__(self, cluster):
        self.cluster = cluster

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        labels, at = [], 12
        while data[at]:
            labels.append(data[at + 1 : at + 1 + data[at]].decode("ascii", "replace").lower())
            at += 1 + data[at]
        question = data[12 : at + 5]
        (kind,) = struct.unpack(">H", data[at + 1 : at + 3])
        known = labels[0] in self.cluster.ready and labels[1:] in ([], ["alta", "svc", "cluster", "local"])
        addresses = [ip for ip, _ in self.cluster.ready[labels[0]]] if known and kind == 1 else []
        random.shuffle(addresses)
        head = data[:2] + struct.pack(">HHHHH", 0x8580 | (0 if known else 3), 1, len(addresses), 0, 0)
        records = b"".join(
            b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, TIME_TO_LIVE, 4) + socket.inet_aton(ip) for ip in addresses
        )
        self.transport.sendto(head + question + records, address)


async def pipe(reader, writer):
    try:
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
        writer.write_eof()
    except OSError:
        writer.close()


UNDER_WAY = set()  # the loop knows a task by a weak reference only


def leads_to(choose):
    async def connected(reader, writer):
        task = asyncio.current_task()
        UNDER_WAY.add(task)
        task.add_done_callback(UNDER_WAY.discard)
        try:
            there, back = await asyncio.open_connection(*choose())
        except (OSError, IndexError) as refused:
            print("not connected:", refused, flush=True)
            writer.close()
            return
        await asyncio.gather(pipe(reader, back), pipe(there, writer))
        back.close()
        writer.close()

    return connected


class Lent:
    """A port of this machine, for pods, as long as it is not taken away."""

    def __init__(self, port):
        self.port = port
        self.is_there = True
        self.open = set()

    async def connected(self, reader, writer):
        if not self.is_there:
            writer.transport.abort()
            return
        self.open.add(writer)
        try:
            await leads_to(lambda: ("127.0.0.1", self.port))(reader, writer)
        finally:
            self.open.discard(writer)

    def take_away(self):
        self.is_there = False
        for writer in self.open:
            writer.transport.abort()
        print("taken away:", self.port, flush=True)

    def give_back(self):
        self.is_there = True
        print("given back:", self.port, flush=True)


def bound(kind, address, port):
    taken = socket.socket(socket.AF_INET, kind)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.setsockopt(socket.SOL_IP, IP_FREEBIND, 1)
    taken.bind((address, port))
    taken.setblocking(False)
    return taken


async def main(kubeconfig, address, *ports):
    cluster = Cluster(kubeconfig)
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(lambda: Names(cluster), sock=bound(socket.SOCK_DGRAM, address, 53))
    first = None
    for port in ports:
        if ":" in port:
            service, number = port.split(":")
            choose = lambda service=service: random.choice(cluster.ready.get(service, []))
            await asyncio.start_server(leads_to(choose), sock=bound(socket.SOCK_STREAM, "127.0.0.1", int(number)))
        else:
            at, number = map(int, port.split("="))
            lent = Lent(number)
            first = first or lent
            await asyncio.start_server(lent.connected, sock=bound(socket.SOCK_STREAM, address, at))
    loop.add_signal_handler(signal.SIGUSR1, first.take_away)
    loop.add_signal_handler(signal.SIGUSR2, first.give_back)
    print("serving", flush=True)
    await cluster.follow()


asyncio.run(main(*sys.argv[1:]))
