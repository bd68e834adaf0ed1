"""Times a training step of the same networks in PyTorch and Keras, each on one thread.

Prints JSON lines: {"peer", "network", "wallMs", "cpuMs"}, or {"peer", "missing"} with the reason.
Usage: time_peers.py torch|keras
"""

import json
import os
import sys
import time
import statistics

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
BATCH, STEPS, WIDTH, ZONES, NUMBERS, RUNS = 256, 40, 65, 265, 6, 9
ROWS = BATCH * STEPS
# name: dropout, batch norm, embeddings
NETWORKS = {
    "plain": (False, False, False),
    "dropout": (True, False, False),
    "batch norm": (False, True, False),
    "both": (True, True, False),
    "embeddings": (False, False, True),
}


def report(peer, network, epoch, epochs=1):
    """Medians over RUNS calls, each of `epochs` epochs, after two others."""
    epoch()
    epoch()
    walls, cpus = [], []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        epoch()
        walls.append(1000 * (time.perf_counter() - wall) / STEPS / epochs)
        cpus.append(1000 * (time.process_time() - cpu) / STEPS / epochs)
    line = {"peer": peer, "network": network, "wallMs": statistics.median(walls), "cpuMs": statistics.median(cpus)}
    print(json.dumps(line), flush=True)


def missing(peer, error):
    print(json.dumps({"peer": peer, "missing": f"{type(error).__name__}: {str(error).strip().splitlines()[0][:120]}"}), flush=True)


def torch_peer():
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(1)
    nn = torch.nn

    class Network(nn.Module):
        def __init__(self, dropout, norm, embeddings):
            super().__init__()
            self.tables = nn.ModuleList(nn.Embedding(ZONES + 1, 8) for _ in range(2)) if embeddings else None
            width = NUMBERS + 16 if embeddings else WIDTH
            layers = [nn.BatchNorm1d(width, eps=1e-3)] if norm else []
            for units in (100, 50):
                layers += [nn.Linear(width, units), nn.ReLU()]
                if norm:
                    layers.append(nn.BatchNorm1d(units, eps=1e-3))
                if dropout:
                    layers.append(nn.Dropout(0.1))
                width = units
            self.layers = nn.Sequential(*layers, nn.Linear(width, 1))

        def forward(self, x, zones):
            if self.tables is not None:
                x = torch.cat([x, *(table(zones[:, i]) for i, table in enumerate(self.tables))], dim=1)
            return self.layers(x)

    y = 10 * torch.rand(ROWS, 1)
    zones = torch.randint(ZONES, (ROWS, 2))

    def time_network(peer, name, options, wrap):
        model = Network(*options)
        x = torch.rand(ROWS, NUMBERS if options[2] else WIDTH)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
        loss_of = nn.MSELoss()
        forward = wrap(lambda x, zones, y: loss_of(model(x, zones), y))

        def epoch():
            order = torch.randperm(ROWS)
            for start in range(0, ROWS, BATCH):
                rows = order[start : start + BATCH]
                optimizer.zero_grad()
                forward(x[rows], zones[rows], y[rows]).backward()
                optimizer.step()

        report(peer, name, epoch)

    for name, options in NETWORKS.items():
        time_network("PyTorch eager", name, options, lambda f: f)
    try:
        for name, options in NETWORKS.items():
            time_network("PyTorch compiled", name, options, torch.compile)
    except Exception as error:
        missing("PyTorch compiled", error)


def keras_peer():
    import numpy as np
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    import keras

    layers = keras.layers
    generator = np.random.default_rng(1)
    y = 10 * generator.random((ROWS, 1), dtype=np.float32)
    zones = generator.integers(ZONES, size=(ROWS, 2)).astype(np.int32)
    for name, (dropout, norm, embeddings) in NETWORKS.items():
        numbers = keras.Input((NUMBERS if embeddings else WIDTH,))
        inputs, data = [numbers], [generator.random((ROWS, numbers.shape[1]), dtype=np.float32)]
        value = numbers
        if embeddings:
            places = keras.Input((2,), dtype="int32")
            inputs, data = [numbers, places], [data[0], zones]
            tables = [layers.Embedding(ZONES + 1, 8)(places[:, i]) for i in range(2)]
            value = layers.Concatenate()([numbers, *tables])
        if norm:
            value = layers.BatchNormalization()(value)
        for units in (100, 50):
            value = layers.Dense(units, activation="relu")(value)
            if norm:
                value = layers.BatchNormalization()(value)
            if dropout:
                value = layers.Dropout(0.1)(value)
        model = keras.Model(inputs, layers.Dense(1)(value))
        model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
        report("Keras fit", name, lambda: model.fit(data, y, batch_size=BATCH, epochs=4, verbose=0), 4)


PEERS = {"torch": ("PyTorch", torch_peer), "keras": ("Keras", keras_peer)}
label, run = PEERS[sys.argv[1]]
try:
    run()
except ImportError as error:
    missing(label, error)
