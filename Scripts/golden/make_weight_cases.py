#!/usr/bin/env python3
"""Makes the weight files that the tests read, with PyTorch's own torch.save and the safetensors library.

Usage: make_weight_cases.py FOLDER    (the tests' copy is Tests/WeightFilesTests/Fixtures)
Needs: pip install torch safetensors numpy

Every case is saved as NAME-zip.pth and NAME-legacy.pth, some also by every protocol of pickles; expected.safetensors holds, as
NAME/TENSOR, the values that PyTorch gives for them (float32 or int64). A few more are files that must be refused.
"""

import argparse
import collections
import datetime
import decimal
import functools
import http
import io
import pickle
import re
import struct
import sys
import types
import zipfile
from collections import OrderedDict
from pathlib import Path, PurePosixPath

import numpy
import torch
from safetensors.torch import save_file

FLOATS = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
INTEGERS = [torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]
LEGACY_MAGIC = 0x1950A86A20F9469CFC6C


def dtypes():
    """One tensor of every type, with the values that are hard to convert."""
    hard = torch.tensor([0.0, -0.0, 1.0, -2.5, 1 / 3, 6.1e-5, 6e-8, 65504.0, float("inf"), float("nan"), 1e-40, 0.1])
    cases = OrderedDict((str(t).split(".")[1], hard.to(t).reshape(3, 4)) for t in FLOATS)
    for t in INTEGERS:
        low, high = (0, 1) if t == torch.bool else (torch.iinfo(t).min, torch.iinfo(t).max)
        cases[str(t).split(".")[1]] = torch.tensor([low, high, 0, 1, 1], dtype=t)
    cases["scalar"] = torch.tensor(7.25)
    cases["empty"] = torch.zeros(0, 3)
    return cases


def strides():
    """Views: transposed, permuted, stepped, shifted, expanded, and several over one storage."""
    a = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    images = torch.arange(2 * 3 * 4 * 5, dtype=torch.float32).reshape(2, 3, 4, 5)
    return {
        "whole": a,
        "transposed": a.t(),
        "row": a[2],
        "column": a[:, 3],
        "stepped": a[1:, ::2],
        "element": a[3, 5],
        "nothing": a[2:2],
        "expanded": a[:, :1].expand(4, 3),
        "channels_last": images.contiguous(memory_format=torch.channels_last),
        "permuted": images.permute(3, 1, 0, 2),
        "half": torch.arange(6, dtype=torch.float16).reshape(2, 3).t(),
        "integers": torch.arange(6).reshape(2, 3).t(),
    }


def network():
    torch.manual_seed(0)
    model = torch.nn.Sequential(
        OrderedDict(
            conv1=torch.nn.Conv2d(3, 4, 3, bias=False),
            bn1=torch.nn.BatchNorm2d(4),
            raw_classifier=torch.nn.Linear(4, 5),
            map_origin=torch.nn.Conv2d(4, 5, 1),
        )
    )
    return model


def checkpoint():
    """What the released S3N code saves after training under DataParallel: a model beside counters and an optimiser."""
    model = torch.nn.DataParallel(network())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    sum(p.sum() for p in model.parameters()).backward()
    optimizer.step()
    return {"epoch_idx": 3, "batch_idx": 75, "model": model.state_dict(), "optimizer": optimizer.state_dict()}


def parameters():
    """A dictionary of nn.Parameter, as old files of torchvision hold, beside plain values."""
    named = OrderedDict(network().named_parameters())
    named["note"] = "text"
    named["numbers"] = [1, 2.5, None, True, -(2**40), b"\xff", {"a": (1, 2)}, {3, 4}, torch.Size([2, 3])]
    return named


def objects():
    """A state dict beside everything that scripts save with it, most of which a reader of weights does not know."""
    recursive = ([],)
    recursive[0].append(recursive)
    slots = torch.nn.Linear(1, 1)
    values = {
        # What torch.load(weights_only=True) reads.
        "counter": collections.Counter([3, 3, 5]),
        "complex": 1 + 2j,
        "bytearray": bytearray(b"ab"),
        "bytes": bytes(300),
        "sets": [{1}, frozenset({2}), set()],
        "size": torch.Size([2, 3]),
        "types": [torch.float32, torch.complex64, torch.float8_e4m3fn, torch.qint8],
        "device": torch.device("cpu"),
        "layout": torch.strided,
        "numbers": [2**31, -(2**31), 2**63, -(2**200), 2**3000, 1.5, float("inf"), True, None, 255, 65535],
        "texts": ["é\n\\u0041\\", "'", '"', "x" * 300, "\N{GRINNING FACE}"],
        "recursive": recursive,
        # What it does not read.
        "namespace": argparse.Namespace(lr=0.1, data_path="/data", nested=argparse.Namespace(a=1)),
        "defaultdict": collections.defaultdict(list, loss=[1.0]),
        "scalar": numpy.float64(87.5),
        "array": numpy.arange(5.0),
        "path": PurePosixPath("/data/cub"),
        "date": datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc),
        "enum": http.HTTPStatus.OK,
        "decimal": decimal.Decimal("0.1"),
        "pattern": re.compile("a+"),
        "partial": functools.partial(print, end=""),
        "function": functools.reduce,
        "class": argparse.ArgumentParser,
        "deque": collections.deque([1, 2], maxlen=3),
        "simple": types.SimpleNamespace(a=1),
        "slice": slice(1, 2),
        "module": slots,
    }
    return {**values, "state_dict": {"weight": torch.arange(6.0).reshape(2, 3), "steps": torch.tensor(7)}, "epoch": 3}


def unread():
    """Tensors that are left out, beside one that is read."""
    quantized = torch.quantize_per_tensor(torch.tensor([1.0, 2.0]), 0.1, 0, torch.qint8)
    return {
        "complex": torch.tensor([1 + 2j]),
        "conjugate": torch.tensor([1 + 2j]).conj(),
        "sparse": torch.eye(3).to_sparse(),
        "rows": torch.eye(3).to_sparse_csr(),
        "quantized": quantized,
        "meta": torch.zeros(2, device="meta"),
        "weight": torch.arange(4.0),
    }


def eights():
    """All floats of eight bits in the two formats that are read."""
    types = {"float8_e4m3fn": torch.float8_e4m3fn, "float8_e5m2": torch.float8_e5m2}
    return {name: torch.arange(256, dtype=torch.uint8).view(kind) for name, kind in types.items()}


def module():
    """A network that was saved whole: modules in modules, a counter, a buffer that no state dict holds."""
    model = torch.nn.Sequential(OrderedDict(stem=network(), head=torch.nn.Sequential(torch.nn.Dropout(), torch.nn.Linear(5, 2))))
    model.register_buffer("mean", torch.tensor([0.5]))
    model.register_buffer("scratch", torch.tensor([9.0]), persistent=False)
    return model


class Old:
    """Writes pickles of PyTorch 0.1 under Python 2, which no release of today can write."""

    def __init__(self, magic=True):
        self.out = io.BytesIO()

    def string(self, text):
        return b"U" + bytes([len(text)]) + text.encode()

    def integer(self, value):
        return b"J" + struct.pack("<i", value)

    def tuple(self, *parts):
        return b"(" + b"".join(parts) + b"t"

    def named(self, path):
        module, name = path.rsplit(".", 1)
        return b"c" + f"{module}\n{name}\n".encode()

    def storage(self, key, count, view=b"N", kind="torch.FloatStorage"):
        words = self.string("storage"), self.named(kind), self.string(key), self.string("cuda:0")
        return self.tuple(*words, self.integer(count), view) + b"Q"

    def tensor_parts(self, storage, offset, shape, stride):
        sizes = self.tuple(*map(self.integer, shape)), self.tuple(*map(self.integer, stride))
        return self.tuple(storage, self.integer(offset), *sizes)


def old_file(path):
    """The kinds of tensors that the files of 2017 hold; returns the values."""
    w = Old()
    a, b = torch.arange(6, dtype=torch.float32), torch.arange(8, dtype=torch.float32) * 0.5
    parts = w.tensor_parts(w.storage("100", 6), 0, (2, 3), (3, 1))
    view = w.tuple(w.string("102"), w.integer(2), w.integer(4))
    seen = w.tensor_parts(w.storage("101", 8, view), 1, (3,), (1,))
    tensor = w.named("torch._utils._rebuild_tensor") + parts + b"R"
    members = {
        "rebuilt": tensor,
        # A Parameter made empty, then given (data, grad, hooks, requires_grad, volatile).
        "parameter": w.named("torch.nn.parameter.Parameter") + b")\x81" + w.tuple(tensor, b"N", b"N", b"\x88", b"\x89") + b"b",
        # A tensor made empty, then given (storage, offset, shape, stride).
        "plain": w.named("torch.FloatTensor") + b")R" + parts + b"b",
        "viewed": w.named("torch._utils._rebuild_tensor") + seen + b"R",
    }
    body = b"".join(w.string(name) + value for name, value in members.items())
    out = io.BytesIO()
    out.write(pickle.dumps(LEGACY_MAGIC, 2) + pickle.dumps(1001, 2) + pickle.dumps({"little_endian": True}, 2))
    out.write(b"\x80\x02" + w.named("collections.OrderedDict") + b")R(" + body + b"u.")
    out.write(b"\x80\x02](" + w.string("100") + w.string("101") + b"e.")
    for values in (a, b):
        out.write(struct.pack("<q", len(values)) + values.numpy().tobytes())
    path.write_bytes(out.getvalue())
    # main() holds them against what PyTorch of today reads in these bytes.
    expected = {"rebuilt": a.reshape(2, 3), "parameter": a.reshape(2, 3), "plain": a.reshape(2, 3), "viewed": b[3:6]}
    return expected


def flatten(values, path=""):
    for name, value in values.items():
        if isinstance(value, torch.Tensor):
            yield path + name, value.detach()
        elif isinstance(value, dict) and name == "model":
            yield from flatten(value, path)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}

    def expect(case, values):
        for name, value in flatten(values):
            kind = torch.float32 if value.is_floating_point() else torch.int64
            expected[f"{case}/{name}"] = value.to(kind).contiguous().clone()

    cases = {
        "dtypes": dtypes(),
        "strides": strides(),
        "checkpoint": checkpoint(),
        "parameters": parameters(),
        "objects": objects(),
        "eights": eights(),
        "unread": unread(),
        "module": module(),
    }
    for case, values in cases.items():
        if case == "unread":
            expect(case, {"weight": values["weight"]})
        elif case == "objects":
            expect(case, values["state_dict"])
        else:
            expect(case, values.state_dict() if case == "module" else values)
        torch.save(values, folder / f"{case}-zip.pth")
        # A module's would hold the source of its classes, and PyTorch reads no eights back.
        if case not in ("module", "eights"):
            torch.save(values, folder / f"{case}-legacy.pth", _use_new_zipfile_serialization=False)

    torch.save(cases["parameters"], folder / "parameters-protocol4-zip.pth", pickle_protocol=4)
    for protocol in (1, 3, 4, 5):
        for kind in ("zip", "legacy"):
            path = folder / f"objects-protocol{protocol}-{kind}.pth"
            torch.save(cases["objects"], path, pickle_protocol=protocol, _use_new_zipfile_serialization=kind == "zip")
    for protocol in range(6):
        (folder / f"protocol{protocol}.pkl").write_bytes(pickle.dumps({k: v for k, v in objects().items() if k != "state_dict"}, protocol))
    unsigned = {str(t).split(".")[1]: torch.tensor([0, 1, 2**15], dtype=t) for t in (torch.uint16, torch.uint32, torch.uint64)}
    torch.save(unsigned, folder / "unsigned-zip.pth")
    for name, value in unsigned.items():
        expected[f"unsigned/{name}"] = value.long()
    expect("old", old_file(folder / "old-legacy.pth"))
    torch.jit.save(torch.jit.script(torch.nn.ReLU()), folder / "torchscript.pt")
    with zipfile.ZipFile(folder / "packed.pth", "w", zipfile.ZIP_DEFLATED) as packed:
        with zipfile.ZipFile(folder / "strides-zip.pth") as stored:
            for name in stored.namelist():
                packed.writestr(zipfile.ZipInfo(name), stored.read(name), zipfile.ZIP_DEFLATED)
    save_file({**dtypes(), **unsigned, **eights()}, folder / "dtypes.safetensors", metadata={"made_by": "safetensors", "é\n": "\"\\"})
    save_file(expected, folder / "expected.safetensors")

    for path in sorted(folder.glob("*-*.pth")):
        case = path.stem.split("-")[0]
        loaded = torch.load(path, map_location="cpu", weights_only=case not in ("parameters", "objects", "module"))
        loaded = {"objects": lambda: loaded["state_dict"], "module": lambda: loaded.state_dict()}.get(case, lambda: loaded)()
        for name, value in flatten(loaded):
            if case == "unread" and name != "weight":
                continue
            wanted = expected[f"{case}/{name}"]
            assert torch.equal(value.to(wanted.dtype).nan_to_num(7), wanted.nan_to_num(7)), (path, name)
    print(sum(p.stat().st_size for p in folder.iterdir()), "bytes in", folder)


if __name__ == "__main__":
    main()
