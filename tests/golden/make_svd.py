#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes svd.json: small matrices of every kind with their singular values from numpy.linalg.svd (LAPACK's gesdd).

    python3 tests/golden/make_svd.py > tests/golden/svd.json
"""
import json

import numpy as np

random = np.random.default_rng(7)
cases = []


def case(name, matrix):
    """Numbers are rounded to few digits first, so that the file stays small and holds the very matrix."""
    matrix = np.array([float(f'{x:.6g}') for x in np.asarray(matrix, float).ravel()]).reshape(np.shape(matrix))
    cases.append({'name': name, 'rows': matrix.shape[0], 'columns': matrix.shape[1], 'matrix': matrix.ravel().tolist(),
                  'singular_values': np.linalg.svd(matrix, compute_uv=False).tolist()})


def orthogonal(n):
    return np.linalg.qr(random.standard_normal((n, n)))[0]


normal = random.standard_normal
case('one number', [[-3.25]])
case('one row', normal((1, 9)))
case('one column', normal((9, 1)))
case('two by two', normal((2, 2)))
case('square', normal((8, 8)))
case('square, uniform', random.uniform(0, 1, (15, 15)))
case('wide', normal((7, 12)))
case('tall', normal((12, 7)))
case('one block of rows more', normal((37, 5)))
case('several blocks of rows', normal((70, 3)))
case('wide, several blocks', normal((4, 75)))
case('graded down the columns', normal((10, 6)) * 10.0 ** -np.arange(6))
case('graded up the columns', normal((10, 6)) * 10.0 ** np.arange(6))
case('graded down the rows', 10.0 ** -np.arange(0, 20, 2)[:, None] * normal((10, 6)))
case('graded both ways', 10.0 ** -np.arange(8)[:, None] * normal((8, 8)) * 10.0 ** -np.arange(8))
case('a graded spectrum', orthogonal(12) * 10.0 ** -np.arange(12) @ orthogonal(12))
case('identity', np.eye(6))
case('a permutation', np.eye(7)[random.permutation(7)])
case('repeated values', orthogonal(9) * np.repeat([3, 2, 1], 3) @ orthogonal(9))
case('two clusters', orthogonal(8) * np.array([1, 1, 1, 1, 1e-3, 1e-3, 1e-3, 1e-3]) @ orthogonal(8))
case('rank three', np.round(normal((9, 3)), 2) @ np.round(normal((3, 14)), 2))
case('rank one', np.outer([1, 2, 3, 4, 5], [1, -1, 2]))
case('all ones', np.ones((6, 6)))
case('zero rows and columns', np.pad(normal((3, 4)), ((2, 1), (1, 3))))
case('zeros', np.zeros((5, 3)))
case('diagonal, not sorted, of both signs', np.diag([0.5, -4, 0, 2, -0.25]))
case('bidiagonal', np.diag(np.arange(1, 9)) + np.diag(np.ones(7), 1))
case('a nilpotent one', np.diag(np.ones(7), 1))
case('Hilbert', 1 / (np.arange(8)[:, None] + np.arange(8) + 1))
case('Kahan', np.diag(0.6 ** np.arange(10)) @ (np.eye(10) - 0.8 * np.triu(np.ones((10, 10)), 1)))


# Larger ones are not written down: tests/inspect/svd_test.cpp makes the same whole numbers.
def residues(rows, columns):
    return [[(i * i * 37 + i * j * 17 + j * j * 101) % 1009 - 504 for j in range(columns)] for i in range(rows)]


for rows, columns in [(128, 200), (150, 60), (90, 90)]:
    values = np.linalg.svd(np.array(residues(rows, columns), float), compute_uv=False)
    cases.append({'name': f'residues, {rows}x{columns}', 'rows': rows, 'columns': columns, 'singular_values': values.tolist()})
print('{"cases": [\n' + ',\n'.join(json.dumps(c) for c in cases) + '\n]}')
