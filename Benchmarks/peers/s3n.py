"""S3N (Ding et al., ICCV 2019) in plain PyTorch, stage by stage as the paper and its released code have it.

Written to be fast where that does not change the method: stages work on the whole batch, and only what differs from
image to image, the bumps of its peaks, is done image by image.
"""

import torch
import torch.nn.functional as F
from torch import nn

import vision

FLOOR = 0.09
GRID = 31
FILTER = 2 * GRID - 1
KEPT_ON_LABEL = 0.85


def gaussian_filter(side=FILTER, width=13.0):
    """A Gaussian with a middle of 1 and a full width at half maximum of `width` cells, (1, 1, side, side)."""
    offset = torch.arange(side, dtype=torch.float64) - (side - 1) / 2
    profile = torch.exp(-4 * torch.log(torch.tensor(2.0, dtype=torch.float64)) * offset**2 / width**2)
    return torch.outer(profile, profile).float()[None, None]


def correlate(planes, weight):
    """What F.conv2d is of planes (N, 1, H, H) and one filter (1, 1, F, F), by FFT, which is faster at these sizes."""
    # No position wraps round that a filter within the planes meets; a multiple of 32 is quick to transform.
    size = (-(-planes.shape[-1] // 32) * 32,) * 2
    spectrum = torch.fft.rfft2(planes, size) * torch.fft.rfft2(weight, size).conj()
    valid = planes.shape[-1] - weight.shape[-1] + 1
    return torch.fft.irfft2(spectrum, size)[..., :valid, :valid]


def smoothing(attention, weight, correlate=F.conv2d):
    """The sampling grid (N, 2, G, G) of attention (N, G, G): the mean position of the attention around each cell."""
    padding = (weight.shape[-1] - 1) // 2
    padded = F.pad(attention[:, None], (padding,) * 4, mode="replicate")
    at = (torch.arange(padded.shape[-1], dtype=attention.dtype) - padding) / (attention.shape[-1] - 1)
    planes = torch.cat([padded, padded * at[None, :], padded * at[:, None]])
    mass, x, y = correlate(planes, weight).chunk(3)
    return torch.clamp(torch.cat([x / mass, y / mass], dim=1) * 2 - 1, -1, 1)


def resample(images, grid):
    """The images (N, 3, H, W) sampled at a coarse grid (N, 2, G, G) that is resized to their size."""
    large = F.interpolate(grid, size=images.shape[-2:], mode="bilinear", align_corners=True)
    return F.grid_sample(images, large.permute(0, 2, 3, 1), mode="bilinear", align_corners=True)


class Scale(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor([value]))


def buffer(channels):
    convolution = nn.Conv2d(channels, channels, 3, stride=2, padding=1, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(channels), nn.ReLU(inplace=True))


def backbone(name):
    """A torchvision ResNet down to its last features, and their channels."""
    network = getattr(vision.models, name)(weights=None)
    return nn.Sequential(*list(network.children())[:-2]), network.fc.in_features


class S3N(nn.Module):
    """Parameter names are the released code's; `features` is any backbone that gives `channels`."""

    def __init__(self, features, channels, classes, radius=0.09, radius_inv=0.3, floor=FLOOR, correlate=correlate):
        super().__init__()
        self.features = features
        self.floor, self.correlate = floor, correlate
        self.raw_classifier = nn.Linear(channels, classes)
        self.sampler_buffer = buffer(channels)
        self.sampler_classifier = nn.Linear(channels, classes)
        self.sampler_buffer1 = buffer(channels)
        self.sampler_classifier1 = nn.Linear(channels, classes)
        self.con_classifier = nn.Linear(3 * channels, classes)
        self.radius = Scale(radius)
        self.radius_inv = Scale(radius_inv)
        self.filter = nn.Conv2d(1, 1, FILTER, bias=False)
        with torch.no_grad():
            self.filter.weight.copy_(gaussian_filter())

    @torch.no_grad()
    def response(self, features):
        """Class response maps to one map an image, from 0 to 1, (N, G, G)."""
        weight = self.raw_classifier.weight[:, :, None, None]
        maps = F.conv2d(features, weight, self.raw_classifier.bias)
        maps = F.interpolate(maps, size=(GRID, GRID), mode="bilinear", align_corners=True)
        top, classes = F.softmax(maps.mean(dim=(2, 3)), dim=1).topk(min(5, maps.shape[1]), dim=1)
        entropy = -(top * top.log()).sum(dim=1)
        chosen = maps.gather(1, classes[:, :, None, None].expand(-1, -1, GRID, GRID))
        response = torch.where((entropy < 0.2)[:, None, None], chosen[:, 0], chosen.mean(dim=1))
        low, high = response.amin(dim=(1, 2), keepdim=True), response.amax(dim=(1, 2), keepdim=True)
        return torch.where(high > low, (response - low) / (high - low), torch.zeros_like(response))

    @staticmethod
    def peaks(response):
        """For each image the rows (cell, strength) of its peaks, in row-major order."""
        _, first = F.max_pool2d(response[:, None], 3, stride=1, padding=1, return_indices=True)
        own = torch.arange(GRID * GRID).reshape(GRID, GRID)
        is_peak = (first[:, 0] == own) & (response >= response.mean(dim=(1, 2), keepdim=True)) & (response > 0)
        return [(torch.nonzero(mask.flatten())[:, 0], map[mask]) for mask, map in zip(is_peak, response)]

    def bumps(self, cells, heights, spreads, radius):
        """The floor and a Gaussian bump at each cell, (G, G)."""
        at = torch.arange(GRID, dtype=heights.dtype)
        rows = (at - (cells // GRID)[:, None]) ** 2
        columns = (at - (cells % GRID)[:, None]) ** 2
        squared = rows[:, :, None] + columns[:, None, :]
        deviation = (radius * spreads * GRID)[:, None, None]
        return self.floor + (heights[:, None, None] * torch.exp(-squared / (2 * deviation**2))).sum(dim=0)

    def attention(self, peaks, p, draws):
        """The attention of the discriminative and of the complementary branch, both (N, G, G)."""
        maps = ([], [])
        for image, (cells, strengths) in enumerate(peaks):
            everything = torch.ones_like(strengths, dtype=torch.bool)
            spreads = [strengths.sqrt(), strengths.sqrt()]
            if p == 0:
                taken = (everything, everything)
            elif p == 1:
                is_strong = strengths > draws[image, : len(strengths)]
                taken = (is_strong, ~is_strong)
            else:
                order = torch.arange(len(strengths))
                taken = tuple(order == (pick(strengths) if len(strengths) else -1) for pick in (torch.argmax, torch.argmin))
                spreads[0] = strengths
            for branch, (mask, heights, radius) in enumerate(
                ((taken[0], strengths, self.radius.scale), (taken[1], 1 / strengths, self.radius_inv.scale))
            ):
                maps[branch].append(self.bumps(cells[mask], heights[mask], spreads[branch][mask], radius))
        return torch.stack(maps[0]), torch.stack(maps[1])

    def forward(self, images, p, draws=None):
        """The logits of the joint, raw, discriminative and complementary head."""
        features = self.features(images)
        pooled = [features.mean(dim=(2, 3))]
        raw = self.raw_classifier(pooled[0])
        # Under autocast, too: places are too fine for bfloat16.
        with torch.autocast("cpu", enabled=False):
            looks = self.attention(self.peaks(self.response(features.detach().float())), p, draws)
            sampled = [resample(images, smoothing(attention, self.filter.weight, self.correlate)) for attention in looks]
        branches = ((self.sampler_buffer, self.sampler_classifier), (self.sampler_buffer1, self.sampler_classifier1))
        logits = []
        for images, (after, classifier) in zip(sampled, branches):
            pooled.append(after(self.features(images)).mean(dim=(2, 3)))
            logits.append(classifier(pooled[-1]))
        return self.con_classifier(torch.cat(pooled, dim=1)), raw, *logits


def loss(logits, labels):
    joint, raw, discriminative, complementary = logits
    # PyTorch spreads over all classes, the label's too; the method over the others.
    spread = (1 - KEPT_ON_LABEL) * raw.shape[1] / (raw.shape[1] - 1)
    return (
        F.cross_entropy(joint, labels)
        + F.cross_entropy(raw, labels, label_smoothing=spread)
        + F.cross_entropy(discriminative, labels)
        + F.cross_entropy(complementary, labels, label_smoothing=spread)
    )


def sgd(model, rate=1e-3):
    """The released groups: classifiers at ten times the rate, radii and filter at 1e-4 times."""
    groups = {10.0: [], 1e-4: [], 1.0: []}
    for name, parameter in model.named_parameters():
        factor = 10.0 if "classifier" in name else 1e-4 if "radius" in name or "filter" in name else 1.0
        groups[factor].append(parameter)
    parameters = [{"params": group, "lr": rate * factor} for factor, group in groups.items() if group]
    return torch.optim.SGD(parameters, lr=rate, momentum=0.9, weight_decay=1e-4, fused=True)
