#!/usr/bin/env python3
"""Makes the weight files that the tests read, with PyTorch's own torch.save and the safetensors library.

Usage: make_weight_cases.py FOLDER    (the tests' copy is Tests/WeightFilesTests/Fixtures)
Needs: pip install torch safetensors numpy

Every case is saved as NAME-zip.pth and NAME-legacy.pth; expected.safetensors holds, as NAME/TENSOR, the values that
PyTorch gives for them (float32 or int64). A few more are files that must be refused.
"""

import io
import pickle
import struct
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

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

    cases = {"dtypes": dtypes(), "strides": strides(), "checkpoint": checkpoint(), "parameters": parameters()}
    for case, values in cases.items():
        expect(case, values)
        torch.save(values, folder / f"{case}-zip.pth")
        torch.save(values, folder / f"{case}-legacy.pth", _use_new_zipfile_serialization=False)

    torch.save(cases["parameters"], folder / "parameters-protocol4-zip.pth", pickle_protocol=4)
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
    save_file({**dtypes(), **unsigned}, folder / "dtypes.safetensors", metadata={"made_by": "safetensors", "é\n": "\"\\"})
    save_file(expected, folder / "expected.safetensors")

    for path in sorted(folder.glob("*-*.pth")):
        loaded = torch.load(path, map_location="cpu", weights_only="parameters" not in path.name)
        for name, value in flatten(loaded):
            case = path.stem.split("-")[0]
            wanted = expected[f"{case}/{name}"]
            assert torch.equal(value.to(wanted.dtype).nan_to_num(7), wanted.nan_to_num(7)), (path, name)
    print(sum(p.stat().st_size for p in folder.iterdir()), "bytes in", folder)


if __name__ == "__main__":
    main()
