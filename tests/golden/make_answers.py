#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes answers.json: confusion and calibration of made-up answers as NumPy counts them, in double precision.

    python3 tests/golden/make_answers.py > tests/golden/answers.json

Logits are not stored. chirp(i, a) = sin(0.37 i i + 1.7 i + a), evaluated from left to right in double precision and
rounded to single: logit k of image i is s * chirp(i * classes + k, 7); its label is the class of the largest of
3 * chirp(i * classes + k, 7) + 0.6 * chirp(i * classes + k, 11), so that many of the answers are right.

Every case: `confusion` (label, answer), `mutual_information` in bits, `costliest` with `losses`; for each `temperature`
`bins` (15: [confidence, accuracy, count]), `ece` and `nll`; `fitted_temperature`, found by halving on the images with an even
number, and `judged_…` and `fitted_…` of those with an odd number.
"""
import json

import numpy as np

BINS = 15


def chirp(i, a):
    i = np.asarray(i, dtype=np.float64)
    return np.float32(np.sin(0.37 * i * i + 1.7 * i + a)).astype(np.float64)


def softmax(z, temperature):
    e = np.exp((z - z.max(axis=1, keepdims=True)) / temperature)
    return e / e.sum(axis=1, keepdims=True)


def score(z, labels, temperature):
    p = softmax(z, temperature)
    confidence, right = p.max(axis=1), p.argmax(axis=1) == labels
    place = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    bins = []
    for b in range(BINS):
        inside = place == b
        n = int(inside.sum())
        bins.append([confidence[inside].mean(), right[inside].mean(), n] if n else [0.0, 0.0, 0])
    ece = sum(abs(c - a) * n for c, a, n in bins) / len(labels)
    nll = -np.log(p[np.arange(len(labels)), labels]).mean()
    return {'bins': bins, 'ece': ece, 'nll': nll}


def fit(z, labels):
    """The zero of the derivative of the loss with respect to 1/T."""
    def slope(beta):
        p = softmax(z, 1 / beta)
        return ((p * z).sum(axis=1) - z[np.arange(len(labels)), labels]).sum()
    low, high = 0.01, 100.0
    for _ in range(200):
        middle = np.sqrt(low * high)
        low, high = (low, middle) if slope(middle) > 0 else (middle, high)
    return 1 / low


def case(images, classes, scale):
    at = np.arange(images * classes)
    z = np.float32(scale * chirp(at, 7)).astype(np.float64).reshape(images, classes)
    noisy = np.float32(z / scale * 3 + 0.6 * chirp(at, 11).reshape(images, classes))
    labels = noisy.argmax(axis=1)
    answers = z.argmax(axis=1)
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (labels, answers), 1)
    joint = matrix / images
    independent = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    seen = joint > 0
    losses = -np.log(softmax(z, 1)[np.arange(images), labels])
    wrong = [i for i in np.argsort(-losses, kind='stable') if labels[i] != answers[i]]
    temperature = fit(z[::2], labels[::2])
    judged, fitted = score(z[1::2], labels[1::2], 1), score(z[1::2], labels[1::2], temperature)
    return {
        'images': images, 'classes': classes, 'scale': scale, 'confusion': matrix.tolist(),
        'mutual_information': float((joint[seen] * np.log2(joint[seen] / independent[seen])).sum()),
        'costliest': [int(i) for i in wrong[:20]], 'wrong': len(wrong), 'losses': [losses[i] for i in wrong[:20]],
        'temperatures': {str(t): score(z, labels, t) for t in (1, 0.5, 2.5)},
        'fitted_temperature': temperature, 'judged_ece': judged['ece'], 'judged_nll': judged['nll'],
        'fitted_ece': fitted['ece'], 'fitted_nll': fitted['nll'],
    }


def rounded(value):
    if isinstance(value, float) or isinstance(value, np.floating):
        return float(f'{value:.12g}')
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


print(json.dumps([rounded(case(*c)) for c in ((401, 10, 3.0), (300, 4, 12.0), (250, 26, 0.5))], separators=(',', ':')))
