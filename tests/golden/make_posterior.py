#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes posterior.json: the posterior of a last layer by NumPy, in double precision, rounded to nine digits.

    python3 tests/golden/make_posterior.py > tests/golden/posterior.json

laplace: a network whose weights are those of make_inspect.py, reading images that are not stored: pixel k of all images
    one after the other is bits 16 … 23 of x_(k+1), x_0 = 1, x_(k+1) = (1103515245 x_k + 12345) mod 2^31, by 255.
    Row (class, feature) of the curvature is class * features + feature, the last feature the 1 of the bias.
    `curvature`: its trace and thirty elements; for two prior precisions log |H + precision I|, the covariance of one
    image's logits, and what a million networks drawn from it say, with their standard error
exact: two classes and two pixels, where the posterior is one of three numbers, w_1 - w_0, and what it says of an image
    is an integral over them, taken on a grid. `weights` are the most probable ones, (classes, features). In one case
    the posterior is nearly normal, in the other it is not: `laplace` says what the approximation makes of it
"""
import json
import math
import textwrap

import numpy as np

random = np.random.default_rng(11)


def chirp(n, a):
    i = np.arange(n, dtype=np.float64)
    return np.sin(0.37 * i * i + 1.7 * i + a)


def single(values):
    return np.float32(values).astype(np.float64)


def pixels(count):
    x, values = 1, []
    for _ in range(count):
        x = (1103515245 * x + 12345) % 2 ** 31
        values.append(x >> 16 & 255)
    return np.array(values, float) / 255


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def entropy(p):
    return -(p * np.log2(np.maximum(p, 1e-300))).sum(-1)


def curvature(phi, p):
    """(classes * features)², phi: (images, features), p: (images, classes)."""
    s = np.einsum('ia,ab->iab', p, np.eye(p.shape[1])) - p[:, :, None] * p[:, None, :]
    h = np.einsum('iab,ij,ik->ajbk', s, phi, phi, optimize=True)
    return h.reshape(p.shape[1] * phi.shape[1], -1)


def logit_covariance(h, precision, phi):
    classes = h.shape[0] // len(phi)
    j = np.kron(np.eye(classes), phi)
    return j @ np.linalg.solve(h + precision * np.eye(len(h)), j.T)


def vote(p):
    mean = p.mean(0)
    return {'mean': mean, 'entropy': entropy(mean), 'within': entropy(p).mean()}


LAYERS = [{'type': 'flatten'}, {'type': 'dense', 'units': 12}, {'type': 'relu'}, {'type': 'dense', 'units': 5}]
IMAGES, PIXELS, HIDDEN, CLASSES, SHOWN = 300, 30, 12, 5, 7


def laplace():
    x = pixels(IMAGES * PIXELS).reshape(IMAGES, PIXELS)
    w1 = single(2 / math.sqrt(PIXELS) * chirp(HIDDEN * PIXELS, 0)).reshape(HIDDEN, PIXELS)
    b1 = single(0.25 * chirp(HIDDEN, 1))
    w2 = single(2 / math.sqrt(HIDDEN) * chirp(CLASSES * HIDDEN, 2)).reshape(CLASSES, HIDDEN)
    b2 = single(0.25 * chirp(CLASSES, 3))
    features = np.maximum(x @ w1.T + b1, 0)
    assert 0.2 < (features > 0).mean() < 0.8
    phi = np.hstack([features, np.ones((IMAGES, 1))])
    logits = features @ w2.T + b2
    h = curvature(phi, softmax(logits))
    rows, columns = random.integers(0, len(h), (2, 30))
    result = {'network': {'input': [6, 5, 1], 'layers': LAYERS}, 'images': IMAGES, 'image': SHOWN,
              'curvature': {'trace': np.trace(h), 'rows': rows, 'columns': columns, 'values': h[rows, columns]},
              'logits': logits[SHOWN], 'posteriors': []}
    for precision in (0.5, 20.0):
        c = logit_covariance(h, precision, phi[SHOWN])
        said = vote(softmax(random.multivariate_normal(logits[SHOWN], c, 1000000)))
        result['posteriors'].append({'precision': precision, 'log_determinant': np.linalg.slogdet(
            h + precision * np.eye(len(h)))[1], 'covariance': c, **said})
    return result


def exact(count, precision, shown):
    """shown: pixels of the image asked about."""
    x = random.integers(0, 256, (count, 2))
    labels = (x[:, 0] - x[:, 1] + random.normal(0, 90 if count > 20 else 0, count) > 0).astype(int)
    assert 0 < labels.sum() < count
    phi = np.hstack([x / 255, np.ones((count, 1))])
    w = np.zeros((2, 3))
    for _ in range(100):  # Newton's method
        p = softmax(phi @ w.T)
        gradient = ((p - np.eye(2)[labels]).T @ phi + precision * w).ravel()
        w -= np.linalg.solve(curvature(phi, p) + precision * np.eye(6), gradient).reshape(2, 3)
    assert np.abs(gradient).max() < 1e-10
    w = single(w)
    h = curvature(phi, softmax(phi @ w.T))
    f = np.append(np.array(shown) / 255, 1)
    # The prior of d = w_1 - w_0 is N(0, 2 / precision), the likelihood of a label sigmoid(±d φ).
    d0 = w[1] - w[0]
    flat = phi * np.sqrt(softmax(phi @ w.T).prod(1))[:, None]
    root = np.linalg.cholesky(np.linalg.inv(flat.T @ flat + precision / 2 * np.eye(3)))
    wide = math.sqrt(2 / precision) * np.eye(3)
    at, scale = (d0, root) if count > 20 else (np.zeros(3), wide)
    axis = np.linspace(-7, 7, 57 if count > 20 else 101)
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing='ij'), -1).reshape(-1, 3)
    d = at + grid @ scale.T
    log_posterior = -precision / 4 * (d * d).sum(1)
    for row, label in zip(phi, labels):
        log_posterior -= np.logaddexp(0, -(2 * label - 1) * (d @ row))
    weight = np.exp(log_posterior - log_posterior.max())
    weight /= weight.sum()
    p = 1 / (1 + np.exp(-d @ f))
    both = np.stack([1 - p, p], 1)
    mean = weight @ both
    c = logit_covariance(h, precision, f)
    said = vote(softmax(random.multivariate_normal(w @ f, c, 1000000)))
    return {'precision': precision, 'pixels': x.ravel(), 'labels': labels, 'shown': shown, 'weights': w.ravel(),
            'mean': mean, 'entropy': entropy(mean), 'within': weight @ entropy(both), 'laplace': said}


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


print(text_of({'source': f'make_posterior.py, numpy {np.__version__}', 'dtype': 'float64', 'laplace': laplace(),
               'exact': {'nearly normal': exact(400, 4.0, [140, 120]), 'far from normal': exact(4, 0.02, [200, 30])}}))
