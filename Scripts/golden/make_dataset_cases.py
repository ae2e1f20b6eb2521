#!/usr/bin/env python3
"""Makes the small archives of Tests/DatasetStoreTests/Fixtures: a few tiny images in exactly the layouts of the original
archives, and a lock for them. Needs Pillow, numpy and scipy; the tests need none of it.

    python3 Scripts/golden/make_dataset_cases.py Tests/DatasetStoreTests/Fixtures
"""
import gzip
import hashlib
import io
import os
import sys
import tarfile

import numpy as np
import scipy.io
from PIL import Image

out = sys.argv[1]
os.makedirs(out, exist_ok=True)


def jpeg(number, width=24, height=36):
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([(x * 9 + number * 31) % 256, (y * 7 + number * 17) % 256, (x * y + number) % 256], -1)
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "JPEG", quality=80)
    return file.getvalue()


def archive(name, files, folders=()):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for folder in folders:
            info = tarfile.TarInfo(folder)
            info.type, info.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(info)
        for path, data in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    with open(os.path.join(out, name), "wb") as file:
        file.write(gzip.compress(raw.getvalue(), mtime=0))


def lines(rows):
    return "".join(row + "\n" for row in rows).encode()


def cub():
    species = ["001.Marsh_Teal", "002.Reed_Teal", "003.Sea_Teal"]
    parts = ["back", "beak", "belly"]
    attributes = ["has_bill_shape::dagger", "has_bill_shape::curved_(up_or_down)", "has_eye_color::red", "has_size::tiny"]
    certainties = ["not visible", "guessing", "probably", "definitely"]
    images = [(number, number // 4, number % 4 != 3) for number in range(12)]  # number, class, whether to train on
    names = {n: f"{species[c]}/{species[c][4:]}_{n + 1:04d}_{n * 7 + 11}.jpg" for n, c, _ in images}
    root = "CUB_200_2011/"
    files = {
        "attributes.txt": lines(f"{a + 1} {name}" for a, name in enumerate(attributes)),
        root + "README": b"A small dataset in the layout of CUB-200-2011.\n",
        root + "bounding_boxes.txt": lines(f"{n + 1} {2 + n}.0 3.0 {10 + n}.0 20.0" for n, _, _ in images),
        root + "classes.txt": lines(f"{c + 1} {name}" for c, name in enumerate(species)),
        root + "image_class_labels.txt": lines(f"{n + 1} {c + 1}" for n, c, _ in images),
        root + "images.txt": lines(f"{n + 1} {names[n]}" for n, _, _ in images),
        root + "train_test_split.txt": lines(f"{n + 1} {int(train)}" for n, _, train in images),
        root + "parts/parts.txt": lines(f"{p + 1} {name}" for p, name in enumerate(parts)),
        root + "parts/part_locs.txt": lines(
            f"{n + 1} {p + 1} {n + p}.0 {2 * p}.5 1" if (n + p) % 3 else f"{n + 1} {p + 1} 0.0 0.0 0"
            for n, _, _ in images for p in range(len(parts))),
        # One to three people a part.
        root + "parts/part_click_locs.txt": lines(
            f"{n + 1} {p + 1} {n + p + k}.0 {2 * p}.5 1 {k}.25" if (n + p) % 3 else f"{n + 1} {p + 1} 0.0 0.0 0 {k}.5"
            for n, _, _ in images for p in range(len(parts)) for k in range(1 + (n + p) % 3)),
        root + "attributes/certainties.txt": lines(f"{c + 1} {name}" for c, name in enumerate(certainties)),
        # As published: a few lines have numbers too many before the time.
        root + "attributes/image_attribute_labels.txt": lines(
            f"{n + 1} {a + 1} {int((n + a) % 3 == 0)} {(n + a) % 4 + 1} "
            + {(4, 1): "0 ", (9, 2): "0 0 "}.get((n, a), "") + f"{n}.{a}5"
            for n, _, _ in images for a in range(len(attributes))),
        root + "attributes/class_attribute_labels_continuous.txt": lines(
            " ".join(f"{12.5 * c + 6.25 * a}" for a in range(len(attributes))) for c, _ in enumerate(species)),
    }
    files |= {root + "images/" + names[n]: jpeg(n) for n, _, _ in images}
    archive("CUB_200_2011.tgz", files, ["CUB_200_2011/", "CUB_200_2011/images/"])


def aircraft():
    variants = {"A1-100": ("A1", "Aeroworks"), "A1-200": ("A1", "Aeroworks"), "Kite 7": ("Kite", "Aeroworks"),
                "P/Q-8": ("P-8", "Pioneer")}
    root = "fgvc-aircraft-2013b/data/"
    names = list(variants)
    images = {split: [(1000000 + 10 * s + v, name) for v, name in enumerate(names) for _ in [0]]
              for s, split in enumerate(["train", "val", "test"])}
    images["trainval"] = images["train"] + images["val"]
    files = {
        "fgvc-aircraft-2013b/README.txt": b"A small dataset in the layout of FGVC-Aircraft.\n",
        root + "variants.txt": lines(names),
        root + "families.txt": lines(sorted({f for f, _ in variants.values()})),
        root + "manufacturers.txt": lines(sorted({m for _, m in variants.values()})),
        root + "images_box.txt": lines(f"{n:07d} 1 1 20 12" for s in ["train", "val", "test"] for n, _ in images[s]),
    }
    for split, rows in images.items():
        files[root + f"images_{split}.txt"] = lines(f"{n:07d}" for n, _ in rows)
        files[root + f"images_variant_{split}.txt"] = lines(f"{n:07d} {v}" for n, v in rows)
        files[root + f"images_family_{split}.txt"] = lines(f"{n:07d} {variants[v][0]}" for n, v in rows)
        files[root + f"images_manufacturer_{split}.txt"] = lines(f"{n:07d} {variants[v][1]}" for n, v in rows)
    for split in ["train", "val", "test"]:
        files |= {root + f"images/{n:07d}.jpg": jpeg(n) for n, _ in images[split]}
    archive("fgvc-aircraft-2013b.tar.gz", files)


def mat(variables, compressed):
    file = io.BytesIO()
    scipy.io.savemat(file, variables, do_compression=compressed)
    data = bytearray(file.getvalue())
    data[:116] = b"MATLAB 5.0 MAT-file, Platform: GLNXA64".ljust(116)  # without the date of making
    return bytes(data)


def structures(fields, rows):
    array = np.empty((1, len(rows)), dtype=[(field, object) for field in fields])
    for place, row in enumerate(rows):
        array[0, place] = tuple(row)
    return array


def cells(names):
    array = np.empty((1, len(names)), dtype=object)
    array[0, :] = names
    return array


def cars():
    names = ["Auriga Coupe 2001", "Auriga Sedan 2003", "Meridian Van 1998"]
    box = [np.uint16(v) for v in (2, 3, 20, 30)]
    splits = {split: [(f"{n + 1:05d}.jpg", n % 3 + 1) for n in range(count)]
              for split, count in [("train", 6), ("test", 3)]}
    fields = ["bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2", "class", "fname"]
    rows = {split: [box + [np.uint8(label), name] for name, label in images] for split, images in splits.items()}
    for split, images in splits.items():
        archive(f"cars_{split}.tgz", {f"cars_{split}/{name}": jpeg(40 + n) for n, (name, _) in enumerate(images)})
    archive("car_devkit.tgz", {
        "devkit/README.txt": b"A small dataset in the layout of Stanford Cars.\n",
        "devkit/cars_meta.mat": mat({"class_names": cells(names)}, True),
        "devkit/cars_train_annos.mat": mat({"annotations": structures(fields, rows["train"])}, True),
        "devkit/cars_test_annos.mat": mat(
            {"annotations": structures(fields[:4] + fields[5:], [row[:4] + row[5:] for row in rows["test"]])}, True),
    })
    with open(os.path.join(out, "cars_test_annos_withlabels.mat"), "wb") as file:
        file.write(mat({"annotations": structures(fields, rows["test"])}, False))
    # The layout of the single folder.
    every = [(f"car_ims/{n + 1:06d}.jpg", n % 3 + 1, int(n >= 6)) for n in range(9)]
    single = structures(
        ["relative_im_path"] + fields[:5] + ["test"],
        [[path] + box + [np.uint8(label), np.uint8(test)] for path, label, test in every])
    files = {path: jpeg(60 + n) for n, (path, _, _) in enumerate(every)}
    files["cars_annos.mat"] = mat({"annotations": single, "class_names": cells(names)}, True)
    archive("car_ims.tgz", files)


def lock():
    """A lock of the fixtures, whose addresses lead to a port that the tests fill in."""
    text = "# The lock of the fixtures.\nformat = 1\n"
    counts = {"aircraft": (4, 8, 4), "cars": (3, 6, 3), "cub": (3, 9, 3)}
    files = {"aircraft": ["fgvc-aircraft-2013b.tar.gz"],
             "cars": ["car_devkit.tgz", "cars_test.tgz", "cars_test_annos_withlabels.mat", "cars_train.tgz"],
             "cub": ["CUB_200_2011.tgz"]}
    for name, (classes, train, test) in counts.items():
        text += (f'\n# A fixture.\n[datasets.{name}]\ncitation = "none"\nclasses = {classes}\npage = "https://example.org"\n'
                 f'terms = "free"\ntest = {test}\ntitle = "Small {name}"\ntrain = {train}\nversion = "1"\n')
        for file in files[name]:
            with open(os.path.join(out, file), "rb") as opened:
                data = opened.read()
            text += (f'\n# A fixture.\n[datasets.{name}.files."{file}"]\n'
                     f'addresses = ["http://127.0.0.1:PORT/{file}"]\nbytes = {len(data)}\n'
                     f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n')
    with open(os.path.join(out, "fixtures.lock"), "w") as file:
        file.write(text)


cub()
aircraft()
cars()
lock()
