"""One training by our statement of S3N in PyTorch: top-1 of every head after every epoch, in OUT/VARIANT-seedN.csv.

Nothing is shared with bench but the pictures, the recipe's values and the initial backbone: transforms are torchvision's, random
numbers and the other initial weights PyTorch's.

    train_by_pytorch.py VARIANT SEED BACKBONE RECIPE.json IMAGES OUT [eager|compiled]
"""

import csv
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Benchmarks/peers"))
import s3n  # noqa: E402
import vision  # noqa: E402
from torchvision.transforms import v2  # noqa: E402

HEADS = ("joint", "raw", "discriminative", "complementary")


def narrow_resnet(path):
    """The recipe's backbone with its pretrained weights, and its channels: three stages of one basic block each."""
    block = vision.models.resnet.BasicBlock

    def stage(inputs, outputs, stride):
        change = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        return nn.Sequential(block(inputs, outputs, stride, None if inputs == outputs and stride == 1 else change))

    network = nn.Sequential(
        nn.Conv2d(3, 16, 7, 2, 3, bias=False), nn.BatchNorm2d(16), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1),
        stage(16, 16, 1), stage(16, 32, 2), stage(32, 64, 2))
    state = {name.removeprefix("features."): tensor for name, tensor in load_file(path).items()}
    left_out = network.load_state_dict(state, strict=False)
    assert not left_out.unexpected_keys and all("num_batches" in name for name in left_out.missing_keys), left_out
    return network, 64


class Baseline(nn.Module):
    def __init__(self, features, channels, classes):
        super().__init__()
        self.features, self.classifier = features, nn.Linear(channels, classes)

    def forward(self, images, p=None, draws=None):
        return (self.classifier(self.features(images).mean(dim=(2, 3))),)


class Pictures:
    """Training and test pictures of a folder in CUB's layout, decoded once."""

    def __init__(self, folder, form=lambda image: image):
        def column(name):
            return [line.split()[1] for line in Path(folder, name).read_text().splitlines()]

        labels, is_training = column("image_class_labels.txt"), column("train_test_split.txt")
        self.training, self.test = [], []
        for path, label, training in zip(column("images.txt"), labels, is_training):
            image = Image.open(Path(folder, "images", path)).convert("RGB")
            (self.training if training == "1" else self.test).append((form(image), int(label) - 1))
        self.classes = len(set(labels))


def batches(pictures, order, transform, size, layout):
    for first in range(0, len(order), size):
        some = [pictures[index] for index in order[first:first + size]]
        images = torch.stack([transform(image) for image, _ in some]).to(memory_format=layout)
        yield images, torch.tensor([label for _, label in some])


def train(variant, seed, backbone, values, folder, way=None):
    """Yields (epoch, {head: top-1 in percent}) after each epoch.

    A way, eager or compiled, has what is fastest: channels-last, smoothing by FFT, transforms of tensors; compiled is the backbone,
    whose shapes depend on nothing. Without one the training is as the released code's.
    """
    layout = torch.channels_last if way else torch.contiguous_format
    torch.manual_seed(seed)
    transforms = v2 if way else vision.torchvision.transforms
    pictures = Pictures(folder, v2.PILToTensor()) if way else Pictures(folder)
    is_s3n = variant == "s3n"
    features, channels = narrow_resnet(backbone)
    if is_s3n:
        model = s3n.S3N(features, channels, pictures.classes, correlate=s3n.correlate if way else F.conv2d)
    else:
        model = Baseline(features, channels, pictures.classes)
    kind = "sampling" if is_s3n else "baseline"
    schedule, rate = values["schedule"][kind], values["learning_rate"][kind]
    assert (values["floor"], values["keep"]) == (s3n.FLOOR, s3n.KEPT_ON_LABEL) and values["normalization_group"] is None
    assert (values["momentum"], values["weight_decay"]) == (0.9, 1e-4)
    scaled = v2.ToDtype(torch.float32, scale=True) if way else transforms.ToTensor()
    normalize = [scaled, transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))]
    low, high = values["crop_scale"]
    crop = transforms.RandomResizedCrop(values["size"], scale=(low, high))
    training = transforms.Compose([crop, transforms.RandomHorizontalFlip(), *normalize])
    resize = transforms.Resize((values["test_resize"],) * 2)
    testing = transforms.Compose([resize, transforms.CenterCrop(values["size"]), *normalize])
    model.to(memory_format=layout)
    optimizer = s3n.sgd(model, rate)
    if way == "compiled":
        model.features = torch.compile(model.features)
    decay = torch.optim.lr_scheduler.StepLR(optimizer, schedule["decay_after_epoch"])
    spread = (1 - s3n.KEPT_ON_LABEL) * pictures.classes / (pictures.classes - 1)
    for epoch in range(schedule["epochs"]):
        is_split = epoch >= schedule["split_after_epoch"]
        model.train()
        order = torch.randperm(len(pictures.training)).tolist()
        for images, labels in batches(pictures.training, order, training, values["batch"], layout):
            optimizer.zero_grad()
            logits = model(images, int(is_split), torch.rand(len(images), s3n.GRID**2))
            loss = s3n.loss(logits, labels) if is_s3n else F.cross_entropy(logits[0], labels, label_smoothing=spread)
            loss.backward()
            optimizer.step()
        decay.step()
        model.eval()
        right = [0] * (4 if is_s3n else 1)
        with torch.inference_mode():
            for images, labels in batches(pictures.test, range(len(pictures.test)), testing, values["batch"], layout):
                logits = model(images, 2 if is_split else 1, torch.rand(len(images), s3n.GRID**2))
                for head, found in enumerate(logits):
                    right[head] += int((found.argmax(dim=1) == labels).sum())
        heads = HEADS if is_s3n else ("raw",)
        yield epoch + 1, {head: 100 * count / len(pictures.test) for head, count in zip(heads, right)}


def main(variant, seed, backbone, recipe, folder, out, way=None):
    path = Path(out, f"{variant}-seed{seed}.csv")
    if path.exists():
        return
    values = json.loads(Path(recipe).read_text())["values"]
    rows = []
    for epoch, accuracies in train(variant, int(seed), backbone, values, folder, way):
        told = {"run": f"{variant}-seed{seed}", "epoch": epoch, "top1": next(iter(accuracies.values()))}
        print(json.dumps({"event": "epoch_finished", "fields": told}), file=sys.stderr, flush=True)
        rows += [(variant, seed, epoch, head, accuracy) for head, accuracy in accuracies.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with open(partial, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("variant", "seed", "epoch", "head", "top1_percent"), *rows])
    partial.rename(path)


main(*sys.argv[1:])
