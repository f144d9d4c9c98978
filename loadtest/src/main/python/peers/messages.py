"""Makes Python of Alta's .proto files. Usage: messages.py PROTOS FOLDER."""

import sys
from importlib import resources
from pathlib import Path

import google.rpc
from grpc_tools import protoc


def main(protos, folder):
    folder.mkdir(exist_ok=True)
    # google/rpc comes from googleapis-common-protos, google/protobuf from the compiler.
    imported = [Path(google.rpc.__path__[0]).parents[1], resources.files("grpc_tools") / "_proto"]
    arguments = ["protoc", *(f"-I{path}" for path in [protos, *imported])]
    arguments += [f"--python_out={folder}", f"--grpc_python_out={folder}"]
    arguments += [str(file) for file in sorted((protos / "alta/v1").glob("*.proto"))]
    sys.exit(protoc.main(arguments))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
