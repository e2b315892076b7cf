"""
A client in another language: lists the nodes, creates a pod, watches it until it runs, deletes it.

  client.py <address> <folder with ca.crt, admin.crt, admin.key>

Made from the files of proto/ alone, by protoc and its gRPC plugin.
"""

import sys
from pathlib import Path

import grpc
from ownkube.core.v1 import node_pb2_grpc, pod_pb2, pod_pb2_grpc
from ownkube.meta.v1 import requests_pb2

address, folder = sys.argv[1], Path(sys.argv[2])
credentials = grpc.ssl_channel_credentials(
    root_certificates=(folder / "ca.crt").read_bytes(),
    private_key=(folder / "admin.key").read_bytes(),
    certificate_chain=(folder / "admin.crt").read_bytes(),
)

with grpc.secure_channel(address, credentials) as channel:
    nodes = node_pb2_grpc.NodesStub(channel).List(requests_pb2.ListRequest(), timeout=10)
    print("nodes", *(node.metadata.name for node in nodes.items))

    pods = pod_pb2_grpc.PodsStub(channel)
    pod = pod_pb2.Pod()
    pod.metadata.name = "from-python"
    pod.metadata.namespace = "default"
    pod.spec.containers.add(name="web", image="own-kube/whats-my-ip", imagePullPolicy="IfNotPresent")
    pod.spec.terminationGracePeriodSeconds = 1
    created = pods.Create(pod, timeout=10)
    print("created", created.metadata.name, created.metadata.uid)

    watch = requests_pb2.WatchRequest(
        namespace="default",
        fieldSelector="metadata.name=from-python",
        resourceVersion=created.metadata.resourceVersion,
    )
    deleted = False
    for event in pods.Watch(watch, timeout=60):
        if event.type == "BOOKMARK":
            continue
        print(event.type, event.object.status.phase, event.object.status.podIP)
        if event.type == "DELETED":
            break
        if event.object.status.phase == "Running" and not deleted:
            deleted = True
            pods.Delete(requests_pb2.DeleteRequest(namespace="default", name="from-python"), timeout=10)
