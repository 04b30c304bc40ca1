"""Train the encoder that seconds the relation model: MiniLM, fine-tuned on sentences with two marked parties.

    python tools/train_encoder.py rows DATA/events ROWS.jsonl
    python tools/train_encoder.py train ROWS.jsonl MINILM WORK [--folds all] [--epochs 5] [--seed 1]
    python tools/train_encoder.py export WORK MINILM TEXTS... [--out src/dateline/models/weights/relation/encoder.npz]

``rows`` reads PLV's training part, the pairs without a relation (class NONE) and, of the machine-written sentences, at
most 25 a type whose lexicon frame agrees with their label; it needs Dateline. ``train`` fine-tunes and needs torch,
safetensors and tokenizers, which Dateline does not; MINILM is the folder of all-MiniLM-L6-v2 (Apache 2.0). It trains on
all rows, or leaves out one fold after the other and writes its scores (``--folds all``, or some: ``0,3``); stopped, it
takes up behind the last fold that was done. ``tools/train_relation.py --encoder WORK`` reads the scores. ``export``
cuts the vocabulary to the pieces that TEXTS (JSON lines with "text") use, makes the weights int8 and writes the file
that :class:`dateline.models.encoder.PairEncoder` reads.

Embeddings and the two lowest layers stay as they are. In training a party is hidden behind [MASK] three times in ten,
so that the model learns what is said about it and not its name.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import random
import sys
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

TYPES = (
    "ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN "
    "YIELD NONE"
).split()
PENTA = (2, 0, 1, 3, 3, 0, 1, 3, 3, 2, 2, 3, 0, 2, 1, 4)
FOLDS = 5
WHOLE = "whole.pt"
"""File of the network trained on all rows."""
FROZEN = 2
HEADS = 12
SYNTHETIC = 25
"""Machine-written sentences a type, counted less than a real one:"""
SYNTHETIC_WEIGHT = 0.4
HIDDEN = 0.3
"""How often a party is hidden; of all other pieces one in 25 is."""
LEARN, LEARN_HEAD, BATCH = 1e-4, 1e-3, 16
MASK_PIECE = 103

Row = dict[str, Any]


def prepare(data: Path) -> list[Row]:
    """Rows with text, spans of the parties, label and fold; the same text is never in two folds."""
    article: Any = importlib.import_module("benchmarks.quality.task").article
    frames: Any = importlib.import_module("dateline.coding.event_frames").Frames
    words: Any = importlib.import_module("dateline.knowledge.event_lexicon").lexicon()
    parser: Any = importlib.import_module("dateline.reading.syntax").Parser()

    def read(name: str) -> list[Row]:
        return [json.loads(line) for line in (data / name).read_text(encoding="utf-8").splitlines()]

    def place(text: str, words: str | None) -> list[int] | None:
        at = text.find(words) if words else -1
        return [at, at + len(words)] if words and at >= 0 else None

    rows: list[Row] = []
    for name, kind in (("plv_train.jsonl", "plv"), ("penta_extra_train.jsonl", "none")):
        for row in read(name):
            for event in row["events"][: 1 if kind == "plv" else None]:
                if kind == "none" and event.get("penta") != 0:
                    continue
                fold = blake2b(row["text"].encode(), digest_size=4).digest()[0] % FOLDS if kind == "plv" else -1
                spans = {
                    "s": place(row["text"], event.get("source_text")),
                    "t": place(row["text"], event.get("target_text")),
                }
                rows.append(
                    {"set": kind, "text": row["text"], **spans, "y": event.get("plover") or "NONE", "fold": fold}
                )
    taken = Counter[str]()
    written = read("synthetic_train.jsonl")
    for at in range(0, len(written), 32):
        batch = written[at : at + 32]
        for row, a in zip(batch, parser.parse([article(each) for each in batch]), strict=True):
            for frame in frames(a, words).all():
                if not frame.sources or not frame.targets:
                    continue
                source = set(a.subtree(frame.sources[0]))
                target = set(a.subtree(frame.targets[0])) - source
                if not target or frame.trigger in source or frame.trigger in target:
                    continue
                fold = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(str(frame.relation), str(frame.relation))
                if fold == row["plover"] and taken[fold] < SYNTHETIC:
                    taken[fold] += 1
                    spans = [a.span(min(each), max(each) + 1) for each in (source, target)]
                    s, t = ([each.start, each.end] for each in spans)
                    rows.append({"set": "syn", "text": row["text"], "s": s, "t": t, "y": fold, "fold": -1})
                break
    return rows


def network(minilm: Path) -> Any:
    """The network with MiniLM's weights, a new vector for each party and a new top."""
    torch: Any = importlib.import_module("torch")
    nn, f = torch.nn, torch.nn.functional
    stored: Any = importlib.import_module("safetensors.torch").load_file(minilm / "model.safetensors")

    class Layer(nn.Module):
        def __init__(self, number: int) -> None:
            super().__init__()  # pyright: ignore[reportUnknownMemberType]
            for name, there in (
                ("q", "attention.self.query"), ("k", "attention.self.key"), ("v", "attention.self.value"),
                ("o", "attention.output.dense"), ("i", "intermediate.dense"), ("out", "output.dense"),
                ("ln1", "attention.output.LayerNorm"), ("ln2", "output.LayerNorm"),
            ):  # fmt: skip
                weight, bias = (stored[f"encoder.layer.{number}.{there}.{end}"] for end in ("weight", "bias"))
                made = (
                    nn.LayerNorm(len(bias), 1e-12) if name.startswith("ln") else nn.Linear(weight.shape[1], len(bias))
                )
                made.weight.data, made.bias.data = weight, bias
                setattr(self, name, made)
            self.drop = 0.0 if number < FROZEN else 0.1

        def forward(self, x: Any, mask: Any) -> Any:
            rows, count, width = x.shape
            q, k, v = (
                each(x).view(rows, count, HEADS, width // HEADS).transpose(1, 2) for each in (self.q, self.k, self.v)
            )
            near = (q @ k.transpose(-1, -2) / math.sqrt(width // HEADS) + mask).softmax(-1)
            near = f.dropout(near, self.drop, self.training)
            seen = (near @ v).transpose(1, 2).reshape(rows, count, width)
            x = self.ln1(x + f.dropout(self.o(seen), self.drop, self.training))
            return self.ln2(x + f.dropout(self.out(f.gelu(self.i(x))), self.drop, self.training))

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()  # pyright: ignore[reportUnknownMemberType]
            for name, there in (
                ("w", "word_embeddings"),
                ("p", "position_embeddings"),
                ("tt", "token_type_embeddings"),
            ):
                table = nn.Embedding(*stored[f"embeddings.{there}.weight"].shape)
                table.weight.data = stored[f"embeddings.{there}.weight"]
                setattr(self, name, table.requires_grad_(False))
            self.ln = nn.LayerNorm(384, 1e-12)
            self.ln.weight.data, self.ln.bias.data = (
                stored[f"embeddings.LayerNorm.{end}"] for end in ("weight", "bias")
            )
            self.ln.requires_grad_(False)
            self.role = nn.Embedding(3, 384)
            nn.init.normal_(self.role.weight, std=0.02)
            self.role.weight.data[0] = 0
            self.L = nn.ModuleList(Layer(number) for number in range(6))
            for layer in self.L[:FROZEN]:
                layer.requires_grad_(False)
            self.head = nn.Linear(3 * 384, len(TYPES))

        def forward(self, ids: Any, roles: Any, there: Any) -> Any:
            mask = (1 - there)[:, None, None, :] * -1e4
            with torch.no_grad():
                x = self.ln(self.w(ids) + self.p(torch.arange(ids.shape[1]))[None] + self.tt.weight[0])
                for layer in self.L[:FROZEN]:
                    x = layer(x, mask)
            x = f.dropout(x + self.role(roles), 0.1, self.training)
            for layer in self.L[FROZEN:]:
                x = layer(x, mask)
            means: list[Any] = []
            for those in (there, roles == 1, roles == 2):
                inside = those.float()[..., None]
                means.append((x * inside).sum(1) / inside.sum(1).clamp(min=1))
            return self.head(f.dropout(torch.cat(means, -1), 0.2, self.training))

    return Network()


def cut(rows: list[Row], minilm: Path) -> None:
    """Add to each row its pieces and the party each belongs to: 0 none, 1 source, 2 target."""
    tokenizers: Any = importlib.import_module("tokenizers")
    pieces: Any = tokenizers.Tokenizer.from_file(str(minilm / "tokenizer.json"))
    pieces.no_padding()
    pieces.enable_truncation(128)
    for row in rows:
        made = pieces.encode(row["text"])

        def role(start: int, end: int, row: Row = row) -> int:
            for number, side in ((1, row["s"]), (2, row["t"])):
                if side and start < end and start < side[1] and end > side[0]:
                    return number
            return 0

        row["ids"], row["roles"] = made.ids, [role(*each) for each in made.offsets]


def batch(rows: list[Row], hide: random.Random | None = None) -> tuple[Any, Any, Any]:
    """Rows as padded tensors, parties and single pieces hidden at random where asked."""
    torch: Any = importlib.import_module("torch")
    longest = max(len(row["ids"]) for row in rows)
    ids, roles = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(2))
    there = torch.zeros(len(rows), longest)
    for at, row in enumerate(rows):
        pieces = list(row["ids"])
        if hide is not None:
            for side in (1, 2):
                if hide.random() < HIDDEN:
                    pieces = [
                        MASK_PIECE if each == side else piece for each, piece in zip(row["roles"], pieces, strict=True)
                    ]
            pieces = [MASK_PIECE if hide.random() < 0.04 and piece > 110 else piece for piece in pieces]
        ids[at, : len(pieces)], roles[at, : len(pieces)] = torch.tensor(pieces), torch.tensor(row["roles"])
        there[at, : len(pieces)] = 1
    return ids, roles, there


def fit(rows: list[Row], minilm: Path, epochs: int, seed: int) -> Any:
    """A network trained on rows: cross-entropy of type, and of penta class less, rare types counted more."""
    torch: Any = importlib.import_module("torch")
    f = torch.nn.functional
    rng = random.Random(seed)  # noqa: S311
    torch.manual_seed(seed)
    made = network(minilm)
    seen = Counter(row["y"] for row in rows if row["set"] == "plv")
    of_type = torch.tensor([(len(rows) / len(TYPES) / max(seen.get(each, 100), 1)) ** 0.5 for each in TYPES])
    new = [each for name, each in made.named_parameters() if name.startswith(("head", "role"))]
    old = [
        each for name, each in made.named_parameters() if each.requires_grad and not name.startswith(("head", "role"))
    ]
    groups = [{"params": old, "lr": LEARN}, {"params": new, "lr": LEARN_HEAD}]
    steps = torch.optim.AdamW(groups, weight_decay=0.01)
    total = epochs * math.ceil(len(rows) / BATCH)

    def now(step: int) -> float:
        return min(1.0, (step + 1) / (0.1 * total)) * max(0.0, 1.0 - step / total)

    pace = torch.optim.lr_scheduler.LambdaLR(steps, now)
    wide = torch.eye(5)[list(PENTA)]
    for epoch in range(epochs):
        made.train()
        order = list(rows)
        rng.shuffle(order)
        batches: list[list[Row]] = []
        for at in range(0, len(order), BATCH * 16):
            near = sorted(order[at : at + BATCH * 16], key=lambda row: len(row["ids"]))
            batches += [near[k : k + BATCH] for k in range(0, len(near), BATCH)]
        rng.shuffle(batches)
        lost = 0.0
        for each in batches:
            scores = made(*batch(each, rng))
            gold = torch.tensor([TYPES.index(row["y"]) for row in each])
            weight = of_type[gold] * torch.tensor([SYNTHETIC_WEIGHT if row["set"] == "syn" else 1.0 for row in each])
            own = f.cross_entropy(scores, gold, reduction="none", label_smoothing=0.05)
            penta = -torch.log((scores.softmax(-1) @ wide)[torch.arange(len(each)), wide[gold].argmax(-1)] + 1e-8)
            loss = (weight * (own + 0.3 * penta)).sum() / weight.sum()
            steps.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(made.parameters(), 1.0)
            steps.step()
            pace.step()
            lost += loss.item()
        print(f"epoch {epoch}: loss {lost / len(batches):.3f}", flush=True)
    return made.eval()


def arrays(state: dict[str, Any], keep: list[int]) -> dict[str, Any]:
    """A network's weights under the names of the weight file."""
    found = {name: values.numpy() for name, values in state.items()}
    made = {
        "words": found["w.weight"][keep],
        "positions": found["p.weight"][:128] + found["tt.weight"][0],
        "norm": found["ln.weight"],
        "norm.bias": found["ln.bias"],
        "roles": found["role.weight"],
        "top": np.ascontiguousarray(found["head.weight"].T),
        "top.bias": found["head.bias"],
    }
    for n in range(6):
        for end, tail in (("weight", ""), ("bias", ".bias")):
            made[f"{n}.qkv{tail}"] = np.concatenate([found[f"L.{n}.{each}.{end}"] for each in "qkv"])
            for name, there in (("out", "o"), ("up", "i"), ("down", "out"), ("norm1", "ln1"), ("norm2", "ln2")):
                made[f"{n}.{name}{tail}"] = found[f"L.{n}.{there}.{end}"]
    return made


def kept(minilm: Path, texts: list[Path]) -> tuple[list[str], list[int]]:
    """Pieces of the vocabulary that the texts use, and letters, with their rows."""
    tokenizers: Any = importlib.import_module("tokenizers")
    pieces: Any = tokenizers.Tokenizer.from_file(str(minilm / "tokenizer.json"))
    pieces.no_padding()
    pieces.no_truncation()
    often = Counter[int]()
    for path in texts:
        lines = path.read_text(encoding="utf-8").splitlines()
        for made in pieces.encode_batch([json.loads(line).get("text") or "" for line in lines]):
            often.update(set(made.ids))

    def needed(piece: str, number: int) -> bool:
        letters = piece.removeprefix("##")
        latin = len(letters) == 1 and ord(letters) < 0x250
        return latin or often[number] > 0 or piece in ("[UNK]", "[CLS]", "[SEP]")

    known = sorted((number, piece) for piece, number in pieces.get_vocab().items() if needed(piece, number))
    return [piece for _, piece in known], [number for number, _ in known]


def main() -> None:
    """Prepare, train or export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    step = steps.add_parser("rows")
    step.add_argument("data", type=Path)
    step.add_argument("rows", type=Path)
    step = steps.add_parser("train")
    step.add_argument("rows", type=Path)
    step.add_argument("minilm", type=Path)
    step.add_argument("work", type=Path)
    step.add_argument("--folds", default="none", help='folds to leave out: "all" or numbers; "none" trains on all rows')
    step.add_argument("--epochs", type=int, default=5)
    step.add_argument("--seed", type=int, default=1)
    step = steps.add_parser("export")
    step.add_argument("work", type=Path)
    step.add_argument("minilm", type=Path)
    step.add_argument("texts", type=Path, nargs="+")
    step.add_argument("--out", type=Path, default=Path("src/dateline/models/weights/relation/encoder.npz"))
    given = parser.parse_args()
    if given.step == "rows":
        rows = prepare(given.data)
        given.rows.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        print(Counter(row["set"] for row in rows))
        return
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    given.work.mkdir(parents=True, exist_ok=True)
    if given.step == "export":
        dump: Any = importlib.import_module("dateline.models.encoder").dump
        names, numbers = kept(given.minilm, given.texts)
        state = torch.load(given.work / WHOLE)
        made = dump(TYPES, names, arrays(state, numbers), heads=HEADS, roles_at=FROZEN)
        given.out.write_bytes(made)
        print(f"{given.out}: {len(made):,} bytes, {len(names):,} pieces")
        return
    rows = [json.loads(line) for line in given.rows.read_text(encoding="utf-8").splitlines()]
    cut(rows, given.minilm)
    for fold in which(given.folds):
        done = given.work / f"fold{fold}.npz" if fold >= 0 else given.work / WHOLE
        if done.exists():
            continue
        made = fit([row for row in rows if fold < 0 or row["fold"] != fold], given.minilm, given.epochs, given.seed)
        if fold < 0:
            torch.save(made.state_dict(), done)
            continue
        left = [row for row in rows if row["fold"] == fold]
        with torch.no_grad():
            scores: Any = np.concatenate([made(*batch([row])).numpy() for row in left])
        part = done.with_suffix(".part")
        with part.open("wb") as file:
            np.savez(file, texts=np.array([row["text"] for row in left]), scores=scores)
        part.replace(done)
        best: list[int] = scores[:, :-1].argmax(1).tolist()
        right = [TYPES[number] == row["y"] for number, row in zip(best, left, strict=True)]
        print(f"fold {fold}: {np.mean(right):.3f} of {len(right)} right", flush=True)


def which(folds: str) -> list[int]:
    """Numbers of the folds asked for; -1 stands for none left out."""
    if folds == "none":
        return [-1]
    return list(range(FOLDS)) if folds == "all" else [int(each) for each in folds.split(",")]


if __name__ == "__main__":
    main()
