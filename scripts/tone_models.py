"""The teacher of tone and the two models that learn from it: a linear one, and a small network with attention."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from tone_examples import WIDTH

from analysis.framing.tone_network import MARKS, REGIONS

HIDDEN, HEADS = 64, 4
EPOCHS, BATCH = 6, 128
UNLABELLED_WEIGHT = {"linear": 0.25, "network": 0.35}
STRENGTH, ROUNDS = 0.05, 50  # of the linear model
SHARE_OF_ENCODER = 0.6  # in what the teacher says of sentences without labels


def teach(data, taught):
    """Train the teacher on some of the labelled targets; give what it says of all others."""

    def fit(x, strength):
        model = LogisticRegression(C=strength, max_iter=150, class_weight="balanced", tol=1e-3)
        return model.fit(x[taught], data.labels[taught]).predict_proba(x)

    return SHARE_OF_ENCODER * fit(data.encoded, 0.0007) + (1 - SHARE_OF_ENCODER) * fit(data.features, 0.03)


def goals(data, taught, said, kind):
    """Give what the models should say of each target, and how much each weighs: labels balanced, others less."""
    goal = np.vstack([data.gold, said[data.n :]]).astype(np.float32)
    weight = np.full(len(goal), UNLABELLED_WEIGHT[kind], np.float32)
    weight[: data.n] = data.gold @ (len(taught) / (3 * data.gold[taught].sum(0)))
    return goal, weight


def fit_linear(data, taught, said):
    """Train a logistic regression on labels that may be shared among classes; the last row is the bias."""
    rows = np.concatenate([taught, np.arange(data.n, data.features.shape[0])])
    goal, weight = (part[rows] for part in goals(data, taught, said, "linear"))
    x = data.features[rows]
    across, width = x.T.tocsr(), x.shape[1]

    def loss(flat):
        table = flat.reshape(width + 1, 3)
        score = x @ table[:width] + table[width]
        score -= score.max(1, keepdims=True)
        odds = np.exp(score)
        total = odds.sum(1, keepdims=True)
        lost = weight @ (np.log(total[:, 0]) - (goal * score).sum(1))
        slope = STRENGTH * weight[:, None] * (odds / total - goal)
        down = np.vstack([across @ slope + table[:width], slope.sum(0)])
        return STRENGTH * float(lost) + 0.5 * float((table[:width] ** 2).sum()), down.ravel()

    options = {"maxiter": ROUNDS, "maxcor": 8}
    found = minimize(loss, np.zeros((width + 1) * 3), jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(width + 1, 3)


def linear_odds(table, x):
    score = x @ table[:-1] + table[-1]
    odds = np.exp(score - score.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def start(key, n_numbers):
    keys = iter(jax.random.split(key, 20))

    def drawn(*shape, size=None):
        inputs = shape[0] if len(shape) == 2 else shape[0] * shape[1]
        return jax.random.normal(next(keys), shape) * (size or np.sqrt(1.5 / inputs))

    wide = HIDDEN * HEADS + 2 * HIDDEN + n_numbers
    zeros = jnp.zeros
    return {
        "words": drawn(WIDTH, HIDDEN),
        "words_bias": zeros(HIDDEN),
        **{f"mark{number}": drawn(size, HIDDEN) * 0.3 for number, size in enumerate(MARKS)},
        "value": drawn(2, HIDDEN) * 0.5,
        "near": drawn(3, HIDDEN, HIDDEN),
        "near_bias": zeros(HIDDEN),
        "attention": drawn(HIDDEN, HEADS) * 0.5,
        "hidden": drawn(wide, 64),
        "hidden_bias": zeros(64),
        "out": drawn(64, 3) * 0.5,
        "direct": drawn(n_numbers, 3) * 0.1,
        "bias": zeros(3),
    }


def network(net, vectors, batch, key=None, drop=0.3):
    """Run the network; `analysis.framing.tone` holds its twin in numpy."""
    words, marks, values, there, numbers = batch

    def dropped(x, key, share):
        return x if key is None else x * (jax.random.uniform(key, x.shape) > share) / (1 - share)

    keys = (None,) * 3 if key is None else jax.random.split(key, 3)
    x = vectors[words]
    if key is not None:
        x = x * (jax.random.uniform(keys[0], (*words.shape, 1)) > 0.12)
    x = x @ net["words"] + net["words_bias"]
    x = x + sum(net[f"mark{number}"][marks[..., number]] for number in range(len(MARKS)))
    x = x + jnp.stack([jnp.maximum(values, 0), jnp.maximum(-values, 0)], -1) @ net["value"]
    x = jax.nn.relu(x) * there[..., None]
    wide = jnp.pad(x, ((0, 0), (1, 1), (0, 0)))
    around = sum(wide[:, step : step + x.shape[1]] @ net["near"][step] for step in range(3))
    x = (x + jax.nn.relu(around + net["near_bias"])) * there[..., None]
    weight = jax.nn.softmax(x @ net["attention"] + (there[..., None] - 1) * 1e9, 1)
    attended = jnp.einsum("btk,btd->bkd", weight, x).reshape(len(x), -1)
    target = (marks[..., 2] == REGIONS.index("target")) * there
    own = (x * target[..., None]).sum(1) / jnp.maximum(target.sum(1, keepdims=True), 1)
    h = dropped(jnp.concatenate([attended, own, x.max(1), numbers], -1), keys[1], drop)
    h = dropped(jax.nn.relu(h @ net["hidden"] + net["hidden_bias"]), keys[2], drop)
    return h @ net["out"] + numbers @ net["direct"] + net["bias"]


def fit_network(data, taught, said, seed):
    """Train the network on labelled targets, twice an epoch, and on the teacher's word for the others."""
    vectors = jnp.asarray(data.vectors)
    goal, weight = goals(data, taught, said, "network")
    pool = np.concatenate([taught, taught, np.arange(data.n, len(goal))])
    rng = np.random.default_rng(seed)

    def loss(net, batch, goal, weight, key):
        said = jax.nn.log_softmax(network(net, vectors, batch, key))
        decay = sum((part**2).sum() for part in jax.tree.leaves(net))
        return -(weight[:, None] * goal * said).sum() / weight.sum() + 3e-5 * decay

    @jax.jit
    def step(net, first, second, count, rate, batch, goal, weight, key):
        slope = jax.grad(loss)(net, batch, goal, weight, key)
        first = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new, first, slope)
        second = jax.tree.map(lambda old, new: 0.99 * old + 0.01 * new * new, second, slope)
        net = jax.tree.map(
            lambda part, one, two: part - rate * one / (1 - 0.9**count) / (jnp.sqrt(two / (1 - 0.99**count)) + 1e-8),
            net, first, second,
        )  # fmt: skip
        return net, first, second

    net = start(jax.random.PRNGKey(seed), data.numbers.shape[1])
    first = second = jax.tree.map(jnp.zeros_like, net)
    key, count, total = jax.random.PRNGKey(seed + 99), 0, EPOCHS * (len(pool) // BATCH)
    for _ in range(EPOCHS):
        order = np.argsort(data.sizes[pool] + rng.uniform(0, 6, len(pool)))
        batches = [order[at : at + BATCH] for at in range(0, len(order) - BATCH + 1, BATCH)]
        rng.shuffle(batches)
        for batch in batches:
            chosen = pool[batch]
            count += 1
            key, now = jax.random.split(key)
            rate = 2e-3 * min(1, count / 100) * max(0.02, 1 - count / total)
            length = -(-int(data.sizes[chosen].max()) // 16) * 16
            net, first, second = step(
                net, first, second, float(count), rate,
                data.batch(chosen, length), goal[chosen], weight[chosen], now,
            )  # fmt: skip
    return {name: np.asarray(part, np.float32) for name, part in net.items()}


def network_odds(net, data, chosen):
    run = jax.jit(lambda net, batch: jax.nn.softmax(network(net, jnp.asarray(data.vectors), batch)))
    return np.asarray(run(net, data.batch(chosen, data.tables[0].shape[1])))
