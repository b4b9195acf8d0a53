"""Find, verify and load MNIST and Fashion-MNIST; never inside the sandbox.

Sources, in this order: the directory in the environment variable AUTOGRADER_DATA; the user's Keras
cache; the system package (/usr/share/datasets); Keras's own download. A directory may hold the IDX
files as distributed (gzip or plain) or Keras's npz, directly or in a subdirectory with the data
set's name. The arrays of every source are verified by SHA-256.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np

from autograder.datasets.unavailable import DatasetUnavailable

Arrays = tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]

# The names of Fashion-MNIST's labels, from 0.
FASHION_CLASSES = [
    *("T-shirt", "trousers", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
]

_FILES = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
_COUNTS = (60_000, 60_000, 10_000, 10_000)
_SIDE = 28
# SHA-256 of the bytes of the four uint8 arrays, in the order of _FILES.
_DIGESTS = {
    "mnist": (
        "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
        "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
        "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
        "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
    ),
    "fashion-mnist": (
        "2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
        "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
        "c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
        "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
    ),
    "mnist-sample": (
        "ff77315e9f94210e465b4cd6e44d9c901d6ae2bd801d43f7a077f0c1787d09f5",
        "72bee9dccea312b8eb43673db72675d206902b5bdfcd8416c688d2c627f01fc6",
        "320e31dddfc4058d477c21ae598ea50796fd716960020dfd06cc8ef47dbc4e90",
        "52cceb1083fb5c36aed5139321db7c5a5ab5c1c3601c09208245b60c886a9488",
    ),
    "fashion-mnist-sample": (
        "ca03e4bfd7914272718f5a2a468b7399127977113f4c6dad354e4197bfa4a3bd",
        "a71a22661058a0b344dd00f4d23ff9928bd83209e9ced55c495eef9e82bea1b6",
        "62102f6fe0af7668b6c6db38db7c9c3eefce9e90378a591776e92ee3870c11d4",
        "e0f3e29d9ce3aaa2ed72526563384442f3e479b50bf353b912e316716b7365ed",
    ),
}
# The data sets that can be downloaded, and their files in Keras's cache.
REMOTE = {
    "mnist": ("mnist.npz",),
    "fashion-mnist": tuple(f"{stem}-ubyte.gz" for stem in _FILES),
}


def load_mnist() -> Arrays:
    """(train images, labels), (test images, labels): uint8 of (60000, 28, 28) and (10000, 28, 28).

    Raises DatasetUnavailable.
    """
    return load("mnist")


def load_fashion_mnist() -> Arrays:
    """The same as load_mnist, for Fashion-MNIST."""
    return load("fashion-mnist")


def load_fashion_mnist_sample() -> Arrays:
    """The sample of Fashion-MNIST that comes with the kit: 6,000 and 2,000 images, classes balanced.

    Raises DatasetUnavailable if the kit's own file is missing or damaged.
    """
    return _load_sample("fashion-mnist")


def load_mnist_sample() -> Arrays:
    """The same as load_fashion_mnist_sample, for MNIST."""
    return _load_sample("mnist")


def sample_path(name: str) -> Path:
    """The file with a few thousand images of a data set, which comes with the kit; sample.py draws it."""
    return Path(__file__).parent.parent / "data" / f"{name}-sample.npz"


def _load_sample(name: str) -> Arrays:
    path = sample_path(name)
    if not path.is_file():
        raise DatasetUnavailable(f"{path}: is missing. Install the kit again")
    return _verified(f"{name}-sample", _read_npz(path), str(path))


def load(name: str, directory: Path | str | None = None) -> Arrays:
    """The data set `name` ("mnist" or "fashion-mnist"), from `directory` or the usual sources.

    Raises DatasetUnavailable, also if a configured directory does not have the data set: other
    sources are then not tried.
    """
    arrays = find(name, directory)
    return _verified(name, _download(name), "Keras's download") if arrays is None else arrays


def find(name: str, directory: Path | str | None = None) -> Arrays | None:
    """The same as load, but None if the data set is not on this machine."""
    if name not in REMOTE:
        raise DatasetUnavailable(f"no data set is called {name!r}; there are {', '.join(REMOTE)}")
    configured = directory or os.environ.get("AUTOGRADER_DATA")
    if configured:
        return _from_directory(name, Path(configured).expanduser(), required=True)
    for source in (keras_cache(), Path("/usr/share/datasets")):
        if source.is_dir():
            try:
                return _from_directory(name, source, required=False)
            except FileNotFoundError:
                continue
    return None


def keras_cache() -> Path:
    """The directory in which Keras caches data sets."""
    home = os.environ.get("KERAS_HOME")
    return (Path(home) if home else Path("~/.keras").expanduser()) / "datasets"


def _from_directory(name: str, directory: Path, *, required: bool) -> Arrays:
    for folder in (directory / name, directory):
        npz = folder / f"{name}.npz"
        if npz.is_file():
            return _verified(name, _read_npz(npz), str(npz))
        paths = [_idx_path(folder, stem) for stem in _FILES]
        if all(path is not None for path in paths) and (folder.name == name or required):
            arrays = [
                _read_idx(path, count) for path, count in zip(paths, _COUNTS, strict=True) if path
            ]
            return _verified(name, arrays, str(folder))
    if required:
        raise DatasetUnavailable(
            f"{directory}: holds no {name}. Put {name}.npz or the four IDX files of {name} "
            f"there or into {name}/, or correct AUTOGRADER_DATA"
        )
    raise FileNotFoundError(directory)


def _idx_path(folder: Path, stem: str) -> Path | None:
    names = (f"{stem}-ubyte.gz", f"{stem}-ubyte")
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _read_idx(path: Path, count: int) -> np.ndarray:
    """The array of an IDX file; its header is checked before the rest is read."""
    shape = (count, _SIDE, _SIDE) if "images" in path.name else (count,)
    header = struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            if file.read(len(header)) != header:
                raise DatasetUnavailable(
                    f"{path}: is not the IDX file it is named after. Replace it"
                )
            size = int(np.prod(shape))
            data = file.read(size + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DatasetUnavailable(f"{path}: is cut short or damaged. Fetch it again") from None
    except OSError as error:
        raise DatasetUnavailable(
            f"{path}: cannot be read ({error.strerror}). Correct its permissions, or fetch it again"
        ) from None
    if len(data) != size:
        raise DatasetUnavailable(f"{path}: has the wrong length. Fetch it again")
    return np.frombuffer(data, np.uint8).reshape(shape)


def _read_npz(path: Path) -> list[np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            return [archive[key] for key in ("x_train", "y_train", "x_test", "y_test")]
    # zipfile raises RuntimeError for a method or an encryption that a damaged header names.
    except (
        *(OSError, ValueError, KeyError, EOFError, RuntimeError),
        *(zlib.error, zipfile.BadZipFile),
    ) as error:
        raise DatasetUnavailable(f"{path}: cannot be read ({error}). Fetch it again") from None


def _download(name: str) -> list[np.ndarray]:
    import keras  # TensorFlow takes seconds, and only a download needs it

    module = keras.datasets.mnist if name == "mnist" else keras.datasets.fashion_mnist
    try:
        (train, train_labels), (test, test_labels) = module.load_data()
    except Exception as error:  # any of urllib, HTTP, hash and disk errors
        raise DatasetUnavailable(
            f"{name} is not on this machine and the download failed ({error}). Connect to the "
            "network, or set AUTOGRADER_DATA to a directory that holds it"
        ) from None
    return [train, train_labels, test, test_labels]


def _verified(name: str, arrays: list[np.ndarray], source: str) -> Arrays:
    """The four arrays, if their digests are those of the data set. Raises DatasetUnavailable."""
    for file, array, digest in zip(_FILES, arrays, _DIGESTS[name], strict=True):
        # Equal bytes of another type or shape would be other data to a training.
        has_its_form = array.dtype == np.uint8 and array.shape[1:] == (
            (_SIDE,) * 2 if "images" in file else ()
        )
        if (
            not has_its_form
            or hashlib.sha256(np.ascontiguousarray(array).data).hexdigest() != digest
        ):
            raise DatasetUnavailable(
                f"{source}: its {file} are not those of {name}. Fetch it again"
            )
    train, train_labels, test, test_labels = arrays
    return (train, train_labels), (test, test_labels)
