"""One model trained on examples: batches of like length, a loss over what each pair of entities states."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import torch
from torch import nn

from extract.encoder.recipe.model import learning_rate
from extract.encoder.scenes import learned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extract.encoder.recipe.examples import Example
    from extract.encoder.recipe.model import Encoder

# Pieces in a batch; small batches learn far more from so few paragraphs than large ones.
_BATCH = 500
# How much is learned at once, by the encoder's own layers and by those above it.
_RATES = (1.5e-4, 1e-3)
# How much what a teacher says counts beside what is annotated, and within it how the text means what it says.
_OF_TEACHER, _OF_ITS_STANCES = 1.0, 0.5
# Several places that say the same of two entities count as one that says it a little louder.
_LOUDER = 0.5
_OF_STANCES = 0.5


def train(
    model: Encoder,
    paragraphs: Sequence[tuple[Sequence[Example], Sequence[Example]]],
    core: Sequence[Example],
    epochs: int,
    sentences: int,
    tell: Callable[[str], None],
    teacher: Encoder | None = None,
) -> None:
    """Train for some epochs.

    paragraphs: the examples of each, as found and as marked, of which every epoch sees one or the other; core: those
    of CORE; sentences: how many of these an epoch sees; tell: is told of each epoch; teacher: a larger model, from
    whose answers to the paragraphs is learned as well (Hinton et al. 2015).
    """
    optimizer = torch.optim.AdamW(_groups(model), weight_decay=0.01)
    steps, step = 0, 0
    for epoch in range(epochs):
        batches = _batches(paragraphs, random.sample(list(core), sentences))
        steps = steps or len(batches) * epochs
        total = 0.0
        for batch in batches:
            for group, rate in zip(optimizer.param_groups, _RATES, strict=True):
                group["lr"] = rate * learning_rate(step, steps)
            loss = _loss(model, batch, teacher)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += loss.item()
        tell(f"epoch {epoch + 1} of {epochs}: loss {total / len(batches):.3f}")


def _groups(model: Encoder) -> list[dict[str, list[nn.Parameter]]]:
    own = [p for name, p in model.named_parameters() if name.startswith("bert.") and p.requires_grad]
    above = [p for name, p in model.named_parameters() if not name.startswith("bert.")]
    return [{"params": own}, {"params": above}]


def _batches(
    paragraphs: Sequence[tuple[Sequence[Example], Sequence[Example]]], core: Sequence[Example]
) -> list[list[Example]]:
    """Batches in random order, each of examples of like length, all of the corpus or all of CORE."""
    seen = [example for both in paragraphs for example in both[random.random() < 0.5]]
    batches = [*_alike(seen), *_alike(core)]
    random.shuffle(batches)
    return batches


def _alike(examples: Sequence[Example]) -> list[list[Example]]:
    found: list[list[Example]] = []
    longest = 0
    for example in sorted(examples, key=lambda e: len(e.scene.ids) + 20 * random.random()):
        longest = max(longest, len(example.scene.ids))
        if not found or longest * (len(found[-1]) + 1) > _BATCH:
            found.append([])
            longest = len(example.scene.ids)
        found[-1].append(example)
    return found


def _loss(model: Encoder, batch: Sequence[Example], teacher: Encoder | None) -> torch.Tensor:
    hidden = model(batch)
    if batch[0].core is not None:
        told = [side for example in batch if example.core is not None for side in example.core]
        return nn.functional.cross_entropy(model.core(torch.cat(hidden)), torch.tensor(told))
    parts = [_of_example(model, h, example) for h, example in zip(hidden, batch, strict=True)]
    stated = sum(len(group) for example in batch for group in example.stated)
    loss = torch.stack(parts).sum() / (stated + len(batch))
    return loss if teacher is None else loss + _OF_TEACHER * _apart(model, hidden, teacher, batch)


def _apart(model: Encoder, hidden: Sequence[torch.Tensor], teacher: Encoder, batch: Sequence[Example]) -> torch.Tensor:
    """How far a model's answers are from its teacher's, for each thing that the teacher takes to be stated."""
    with torch.no_grad():
        taught = torch.cat(teacher(batch))
        wanted, meant = torch.sigmoid(teacher.relations(taught)), torch.softmax(teacher.stances(taught), 1)
    own = torch.cat(list(hidden))
    entropy = nn.functional.binary_cross_entropy(wanted, wanted, reduction="sum")
    loss = nn.functional.binary_cross_entropy_with_logits(model.relations(own), wanted, reduction="sum") - entropy
    between = (meant * (meant.log() - torch.log_softmax(model.stances(own), 1))).sum(1)
    loss = loss + _OF_ITS_STANCES * (wanted.max(1).values * between).sum()
    return loss / (wanted.sum() + len(batch))


def _of_example(model: Encoder, hidden: torch.Tensor, example: Example) -> torch.Tensor:
    groups = torch.tensor(example.groups)
    pooled = _pooled(model.relations(hidden), groups, len(example.stated))
    wanted, asked = torch.zeros_like(pooled), torch.zeros(len(example.stated), len(learned()))
    for number, (stated, may) in enumerate(zip(example.stated, example.asked, strict=True)):
        asked[number, list(may)] = 1
        wanted[number, list(stated)] = 1
    loss = nn.functional.binary_cross_entropy_with_logits(pooled, wanted, weight=asked, reduction="sum")
    return loss + _OF_STANCES * _of_stances(model, hidden, example)


def _pooled(scores: torch.Tensor, groups: torch.Tensor, count: int) -> torch.Tensor:
    """The scores of all pairs of the same two entities as one, by a soft maximum."""
    places = groups.unsqueeze(1).expand_as(scores)
    highest = torch.full((count, scores.shape[1]), -1e4).scatter_reduce(0, places, scores, "amax")
    louder = torch.zeros_like(highest).index_add(0, groups, (scores - highest[groups]).exp())
    return highest + _LOUDER * louder.clamp(min=1e-9).log()


def _of_stances(model: Encoder, hidden: torch.Tensor, example: Example) -> torch.Tensor:
    """The loss of how the text means what a pair states, each statement counted once however many places it has."""
    told = [max(example.stated[group].values(), default=-1) for group in example.groups]
    stating = [n for n, stance in enumerate(told) if stance >= 0]
    if not stating:
        return torch.zeros(())
    wanted = torch.tensor([told[n] for n in stating])
    loss = nn.functional.cross_entropy(model.stances(hidden[stating]), wanted, reduction="sum")
    return loss * len(example.stated) / len(example.groups)
