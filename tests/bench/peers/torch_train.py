"""Trains the reference network in PyTorch, for the measurements of tests/bench/peers.mjs.

usage: torch_train.py FOLDER THREADS [--tuned] [--seed N]     FOLDER: MNIST's four files, gzipped

Prints a line of JSON that says what it is, then answers each line of JSON on its standard input with one of its own:
    {"train": S}      trains for about S seconds          -> {"images", "ms", "loss"}
    {"evaluate": N}   the 10,000 test images, N at a time -> {"images", "ms", "accuracy"}
    {"epochs": N}     N epochs from the start             -> {"seconds", "accuracies"}
    {"cycle": {...}}  one cycle from the start: epochs, optimizer ("adam" or "adamw"), rate, peak_at, batch_size -> the same
--tuned: activations and weights channels innermost (channels_last), and Adam as one fused operation where PyTorch has it
(2.0 and newer). The rest of the tuning is in the environment it is started with (see torch.mjs): OpenBLAS on the same
OpenMP threads as PyTorch, its AVX-512 kernels where the processor has them, and tcmalloc. SPDX-License-Identifier: MIT
"""
import argparse
import gzip
import json
import os
import sys
import time

import numpy
import torch
from torch import nn

BATCH = 32


def read_idx(path, header):
    with gzip.open(path) as file:
        return numpy.frombuffer(file.read(), numpy.uint8)[header:]


def read_set(folder, name):
    images = read_idx(os.path.join(folder, name + "-images-idx3-ubyte.gz"), 16).reshape(-1, 1, 28, 28)
    labels = read_idx(os.path.join(folder, name + "-labels-idx1-ubyte.gz"), 8)
    return torch.from_numpy(images.astype(numpy.float32) / 255), torch.from_numpy(labels.astype(numpy.int64))


def reference_network():
    """The network that Descent starts with; weights as Keras starts them (Glorot uniform, no bias)."""
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))
    for layer in network:
        if hasattr(layer, "weight"):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return network


def blas_in_use():
    """Where the matrix products come from: the names of the BLAS libraries of this process."""
    with open("/proc/self/maps", encoding="utf8") as maps:
        paths = {line.split()[-1] for line in maps if "blas" in line.rsplit("/", 1)[-1]}
    return ", ".join(sorted("/".join(path.split("/")[-2:]) for path in paths)) or "its own BLAS"


class Trainer:
    def __init__(self, options):
        self.options = options
        self.train_images, self.train_labels = read_set(options.folder, "train")
        self.test_images, self.test_labels = read_set(options.folder, "t10k")
        if options.tuned:
            self.train_images = self.train_images.contiguous(memory_format=torch.channels_last)
            self.test_images = self.test_images.contiguous(memory_format=torch.channels_last)
        self.fused = options.tuned and int(torch.__version__.split(".")[0]) >= 2
        self.restart()

    def restart(self):
        torch.manual_seed(self.options.seed)
        self.network = reference_network()
        if self.options.tuned:
            self.network = self.network.to(memory_format=torch.channels_last)
        extra = {"fused": True} if self.fused else {}
        self.adam = torch.optim.Adam(self.network.parameters(), lr=1e-3, eps=1e-7, **extra)
        self.order, self.at = torch.randperm(len(self.train_images)), 0

    def step(self, batch):
        self.adam.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(self.network(self.train_images[batch]), self.train_labels[batch])
        loss.backward()
        self.adam.step()
        return loss

    def train(self, seconds):
        images, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            if self.at + BATCH > len(self.order):
                self.order, self.at = torch.randperm(len(self.order)), 0
            loss = self.step(self.order[self.at:self.at + BATCH])
            self.at += BATCH
            images += BATCH
        return {"images": images, "ms": 1000 * (time.perf_counter() - began), "loss": loss.item()}

    def evaluate(self, batch):
        began, right = time.perf_counter(), 0
        with torch.inference_mode():
            for images, labels in zip(self.test_images.split(batch), self.test_labels.split(batch)):
                right += (self.network(images).argmax(1) == labels).sum().item()
        count = len(self.test_labels)
        return {"images": count, "ms": 1000 * (time.perf_counter() - began), "accuracy": right / count}

    def epochs(self, count, batch_size=BATCH, schedule=None):
        seconds, accuracies = 0, []
        for _ in range(count):
            began = time.perf_counter()
            for batch in torch.randperm(len(self.train_images)).split(batch_size):
                self.step(batch)
                if schedule:
                    schedule.step()
            seconds += time.perf_counter() - began
            accuracies.append(self.evaluate(1000)["accuracy"])
        return {"seconds": seconds, "accuracies": accuracies}

    def from_start(self, count):
        self.restart()
        return self.epochs(count)

    def cycle(self, recipe):
        """The one cycle of Descent's button: PyTorch's OneCycleLR with its cosines, momentum as it is."""
        self.restart()
        if recipe["optimizer"] == "adamw":
            self.adam = torch.optim.AdamW(self.network.parameters(), lr=recipe["rate"])
        steps = recipe["epochs"] * -(-len(self.train_images) // recipe["batch_size"])
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.adam, recipe["rate"], total_steps=steps, pct_start=recipe["peak_at"], cycle_momentum=False)
        return self.epochs(recipe["epochs"], recipe["batch_size"], schedule)

    def what(self):
        self.train(0.01)
        tuning = "as Debian installs it"
        if self.options.tuned:
            tuning = "tuned: channels_last, tcmalloc, fused Adam" if self.fused else "tuned: channels_last, tcmalloc"
        kernels = os.environ.get("OPENBLAS_CORETYPE")
        return f"{tuning}; {blas_in_use()}" + (f" with {kernels} kernels" if kernels else "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("threads", type=int)
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    trainer = Trainer(options)
    print(json.dumps({"what": trainer.what(), "threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        (command, value), = json.loads(line).items()
        answer = {"train": trainer.train, "evaluate": trainer.evaluate, "epochs": trainer.from_start,
                  "cycle": trainer.cycle}[command](value)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
