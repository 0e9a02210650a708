#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes optimizers_more.json: trajectories of the optimizers that PyTorch does not define, or not in every variant.

Every rule below is written from its paper, as vectors in plain Python double precision, with none of the engine's code
or its rearrangements: averages, corrections and step sizes stand as the papers print them. Derivatives of the test
functions are differentiated by hand. Where a paper leaves a choice the comment at the rule names the one taken.

    python3 tests/golden/make_optimizers_more.py > tests/golden/optimizers_more.json
"""
import json
import math

# --- test functions: value, gradient, Hessian ------------------------------------------------------------------------


def quadratic(p):
    x, y = p
    return (x * x + 10 * y * y) / 2, [x, 10 * y], [[1, 0], [0, 10]]


def rosenbrock(p):
    x, y = p
    r = y - x * x
    return ((1 - x) ** 2 + 100 * r * r, [-2 * (1 - x) - 400 * x * r, 200 * r],
            [[2 - 400 * (r - 2 * x * x), -400 * x], [-400 * x, 200]])


def himmelblau(p):
    x, y = p
    a, b = x * x + y - 11, x + y * y - 7
    return (a * a + b * b, [4 * x * a + 2 * b, 2 * a + 4 * y * b],
            [[4 * a + 8 * x * x + 2, 4 * x + 4 * y], [4 * x + 4 * y, 4 * b + 8 * y * y + 2]])


FUNCTIONS = {f.__name__: f for f in (quadratic, rosenbrock, himmelblau)}

# --- element-wise rules: step(p, g, t, memory) -> p ------------------------------------------------------------------


def sign(x):
    return (x > 0) - (x < 0)


def lion(h):
    """Chen et al. 2023, algorithm 2."""
    m = [0.0, 0.0]

    def step(p, g, t):
        new = []
        for i in range(2):
            c = h['beta1'] * m[i] + (1 - h['beta1']) * g[i]
            new.append(p[i] - h['learning_rate'] * (sign(c) + h['weight_decay'] * p[i]))
            m[i] = h['beta2'] * m[i] + (1 - h['beta2']) * g[i]
        return new
    return step


def adam(h):
    """Kingma & Ba 2015, algorithm 1; without bias correction its lines for m-hat and v-hat are left out."""
    m, v = [0.0] * 2, [0.0] * 2

    def step(p, g, t):
        new = []
        for i in range(2):
            m[i] = h['beta1'] * m[i] + (1 - h['beta1']) * g[i]
            v[i] = h['beta2'] * v[i] + (1 - h['beta2']) * g[i] ** 2
            m_hat, v_hat = m[i], v[i]
            if h['bias_correction']:
                m_hat, v_hat = m[i] / (1 - h['beta1'] ** t), v[i] / (1 - h['beta2'] ** t)
            new.append(p[i] - h['learning_rate'] * m_hat / (math.sqrt(v_hat) + h['epsilon']))
        return new
    return step


def adan(h):
    """Xie et al. 2022, algorithm 1, in its symbols b1 = 1 - beta1 …; averages from 0, bias-corrected."""
    b1, b2, b3 = 1 - h['beta1'], 1 - h['beta2'], 1 - h['beta3']
    m, v, n, last = [0.0] * 2, [0.0] * 2, [0.0] * 2, [None] * 2

    def step(p, g, t):
        new = []
        for i in range(2):
            d = 0.0 if last[i] is None else g[i] - last[i]
            last[i] = g[i]
            m[i] = (1 - b1) * m[i] + b1 * g[i]
            v[i] = (1 - b2) * v[i] + b2 * d
            n[i] = (1 - b3) * n[i] + b3 * (g[i] + (1 - b2) * d) ** 2
            m_hat, v_hat, n_hat = m[i] / (1 - (1 - b1) ** t), v[i] / (1 - (1 - b2) ** t), n[i] / (1 - (1 - b3) ** t)
            eta = h['learning_rate'] / (math.sqrt(n_hat) + h['epsilon'])
            new.append((p[i] - eta * (m_hat + (1 - b2) * v_hat)) / (1 + h['weight_decay'] * h['learning_rate']))
        return new
    return step


def adabelief(h):
    """Zhuang et al. 2020, algorithm 2."""
    m, s = [0.0] * 2, [0.0] * 2

    def step(p, g, t):
        new = []
        for i in range(2):
            m[i] = h['beta1'] * m[i] + (1 - h['beta1']) * g[i]
            s[i] = h['beta2'] * s[i] + (1 - h['beta2']) * (g[i] - m[i]) ** 2 + h['epsilon']
            m_hat, s_hat = m[i] / (1 - h['beta1'] ** t), s[i] / (1 - h['beta2'] ** t)
            new.append(p[i] - h['learning_rate'] * m_hat / (math.sqrt(s_hat) + h['epsilon']))
        return new
    return step


def yogi(h):
    """Zaheer et al. 2018, algorithm 2, m and v from 0."""
    m, v = [0.0] * 2, [0.0] * 2

    def step(p, g, t):
        new = []
        for i in range(2):
            m[i] = h['beta1'] * m[i] + (1 - h['beta1']) * g[i]
            v[i] = v[i] - (1 - h['beta2']) * sign(v[i] - g[i] ** 2) * g[i] ** 2
            new.append(p[i] - h['learning_rate'] * m[i] / (math.sqrt(v[i]) + h['epsilon']))
        return new
    return step


def rprop(h):
    """Riedmiller & Braun 1993 without the return after a sign change (Igel & Hüsken 2000, Rprop-)."""
    eta = h['learning_rate']
    size, last = [eta, eta], [0.0, 0.0]

    def step(p, g, t):
        new = []
        for i in range(2):
            used = g[i]
            if g[i] * last[i] > 0:
                size[i] = min(size[i] * h['grow'], h['largest'] * eta)
            elif g[i] * last[i] < 0:
                size[i] = max(size[i] * h['shrink'], h['smallest'] * eta)
                used = 0.0
            new.append(p[i] - sign(used) * size[i])
            last[i] = used
        return new
    return step


def momentum_restart(h):
    """O'Donoghue & Candès 2015, equation 13: the memory of x - x_before is dropped when g . (x - x_before) > 0."""
    before = [None]

    def step(p, g, t):
        move = [0.0, 0.0] if before[0] is None else [p[i] - before[0][i] for i in range(2)]
        if g[0] * move[0] + g[1] * move[1] > 0:
            move = [0.0, 0.0]
        before[0] = list(p)
        return [p[i] + h['momentum'] * move[i] - h['learning_rate'] * g[i] for i in range(2)]
    return step


# --- second order ----------------------------------------------------------------------------------------------------


def solve(a, b):
    """Cramer's rule."""
    det = a[0][0] * a[1][1] - a[0][1] * a[1][0]
    return [(b[0] * a[1][1] - a[0][1] * b[1]) / det, (a[0][0] * b[1] - b[0] * a[1][0]) / det]


def eigenvalues(a):
    mean, half = (a[0][0] + a[1][1]) / 2, (a[0][0] - a[1][1]) / 2
    root = math.sqrt(half * half + a[0][1] ** 2)
    return mean - root, mean + root


def absolute(a):
    """|A| = sqrt(A²), by the closed square root of a positive 2x2 matrix M: (M + sqrt(det M) I) / sqrt(tr M + 2 sqrt(det M))."""
    m = [[sum(a[i][k] * a[k][j] for k in range(2)) for j in range(2)] for i in range(2)]
    s = math.sqrt(m[0][0] * m[1][1] - m[0][1] * m[1][0])
    t = math.sqrt(m[0][0] + m[1][1] + 2 * s)
    return [[(m[0][0] + s) / t, m[0][1] / t], [m[1][0] / t, (m[1][1] + s) / t]]


def newton_raphson(h, f):
    def step(p, g, t):
        d = solve(f(p)[2], g)
        return [p[i] - h['learning_rate'] * d[i] for i in range(2)]
    return step


def saddle_free_newton(h, f):
    """Dauphin et al. 2014: (|H| + damping I) d = g."""
    def step(p, g, t):
        a = absolute(f(p)[2])
        d = solve([[a[0][0] + h['damping'], a[0][1]], [a[1][0], a[1][1] + h['damping']]], g)
        return [p[i] - h['learning_rate'] * d[i] for i in range(2)]
    return step


def trust_region(h, f):
    """Nocedal & Wright 2006, algorithm 4.1 with acceptance above 1/10; the subproblem by theorem 4.1: bisection on the
    shift σ until |(H + σI)⁻¹ g| is the radius."""
    radius = [h['learning_rate']]

    def minimizer(g, a):
        low = max(0.0, -eigenvalues(a)[0])

        def shifted(s):
            return solve([[a[0][0] + s, a[0][1]], [a[1][0], a[1][1] + s]], [-g[0], -g[1]])
        if low == 0 and eigenvalues(a)[0] > 0 and math.hypot(*shifted(0.0)) <= radius[0]:
            return shifted(0.0), False
        high = low + math.hypot(*g) / radius[0]
        for _ in range(200):
            middle = (low + high) / 2
            if middle in (low, high):
                break
            if math.hypot(*shifted(middle)) > radius[0]:
                low = middle
            else:
                high = middle
        return shifted(high), True

    def step(p, g, t):
        value, _, a = f(p)
        d, border = minimizer(g, a)
        promised = -(g[0] * d[0] + g[1] * d[1]) - (
            a[0][0] * d[0] ** 2 + 2 * a[0][1] * d[0] * d[1] + a[1][1] * d[1] ** 2) / 2
        trial = [p[0] + d[0], p[1] + d[1]]
        share = (value - f(trial)[0]) / promised
        if share < 0.25:
            radius[0] /= 4
        elif share > 0.75 and border:
            radius[0] *= 2
        return trial if share > 0.1 else p
    return step


# --- line search and simplex -----------------------------------------------------------------------------------------


def bfgs(h, f):
    """Nocedal & Wright 2006, algorithm 6.1 with (6.17) as matrix products and (6.20). The runs are chosen so that the
    first trial of every search fulfils the strong Wolfe conditions (c1 = 1e-4, c2 = 0.9); it is asserted. The first
    trial is 1, and min(1, 1/|g|_1) in the first step."""
    w = [[1.0, 0.0], [0.0, 1.0]]

    def product(a, b):
        return [[sum(a[i][k] * b[k][j] for k in range(2)) for j in range(2)] for i in range(2)]

    def step(p, g, t):
        d = [-(w[i][0] * g[0] + w[i][1] * g[1]) for i in range(2)]
        alpha = min(1.0, 1 / (abs(g[0]) + abs(g[1]))) if t == 1 else 1.0
        new = [p[i] + alpha * d[i] for i in range(2)]
        value, g_new, _ = f(new)
        slope, slope_new = g[0] * d[0] + g[1] * d[1], g_new[0] * d[0] + g_new[1] * d[1]
        assert value <= f(p)[0] + 1e-4 * alpha * slope and abs(slope_new) <= -0.9 * slope, (t, p)
        s, y = [new[i] - p[i] for i in range(2)], [g_new[i] - g[i] for i in range(2)]
        sy = s[0] * y[0] + s[1] * y[1]
        start = [[sy / (y[0] ** 2 + y[1] ** 2) if i == j else 0.0 for j in range(2)] for i in range(2)] if t == 1 else w
        left = [[(i == j) - s[i] * y[j] / sy for j in range(2)] for i in range(2)]
        right = [[(i == j) - y[i] * s[j] / sy for j in range(2)] for i in range(2)]
        updated = product(product(left, start), right)
        for i in range(2):
            for j in range(2):
                w[i][j] = updated[i][j] + s[i] * s[j] / sy
        return new
    return step


def nelder_mead(h, f):
    """Lagarias et al. 1998, section 2: one iteration a step, from the simplex p, p + η e1, p + η e2."""
    simplex = []

    def step(p, g, t):
        if not simplex:
            eta = h['learning_rate']
            simplex.extend([list(p), [p[0] + eta, p[1]], [p[0], p[1] + eta]])
            simplex.sort(key=lambda v: f(v)[0])  # stable, as the tie rules ask
        first, second, worst = simplex
        centre = [(first[i] + second[i]) / 2 for i in range(2)]

        def point(a):
            return [centre[i] + a * (centre[i] - worst[i]) for i in range(2)]
        f1, f2, f3, fr = f(first)[0], f(second)[0], f(worst)[0], f(point(1))[0]
        if fr < f1:
            accepted = point(2) if f(point(2))[0] < fr else point(1)
        elif fr < f2:
            accepted = point(1)
        elif fr < f3:
            accepted = point(0.5) if f(point(0.5))[0] <= fr else None
        else:
            accepted = point(-0.5) if f(point(-0.5))[0] < f3 else None
        if accepted is not None:
            simplex[2] = accepted
        else:
            simplex[1:] = [[(first[i] + v[i]) / 2 for i in range(2)] for v in (second, worst)]
        simplex.sort(key=lambda v: f(v)[0])
        return list(simplex[0])
    return step


# --- runs ------------------------------------------------------------------------------------------------------------

# optimizer, function, hyper-parameters, start, recorded steps
RUNS = [
    (lion, quadratic, {'learning_rate': 0.03, 'beta1': 0.9, 'beta2': 0.99, 'weight_decay': 0.0}, [-4.0, 1.5], 100),
    (lion, rosenbrock, {'learning_rate': 0.007, 'beta1': 0.85, 'beta2': 0.95, 'weight_decay': 0.2}, [-1.2, 1.0], 100),
    (adam, quadratic, {'learning_rate': 0.05, 'beta1': 0.9, 'beta2': 0.999, 'epsilon': 1e-8, 'bias_correction': 0},
     [-4.0, 1.5], 100),
    (adam, rosenbrock, {'learning_rate': 0.01, 'beta1': 0.8, 'beta2': 0.95, 'epsilon': 1e-3, 'bias_correction': 0},
     [-1.2, 1.0], 100),
    (adam, himmelblau, {'learning_rate': 0.1, 'beta1': 0.9, 'beta2': 0.99, 'epsilon': 1e-8, 'bias_correction': 1},
     [0.3, -0.4], 50),
    (adan, quadratic, {'learning_rate': 0.05, 'beta1': 0.98, 'beta2': 0.92, 'beta3': 0.99, 'epsilon': 1e-8,
                       'weight_decay': 0.0}, [-4.0, 1.5], 100),
    (adan, rosenbrock, {'learning_rate': 0.02, 'beta1': 0.9, 'beta2': 0.8, 'beta3': 0.95, 'epsilon': 1e-3,
                        'weight_decay': 0.05}, [-1.2, 1.0], 100),
    (adabelief, quadratic, {'learning_rate': 0.05, 'beta1': 0.9, 'beta2': 0.999, 'epsilon': 1e-8}, [-4.0, 1.5], 100),
    (adabelief, rosenbrock, {'learning_rate': 0.01, 'beta1': 0.8, 'beta2': 0.95, 'epsilon': 1e-4}, [-1.2, 1.0], 100),
    (yogi, quadratic, {'learning_rate': 0.05, 'beta1': 0.9, 'beta2': 0.999, 'epsilon': 1e-3}, [-4.0, 1.5], 100),
    (yogi, rosenbrock, {'learning_rate': 0.02, 'beta1': 0.9, 'beta2': 0.9, 'epsilon': 1e-3}, [-1.2, 1.0], 100),
    (rprop, quadratic, {'learning_rate': 0.01, 'shrink': 0.5, 'grow': 1.2, 'smallest': 1e-4, 'largest': 5000.0},
     [-4.0, 1.5], 100),
    (rprop, rosenbrock, {'learning_rate': 0.05, 'shrink': 0.4, 'grow': 1.3, 'smallest': 0.01, 'largest': 3.0},
     [-1.2, 1.0], 100),
    (momentum_restart, quadratic, {'learning_rate': 0.02, 'momentum': 0.95}, [-4.0, 1.5], 100),
    (momentum_restart, rosenbrock, {'learning_rate': 0.0008, 'momentum': 0.9}, [-1.2, 1.0], 100),
    (newton_raphson, rosenbrock, {'learning_rate': 0.8}, [-1.2, 1.0], 10),
    (newton_raphson, himmelblau, {'learning_rate': 0.5}, [0.3, -0.4], 20),   # to the hilltop
    (saddle_free_newton, himmelblau, {'learning_rate': 0.5, 'damping': 0.1}, [0.3, -0.4], 20),
    (saddle_free_newton, rosenbrock, {'learning_rate': 1.0, 'damping': 1.0}, [-1.2, 1.0], 20),
    (trust_region, rosenbrock, {'learning_rate': 1.0}, [-1.2, 1.0], 20),
    (trust_region, himmelblau, {'learning_rate': 0.3}, [0.3, -0.4], 6),
    (bfgs, quadratic, {'learning_rate': 1.0}, [-2.0, -1.2], 7),
    (bfgs, rosenbrock, {'learning_rate': 1.0}, [1.4, 0.6], 7),
    (nelder_mead, rosenbrock, {'learning_rate': 0.5}, [-1.2, 1.0], 60),
    (nelder_mead, himmelblau, {'learning_rate': 1.0}, [0.3, -0.4], 40),
]


def run(rule, f, h, start, steps):
    step = rule(h, f) if rule.__code__.co_argcount == 2 else rule(h)
    p, at = list(start), [{'step': 0, 'point': list(start), 'loss': f(start)[0]}]
    for t in range(1, steps + 1):
        p = step(p, f(p)[1], t)
        if t in (1, 2, 3, 5, 10, 20, 50) or t == steps:
            at.append({'step': t, 'point': list(p), 'loss': f(p)[0]})
    return {'surface': f.__name__, 'optimizer': rule.__name__, 'parameters': h, 'start': start, 'at': at}


print(json.dumps({'source': 'make_optimizers_more.py, from the papers named there', 'dtype': 'float64',
                  'runs': [run(*r) for r in RUNS]}, indent=1, ensure_ascii=False))
