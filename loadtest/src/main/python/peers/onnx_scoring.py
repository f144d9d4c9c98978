"""The champion in ONNX Runtime behind a plain encoding: as fast as a careful service in Python can be.

PEER_FILES names the folder with encoder.json and champion.onnx, which onnx_export.py has made.
"""

import json
import os
from pathlib import Path

import onnxruntime

from row_encoding import RowEncoding


class Scoring:
    def __init__(self):
        folder = Path(os.environ["PEER_FILES"])
        self.state = json.loads((folder / "encoder.json").read_text())
        self.encoding = RowEncoding(self.state)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(folder / "champion.onnx", options)

    def probabilities(self, encounter):
        """By class, of an encounter's values by column."""
        rows = self.encoding.vector(encounter)[None, :]
        (found,) = self.session.run(["probabilities"], {"rows": rows})
        return dict(zip(self.state["classes"], found[0].tolist()))
