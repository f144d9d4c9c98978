"""ONNX Runtime behind grpc-python, asked with Alta's own message. Usage: grpc_onnx.py PORT.

Needs what grpcio-tools makes of Alta's .proto files on PYTHONPATH.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from alta.v1 import readmission_pb2, readmission_pb2_grpc

from onnx_scoring import Scoring

# More only wait for each other.
THREADS = 4


class Readmission(readmission_pb2_grpc.ReadmissionServiceServicer):
    def __init__(self):
        self.scoring = Scoring()

    def Predict(self, request, context):
        encounter = {field.name: value for field, value in request.encounter.ListFields()}
        probabilities = self.scoring.probabilities(encounter)
        prediction = max(probabilities, key=probabilities.get)
        return readmission_pb2.PredictResponse(prediction=prediction, probabilities=probabilities)


def main(port):
    server = grpc.server(ThreadPoolExecutor(THREADS))
    readmission_pb2_grpc.add_ReadmissionServiceServicer_to_server(Readmission(), server)
    server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main(int(sys.argv[1]))
