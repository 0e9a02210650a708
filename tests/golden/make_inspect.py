#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes inspect.json: what PyTorch sees inside small networks, in double precision, rounded to nine digits.

    python3 tests/golden/make_inspect.py > tests/golden/inspect.json

Weights and images are not stored. chirp(i, a) = sin(0.37 i i + 1.7 i + a), evaluated from left to right in double
precision, makes element i of an array, rounded to single precision:
    weights   s * chirp(i, a) with a the number of the tensor in the order of the network's parameters, i in torch's
              order, s = 2 / sqrt(fan_in), fan_in = size / shape[0], for a weight and 0.25 for a bias
    images    0.5 + 0.5 * chirp(i, 100), i over (image, height, width, channels), channels fastest
    conv2d    0.5 * chirp(i, a) with a = 0, 1, 2, 3 for in, weights, bias and dout, in the order of
              engine/kernels/conv2d.h: maps (height, width, channels), weights (ky, kx, in, out)
All feature maps and their deltas are (height, width, channels); a flattened map keeps that order. Dropout is off.

networks: what image 0 does. `label`, `loss` (cross-entropy), `probabilities`; of every layer `outputs` and `deltas`,
    ∂loss/∂output; `image_delta`, ∂loss/∂pixel; `gradients`, ∂loss/∂weight of thirty elements (or all) of each parameter
    with their indices in torch's order; `jacobian`, ∂logit/∂pixel as (classes, pixels), and its singular values;
    `push`, the shortest change of the image that to first order makes another class's logit equal the answer's;
    `spectra` of every weight as a matrix (out, rest), effective_rank = exp(entropy of σ/Σσ)
ranks: accuracy and mean loss over 64 images, with their labels, when a weight is cut down to rank r = 1, 2, … by its
    singular value decomposition
convolutions: one image forward and back

Networks stay away from kinks and ties, so that single precision takes the same branches; this is asserted.
"""
import json
import math
import textwrap

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

NETWORKS = {
    # Every layer: stride, padding, overlapping average pooling, dropout.
    'every layer': ([9, 8, 1], 3, [
        {'type': 'conv2d', 'out_channels': 5, 'kernel': 3, 'padding': 1}, {'type': 'relu'},
        {'type': 'max_pool2d', 'kernel': 2, 'stride': 2},
        {'type': 'conv2d', 'out_channels': 6, 'kernel': 3, 'stride': 2, 'padding': 1}, {'type': 'tanh'},
        {'type': 'avg_pool2d', 'kernel': 2, 'stride': 1}, {'type': 'flatten'},
        {'type': 'dense', 'units': 11}, {'type': 'sigmoid'}, {'type': 'dropout', 'rate': 0.4},
        {'type': 'dense', 'units': 4}]),
    # Dilated convolutions, overlapping max pooling with padding.
    'dilated': ([8, 8, 1], 1, [
        {'type': 'conv2d', 'out_channels': 4, 'kernel': 3, 'padding': 2, 'dilation': 2}, {'type': 'tanh'},
        {'type': 'max_pool2d', 'kernel': 3, 'stride': 2, 'padding': 1},
        {'type': 'conv2d', 'out_channels': 6, 'kernel': 2, 'stride': 2, 'padding': 2, 'dilation': 3}, {'type': 'relu'},
        {'type': 'flatten'}, {'type': 'dense', 'units': 5}]),
    # Two input channels, average pooling with padding, max pooling with gaps between its windows.
    'two channels': ([10, 9, 2], 0, [
        {'type': 'avg_pool2d', 'kernel': 3, 'stride': 1, 'padding': 1},
        {'type': 'conv2d', 'out_channels': 8, 'kernel': 3, 'stride': 1, 'padding': 1}, {'type': 'relu'},
        {'type': 'max_pool2d', 'kernel': 2, 'stride': 3}, {'type': 'dropout', 'rate': 0.25},
        {'type': 'conv2d', 'out_channels': 3, 'kernel': 2, 'padding': 1}, {'type': 'sigmoid'}, {'type': 'flatten'},
        {'type': 'dense', 'units': 3}]),
    # No convolution: a flattened map of two channels, whose columns torch orders (channels, height, width).
    'dense': ([4, 4, 2], 5, [
        {'type': 'flatten'}, {'type': 'dense', 'units': 20}, {'type': 'tanh'}, {'type': 'dropout', 'rate': 0.5},
        {'type': 'dense', 'units': 12}, {'type': 'relu'}, {'type': 'dense', 'units': 6}]),
}
RANKS = ('dilated', ['3.weight', '6.weight'])
RANK_IMAGES = 64
MARGIN = 2e-5  # of kinks and ties: far above what single precision rounds

# height, width, in_channels, out_channels, kernel, stride, padding, dilation
CONVOLUTIONS = [(9, 8, 1, 5, 3, 1, 2, 2), (7, 6, 3, 4, 2, 1, 0, 3), (10, 11, 2, 9, 3, 2, 3, 3),
                (8, 7, 4, 8, 3, 1, 0, 1), (12, 5, 5, 3, 3, 3, 2, 2)]


def chirp(n, a, first=0):
    i = np.arange(first, first + n, dtype=np.float64)
    return np.sin(0.37 * i * i + 1.7 * i + a)


def single(values):
    return np.float32(values).astype(np.float64)


def make_image(shape, n):
    size = math.prod(shape)
    return single(0.5 + 0.5 * chirp(size, 100, n * size)).reshape(shape)


def make_layer(layer, shape):
    """The torch module of a layer for an input (height, width, channels) or (features)."""
    kind = layer['type']
    window = [layer.get('kernel'), layer.get('stride', 1), layer.get('padding', 0)]
    return {'conv2d': lambda: torch.nn.Conv2d(shape[-1], layer['out_channels'], *window, layer.get('dilation', 1)),
            'max_pool2d': lambda: torch.nn.MaxPool2d(*window), 'avg_pool2d': lambda: torch.nn.AvgPool2d(*window),
            'dense': lambda: torch.nn.Linear(math.prod(shape), layer['units']), 'relu': torch.nn.ReLU,
            'tanh': torch.nn.Tanh, 'sigmoid': torch.nn.Sigmoid, 'flatten': torch.nn.Flatten,
            'dropout': lambda: torch.nn.Dropout(layer['rate'])}[kind]()


def channels_last(map_):
    """(channels, height, width) -> (height, width, channels)."""
    return map_.permute(1, 2, 0)


class Net:
    def __init__(self, shape, layers):
        self.shape = shape
        modules, output = [], shape
        for layer in layers:
            modules.append(make_layer(layer, output))
            x = torch.nn.Sequential(*modules).eval()(torch.zeros(1, shape[2], shape[0], shape[1]))
            output = list(channels_last(x[0]).shape) if x.dim() == 4 else list(x[0].shape)
        self.net = torch.nn.Sequential(*modules).eval()
        with torch.no_grad():
            for t, p in enumerate(self.net.parameters()):
                scale = 2 / math.sqrt(p[0].numel()) if p.dim() > 1 else 0.25
                p.copy_(torch.from_numpy(single(scale * chirp(p.numel(), t))).reshape(p.shape))

    def forward(self, image):
        """image: (height, width, channels) tensor. Every layer's output, with the image before them."""
        values = [image]
        x = image.permute(2, 0, 1)[None]
        for module in self.net:
            x = module(x)
            x.retain_grad()
            values.append(x)
        return values


def explain(shape, label, layers):
    net = Net(shape, layers)
    image = torch.from_numpy(make_image(shape, 0)).requires_grad_()
    values = net.forward(image)
    check_branches(layers, values)
    logits = values[-1][0]
    loss = F.cross_entropy(logits[None], torch.tensor([label]))
    loss.backward(retain_graph=True)
    outputs, deltas, map_shape = [], [], None
    for layer, x in zip(layers, values[1:]):
        arrays = x.detach()[0], x.grad[0]
        if x.dim() == 4:
            map_shape = x.shape[1:]
            arrays = [channels_last(a) for a in arrays]
        elif layer['type'] == 'flatten':
            map_shape = map_shape or (shape[2], shape[0], shape[1])
            arrays = [channels_last(a.reshape(map_shape)) for a in arrays]
        outputs.append(arrays[0].numpy().ravel())
        deltas.append(arrays[1].numpy().ravel())
    gradients, spectra = {}, {}
    for name, p in net.net.named_parameters():
        flat = p.grad.numpy().ravel()
        indices = sorted({round(i) for i in np.linspace(0, flat.size - 1, 30)})
        gradients[name] = {'indices': indices, 'values': flat[indices]}
        if p.dim() > 1:
            spectra[name] = spectrum(matrix_of(p))
    result = {'network': {'input': shape, 'layers': layers}, 'label': label, 'loss': loss.item(),
              'probabilities': F.softmax(logits, 0).detach().numpy(), 'outputs': outputs, 'deltas': deltas,
              'image_delta': image.grad.numpy().ravel(), 'gradients': gradients}
    jacobian = np.stack([torch.autograd.grad(z, image, retain_graph=True)[0].numpy().ravel() for z in logits])
    result['jacobian'] = list(jacobian)
    result['jacobian_singular_values'] = np.linalg.svd(jacobian, compute_uv=False)
    result['push'] = push(jacobian, logits.detach().numpy())
    result['spectra'] = spectra
    return result


def push(jacobian, logits):
    answer = int(logits.argmax())
    best = None
    for c in range(len(logits)):
        if c == answer:
            continue
        g, d = jacobian[answer] - jacobian[c], logits[answer] - logits[c]
        length = d / np.linalg.norm(g)
        if best is None or length < best['length']:
            best = {'class': c, 'length': length, 'change': -g * d / (g @ g)}
    return best


def matrix_of(p):
    return p.detach().numpy().reshape(p.shape[0], -1)


def spectrum(matrix):
    values = np.linalg.svd(matrix, compute_uv=False)
    share = values / values.sum()
    return {'singular_values': values, 'effective_rank': math.exp(-(share * np.log(share)).sum()),
            'frobenius': np.linalg.norm(matrix)}


def check_branches(layers, values):
    """No relu near its kink; in no pooling window two different largest values close to each other."""
    for layer, x in zip(layers, values):
        x = x.detach()
        if layer['type'] == 'relu':
            assert x.abs().min() > MARGIN, x.abs().min()
        if layer['type'] == 'max_pool2d':
            k, s, p = layer['kernel'], layer['stride'], layer.get('padding', 0)
            windows = F.pad(x, (p,) * 4, value=-math.inf).unfold(2, k, s).unfold(3, k, s).flatten(4).sort(-1).values
            gap = (windows[..., -1] - windows[..., -2])
            assert ((gap == 0) & (windows[..., -1] == 0) | (gap > MARGIN)).all(), gap.min()


def ranks(name, parameters):
    shape, _, layers = NETWORKS[name]
    net = Net(shape, layers)
    images = torch.from_numpy(np.stack([make_image(shape, n) for n in range(RANK_IMAGES)])).permute(0, 3, 1, 2)
    with torch.no_grad():
        # The network's own answers for three images of four, another class for the fourth.
        logits = net.net(images)
        labels = logits.argmax(1)
        labels[3::4] = (labels[3::4] + 1) % logits.shape[1]
        result = {'network': name, 'labels': labels.numpy()}
        for parameter in parameters:
            p = dict(net.net.named_parameters())[parameter]
            kept = p.clone()
            u, s, v = np.linalg.svd(matrix_of(p), full_matrices=False)
            accuracy, losses = [], []
            for r in range(1, len(s) + 1):
                p.copy_(torch.from_numpy((u[:, :r] * s[:r]) @ v[:r]).reshape(p.shape))
                logits = net.net(images)
                two = logits.topk(2).values
                assert (two[:, 0] - two[:, 1]).min() > MARGIN, 'two logits too close to each other'
                accuracy.append((logits.argmax(1) == labels).double().mean().item())
                losses.append(F.cross_entropy(logits, labels).item())
            p.copy_(kept)
            result[parameter] = {'accuracy': accuracy, 'loss': losses}
    return result


def convolution(height, width, channels, out, kernel, stride, padding, dilation):
    def array(shape, a):
        return torch.from_numpy(single(0.5 * chirp(math.prod(shape), a)).reshape(shape))
    x = array((height, width, channels), 0).requires_grad_()
    w = array((kernel, kernel, channels, out), 1).requires_grad_()
    b = array((out,), 2).requires_grad_()
    y = F.conv2d(x.permute(2, 0, 1)[None], w.permute(3, 2, 0, 1), b, stride, padding, dilation)[0].permute(1, 2, 0)
    y.backward(array(tuple(y.shape), 3))
    return {'shape': [height, width, channels, out, kernel, stride, padding, dilation], 'out_shape': list(y.shape),
            'out': y.detach().numpy().ravel(), 'din': x.grad.numpy().ravel(), 'dweights': w.grad.numpy().ravel(),
            'dbias': b.grad.numpy()}


def text_of(value, indent=0):
    """JSON with nine digits; objects a member a line, lists of numbers filled up to the line's end."""
    pad = ' ' * (indent + 1)
    if isinstance(value, dict) and 'type' not in value:
        members = [f'{pad}{json.dumps(k)}: {text_of(v, indent + 1)}' for k, v in value.items()]
        return '{\n' + ',\n'.join(members) + '\n' + ' ' * indent + '}'
    if isinstance(value, (list, tuple, np.ndarray)):
        parts = [text_of(v, indent + 1) for v in value]
        if len(value) > 0 and isinstance(value[0], (dict, list, np.ndarray)):
            return '[\n' + ',\n'.join(pad + p for p in parts) + '\n' + ' ' * indent + ']'
        line = '[' + ', '.join(parts) + ']'
        return line if len(line) < 90 else '\n'.join(textwrap.wrap(line, 100, initial_indent=pad,
                                                                      subsequent_indent=pad)).lstrip()
    if isinstance(value, (float, np.floating)):
        return repr(float(f'{value:.9g}')).removesuffix('.0')
    if isinstance(value, np.integer):
        return str(int(value))
    return json.dumps(value)


print(text_of({'source': f'make_inspect.py, torch {torch.__version__}', 'dtype': 'float64',
               'networks': {name: explain(*network) for name, network in NETWORKS.items()},
               'ranks': ranks(*RANKS), 'convolutions': [convolution(*c) for c in CONVOLUTIONS]}))
