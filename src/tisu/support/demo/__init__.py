"""Production factors of the demonstration county: the article's own (报道) and synthetic ones (示例)."""

from datetime import date

from tisu.loop.stagehand import Stagehand
from tisu.support.demo import article, forces, synthetic


def load(today: date) -> None:
    hands = Stagehand(today)
    article.play(hands)
    synthetic.play(hands)
    forces.play(hands)
