"""The keys of the recipes that the thresholds were measured with, and the digests of their data."""

# SHA-256 of what a training of each tier is given: images and labels, but for the test labels.
DATA = {
    "sample": "c1ea3bb1cd41e4a2c5912695d08dfb7f71b8234a19bedd7aae3e734e630b5f46",
    "full": "30f0f2437a630f9ac5c74ba9fad87f5d2b90bed1f5a01c41cc3c235b672111fd",
}

PINNED = {
    ("sample", "rung-a"): "93999d8bf02dd9aa88550917f4a9340aeba8c98be4e739f2ca709b6071ec3c97",
    ("sample", "rung-b"): "d9a92bc78c0da3cb451dc93b2dd12bd6b3aa6b25aa01d964785c917364a7d75b",
    ("sample", "rung-c"): "d916623a7cc29d6052f50c0256ccb4712075ac4b7b7ee9cc9eb15b54c2720242",
    ("sample", "rung-d"): "9fccd41bd50a39294d32325f5d06eed875d239d644c6bd1a736b5fa88c4e48e8",
    ("sample", "rung-e"): "98f323dfe71f1c45762f3642c0fa75155e11be668476750a187f56bf8bcfc437",
    ("sample", "rung-open"): "3b4146034ec32ef4ee26c4c209a05180047c25da63cd433360db9ca58f0d7d29",
    ("full", "rung-a"): "b0d8206932178b6211a53341cc9f9c9b119c591a7134957185ff56c3b42a317f",
    ("full", "rung-b"): "4d3ff2856bc5ebe9da65cf7510d822ff70def316793258b8cb8e55feeb40dff4",
    ("full", "rung-c"): "bec7c8296e656db784e37f556154a6474a07d13dd237a167255f09f0d8a2602f",
    ("full", "rung-d"): "bd3cfcb5b25aeec4a4d459d4f75de8284852ff7d6706324cd37847014b7e7e5c",
    ("full", "rung-e"): "91ccc56e1b1050271932f1d77ebb04b97c7c629312a41e2a951e1543e9c212f1",
    ("full", "rung-open"): "6e4ea334ab07bc72f2c321107fa3c54a5d92fef92cb575b77a41cf7f2fe250e6",
}
