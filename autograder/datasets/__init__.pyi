from .sources import (
    FASHION_CLASSES as FASHION_CLASSES,
    load as load,
    load_fashion_mnist as load_fashion_mnist,
    load_fashion_mnist_sample as load_fashion_mnist_sample,
    load_mnist as load_mnist,
    load_mnist_sample as load_mnist_sample,
)
from .unavailable import DatasetUnavailable as DatasetUnavailable
