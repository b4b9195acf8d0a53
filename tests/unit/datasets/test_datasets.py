"""A data set is found where the design says, verified, and refused in one clear line."""

import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from autograder import datasets
from autograder.datasets import DatasetUnavailable, sample, sources


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUTOGRADER_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(sources, "_COUNTS", (6, 6, 2, 2))
    monkeypatch.setattr(sources, "_download", no_network)


def no_network(name: str) -> list[np.ndarray]:
    raise DatasetUnavailable(f"{name}: no network in tests")


def arrays() -> list[np.ndarray]:
    random = np.random.default_rng(0)
    train, test = (random.integers(0, 256, (n, 28, 28), np.uint8) for n in (6, 2))
    return [train, np.arange(6, dtype=np.uint8), test, np.arange(2, dtype=np.uint8)]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    import hashlib

    data_set = arrays()
    digests = tuple(hashlib.sha256(array).hexdigest() for array in data_set)
    monkeypatch.setitem(sources._DIGESTS, "mnist", digests)
    return data_set


def write_idx(folder: Path, data_set: list[np.ndarray], *, compress: bool = True) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for stem, array in zip(sources._FILES, data_set, strict=True):
        header = bytes([0, 0, 8, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape)
        data = header + array.tobytes()
        if compress:
            (folder / f"{stem}-ubyte.gz").write_bytes(gzip.compress(data))
        else:
            (folder / f"{stem}-ubyte").write_bytes(data)


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("sub", ["", "mnist"])
def test_idx_files_of_a_configured_directory(
    tmp_path: Path,
    known: list[np.ndarray],
    compress: bool,
    sub: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_idx(tmp_path / "data" / sub, known, compress=compress)
    monkeypatch.setenv("AUTOGRADER_DATA", str(tmp_path / "data"))
    (train, labels), (test, _) = datasets.load_mnist()
    np.testing.assert_array_equal(train, known[0])
    assert (labels.tolist(), test.shape) == ([0, 1, 2, 3, 4, 5], (2, 28, 28))


def test_the_npz_in_the_keras_cache(tmp_path: Path, known: list[np.ndarray]) -> None:
    cache = tmp_path / "keras" / "datasets"
    cache.mkdir(parents=True)
    names = ("x_train", "y_train", "x_test", "y_test")
    np.savez(cache / "mnist.npz", **dict(zip(names, known, strict=True)))
    np.testing.assert_array_equal(datasets.load_mnist()[0][0], known[0])


def test_a_configured_directory_without_it_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(DatasetUnavailable, match=r"holds no mnist.*AUTOGRADER_DATA"):
        datasets.load("mnist", tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-10],
        lambda data: data[: len(data) // 2],
        lambda data: b"\0" + data[1:],
        lambda data: b"",
        lambda data: gzip.compress(gzip.decompress(data)[:-1]),
        lambda data: gzip.compress(gzip.decompress(data) + b"x"),
        lambda data: gzip.compress(gzip.decompress(data)[:-1] + b"\xff"),
    ],
)
def test_a_damaged_file_is_refused_by_name(
    tmp_path: Path, known: list[np.ndarray], damage: object
) -> None:
    write_idx(tmp_path / "mnist", known)
    file = tmp_path / "mnist" / "train-images-idx3-ubyte.gz"
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    with pytest.raises(DatasetUnavailable, match=r"train-images-idx3|mnist"):
        datasets.load("mnist", tmp_path)


@pytest.mark.parametrize(("offset", "value"), [(10, 77), (8, 1)], ids=["method", "encrypted"])
def test_an_npz_with_a_damaged_header_is_refused_by_name(
    tmp_path: Path, known: list[np.ndarray], offset: int, value: int
) -> None:
    path = tmp_path / "mnist.npz"
    np.savez(path, x_train=known[0], y_train=known[1], x_test=known[2], y_test=known[3])
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + offset] = value  # of the central directory's first entry
    path.write_bytes(content)
    with pytest.raises(DatasetUnavailable, match=r"mnist\.npz: cannot be read"):
        sources.load("mnist", tmp_path)


def test_an_idx_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, known: list[np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_idx(tmp_path / "mnist", known)

    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(sources.gzip, "open", refuse)
    with pytest.raises(
        DatasetUnavailable, match=r"ubyte\.gz: cannot be read \(Permission denied\)"
    ):
        sources.load("mnist", tmp_path)


@pytest.mark.parametrize("changed", ["int64 labels", "flat images"])
def test_the_same_numbers_of_another_type_or_shape_are_refused(
    tmp_path: Path, known: list[np.ndarray], changed: str
) -> None:
    images, labels, *test = known
    if changed == "int64 labels":
        labels = labels.astype(np.int64)
    else:
        images = images.reshape(len(images), -1)
    names = ("x_train", "y_train", "x_test", "y_test")
    np.savez(tmp_path / "mnist.npz", **dict(zip(names, [images, labels, *test], strict=True)))
    with pytest.raises(DatasetUnavailable, match="are not those of mnist"):
        sources.load("mnist", tmp_path)


def test_an_unknown_name_names_the_known_ones() -> None:
    with pytest.raises(DatasetUnavailable, match="mnist, fashion-mnist"):
        datasets.load("cifar")


@pytest.mark.slow
@pytest.mark.skipif("AUTOGRADER_DATA" not in os.environ, reason="AUTOGRADER_DATA names no data")
@pytest.mark.parametrize("name", ["mnist", "fashion-mnist"])
def test_the_real_files_are_the_published_ones(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_COUNTS", (60_000, 60_000, 10_000, 10_000))
    (train, labels), (test, _) = datasets.load(name, REAL)
    assert (train.shape, test.shape) == ((60_000, 28, 28), (10_000, 28, 28))
    assert np.bincount(labels).sum() == 60_000


REAL = os.environ.get("AUTOGRADER_DATA", "")


LOAD_SAMPLE = {
    "mnist": datasets.load_mnist_sample,
    "fashion-mnist": datasets.load_fashion_mnist_sample,
}


@pytest.mark.parametrize("name", LOAD_SAMPLE)
def test_the_samples_come_with_the_kit_and_their_classes_are_alike(name: str) -> None:
    (train, train_labels), (test, test_labels) = LOAD_SAMPLE[name]()
    assert (train.shape, test.shape) == ((6_000, 28, 28), (2_000, 28, 28))
    assert np.bincount(train_labels).tolist() == [600] * 10
    assert np.bincount(test_labels).tolist() == [200] * 10


@pytest.mark.parametrize("name", LOAD_SAMPLE)
def test_a_damaged_sample_is_not_used(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "sample.npz"
    damaged.write_bytes(sources.sample_path(name).read_bytes()[:-1000])
    monkeypatch.setattr(sources, "sample_path", lambda _name: damaged)
    with pytest.raises(DatasetUnavailable, match="cannot be read"):
        LOAD_SAMPLE[name]()


def test_the_licence_of_each_sample_lies_beside_it() -> None:
    directory = sources.sample_path("mnist").parent
    notice = (directory / "NOTICE").read_text(encoding="utf-8")
    for sample_file in directory.glob("*.npz"):
        assert f"{sample_file.name}: from" in notice


@pytest.mark.slow
@pytest.mark.skipif("AUTOGRADER_DATA" not in os.environ, reason="AUTOGRADER_DATA names no data")
@pytest.mark.parametrize("name", LOAD_SAMPLE)
def test_the_samples_are_drawn_again_identically(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_COUNTS", (60_000, 60_000, 10_000, 10_000))
    drawn = sample.draw(datasets.load(name, REAL))
    for ours, again in zip(LOAD_SAMPLE[name](), drawn, strict=True):
        np.testing.assert_array_equal(ours[0], again[0])
        np.testing.assert_array_equal(ours[1], again[1])
