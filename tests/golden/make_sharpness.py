#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes sharpness.json: losses, gradients and Hessians of small networks in double precision, by PyTorch's automatic
differentiation, rounded to nine digits.

    python3 tests/golden/make_sharpness.py > tests/golden/sharpness.json

Nothing but results is stored. chirp(i, a) = sin(0.37 i i + 1.7 i + a), evaluated from left to right in double
precision, makes element i of an array, rounded to single precision; t is the number of a tensor in the order of the
network's parameters, i in torch's order, s = 2 / sqrt(fan_in), fan_in = size / shape[0], for a weight and 0.25 for a
bias:
    weights      s chirp(i, t)
    direction    s chirp(i, 200 + t) and, for the second one, s chirp(i, 220 + t)
    diagonal     0.6 + 0.5 chirp(i, 300 + t), the preconditioner P
    images       bytes, 255 (0.5 + 0.5 chirp(i, 100)) rounded to whole numbers, i over (image, height, width)
    labels       (5 n + 1 + n // 3) mod classes of image n

loss, gradient, product: the mean cross-entropy over IMAGES images at the weights, its gradient and its Hessian times
    the first direction, thirty elements (or all) of each parameter with their indices in torch's order
eigenvalues: of the whole Hessian, the three largest and the smallest; preconditioned: the largest of P^-1/2 H P^-1/2
plane: weights + a d1 + b d2 with the two directions times 0.5. points: [a, b, loss] at random points of the grid of
    GRID columns and rows, -1 to 1 each; at: a, b, loss, ∂a, ∂b, ∂aa, ∂ab, ∂bb at one point

At the weights no ReLU is near its kink, so that single precision takes the same branches; this is asserted.
"""
import json
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch.nn.utils.stateless import functional_call

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

IMAGES = 43  # no whole number of blocks
GRID = (9, 7)
MARGIN = 1e-6
NETWORKS = {
    # Every kind of layer; layer by layer in single precision, too.
    'every layer': ([9, 8, 1], [
        {'type': 'conv2d', 'out_channels': 5, 'kernel': 3, 'padding': 1}, {'type': 'relu'},
        {'type': 'conv2d', 'out_channels': 6, 'kernel': 3, 'stride': 2, 'padding': 1}, {'type': 'tanh'},
        {'type': 'max_pool2d', 'kernel': 3, 'stride': 2, 'padding': 1},
        {'type': 'avg_pool2d', 'kernel': 2, 'stride': 1}, {'type': 'flatten'},
        {'type': 'dense', 'units': 9}, {'type': 'sigmoid'}, {'type': 'dropout', 'rate': 0.4},
        {'type': 'dense', 'units': 4}]),
    # The reference network's kinds, whose convolutions are fused with what follows; one is padded.
    'fused': ([14, 12, 1], [
        {'type': 'conv2d', 'out_channels': 8, 'kernel': 3}, {'type': 'relu'},
        {'type': 'max_pool2d', 'kernel': 2, 'stride': 2},
        {'type': 'conv2d', 'out_channels': 6, 'kernel': 3, 'padding': 1}, {'type': 'relu'},
        {'type': 'max_pool2d', 'kernel': 2, 'stride': 2}, {'type': 'flatten'},
        {'type': 'dense', 'units': 12}, {'type': 'relu'}, {'type': 'dense', 'units': 5}]),
    # The images go into a dense layer at once.
    'dense': ([5, 5, 1], [
        {'type': 'flatten'}, {'type': 'dense', 'units': 8}, {'type': 'tanh'}, {'type': 'dense', 'units': 3}]),
}


def chirp(n, a):
    i = np.arange(n, dtype=np.float64)
    return np.sin(0.37 * i * i + 1.7 * i + a)


def single(values):
    return np.float32(values).astype(np.float64)


def make_layer(layer, shape):
    kind = layer['type']
    window = [layer.get('kernel'), layer.get('stride', 1), layer.get('padding', 0)]
    return {'conv2d': lambda: torch.nn.Conv2d(shape[0], layer['out_channels'], *window),
            'max_pool2d': lambda: torch.nn.MaxPool2d(*window), 'avg_pool2d': lambda: torch.nn.AvgPool2d(*window),
            'dense': lambda: torch.nn.Linear(math.prod(shape), layer['units']), 'relu': torch.nn.ReLU,
            'tanh': torch.nn.Tanh, 'sigmoid': torch.nn.Sigmoid, 'flatten': torch.nn.Flatten,
            'dropout': lambda: torch.nn.Dropout(layer['rate'])}[kind]()


class Subject:
    def __init__(self, shape, layers):
        modules, output = [], [1, shape[0], shape[1]]
        for layer in layers:
            modules.append(make_layer(layer, output))
            output = list(torch.nn.Sequential(*modules).eval()(torch.zeros(1, 1, *shape[:2]))[0].shape)
        self.net, self.classes = torch.nn.Sequential(*modules).eval(), output[0]
        self.names = [name for name, _ in self.net.named_parameters()]
        self.shapes = [p.shape for p in self.net.parameters()]
        pixels = shape[0] * shape[1]
        codes = np.rint(255 * (0.5 + 0.5 * chirp(IMAGES * pixels, 100))).astype(np.float32)
        self.images = torch.from_numpy((codes / np.float32(255)).astype(np.float64)).reshape(IMAGES, 1, *shape[:2])
        self.labels = torch.tensor([(5 * n + 1 + n // 3) % self.classes for n in range(IMAGES)])
        self.weights = self.array(0)
        self.check_branches()

    def array(self, number, offset=None, scale=None):
        """A flat vector over all parameters."""
        parts = []
        for t, shape in enumerate(self.shapes):
            s = scale or (2 / math.sqrt(math.prod(shape[1:])) if len(shape) > 1 else 0.25)
            parts.append(single((offset or 0) + s * chirp(math.prod(shape), number + t)))
        return torch.from_numpy(np.concatenate(parts))

    def loss(self, weights):
        sizes = [math.prod(s) for s in self.shapes]
        named = {n: w.reshape(s) for n, w, s in zip(self.names, weights.split(sizes), self.shapes)}
        return F.cross_entropy(functional_call(self.net, named, self.images), self.labels)

    def check_branches(self):
        sizes = [math.prod(s) for s in self.shapes]
        with torch.no_grad():
            for p, w in zip(self.net.parameters(), self.weights.split(sizes)):
                p.copy_(w.reshape(p.shape))
            x = self.images
            for module in self.net:
                if isinstance(module, torch.nn.ReLU):
                    assert x.abs().min() > MARGIN, x.abs().min()
                x = module(x)

    def sampled(self, vector):
        sizes = [math.prod(s) for s in self.shapes]
        result = {}
        for name, part in zip(self.names, vector.split(sizes)):
            indices = sorted({round(i) for i in np.linspace(0, len(part) - 1, 30)})
            result[name] = {'indices': indices, 'values': part.detach().numpy()[indices]}
        return result


def gradient(function, at):
    at = at.clone().requires_grad_()
    value = function(at)
    return value.detach(), torch.autograd.grad(value, at)[0]


def hessian(function, at):
    at = at.clone().requires_grad_()
    slope = torch.autograd.grad(function(at), at, create_graph=True)[0]
    return torch.stack([torch.autograd.grad(g, at, retain_graph=True)[0] for g in slope])


def study(shape, layers):
    subject = Subject(shape, layers)
    loss, slope = gradient(subject.loss, subject.weights)
    h = hessian(subject.loss, subject.weights)
    h = (h + h.T) / 2
    values = np.linalg.eigvalsh(h.numpy())
    root = subject.array(300, 0.6, 0.5).numpy() ** -0.5
    directions = [subject.array(200), subject.array(220)]

    def in_plane(ab):
        return subject.loss(subject.weights + 0.5 * ab[0] * directions[0] + 0.5 * ab[1] * directions[1])

    random = np.random.default_rng(5)
    points = []
    for _ in range(12):
        a, b = (2 * random.integers(n) / (n - 1) - 1 for n in GRID)
        points.append([a, b, in_plane(torch.tensor([a, b])).item()])
    at = torch.tensor([0.25, -0.4])
    value, g = gradient(in_plane, at)
    second = hessian(in_plane, at).numpy()
    return {'network': {'input': shape, 'layers': layers}, 'loss': loss.item(), 'gradient': subject.sampled(slope),
            'product': subject.sampled(h @ directions[0]), 'eigenvalues': [*values[:-4:-1], values[0]],
            'preconditioned': np.linalg.eigvalsh(root[:, None] * h.numpy() * root)[-1], 'points': points,
            'at': [*at.tolist(), value.item(), *g.tolist(), second[0, 0], second[0, 1], second[1, 1]]}


def rounded(value):
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [rounded(v) for v in value]
    return float(f'{value:.9g}') if isinstance(value, (float, np.floating)) else value


def text_of(value, indent=0):
    """Objects of objects a member a line."""
    if isinstance(value, dict) and any(isinstance(v, (dict, list)) for v in value.values()):
        pad = ' ' * (indent + 1)
        members = [f'{pad}{json.dumps(k)}: {text_of(v, indent + 1)}' for k, v in value.items()]
        return '{\n' + ',\n'.join(members) + '\n' + ' ' * indent + '}'
    return json.dumps(value)


print(text_of(rounded({'source': f'make_sharpness.py, torch {torch.__version__}', 'dtype': 'float64',
                       'images': IMAGES, 'grid': list(GRID),
                       'networks': {name: study(*network) for name, network in NETWORKS.items()}})))
