"""What is said when there is no past to look at, or somebody would change it."""

from __future__ import annotations

from web.refusals import Answered


class LookingBack(Answered):
    """The past cannot be changed. Go back to today to do this."""

    status = 409
    title = "You are looking at the past"
    link = "Back to today"


class NothingToSee(LookingBack):
    """There is nothing to look back to."""

    status = 422
    title = "There is nothing to look back to"

    def __init__(self, sentence: str, back: str) -> None:
        super().__init__()
        self.said, self.href = sentence, back

    @property
    def sentence(self) -> str:
        return self.said


class NotThen(NothingToSee):
    """This was not on the record then. It came later."""

    title = "Not on the record then"

    def __init__(self, back: str) -> None:
        super().__init__("This was not on the record then. It came later.", back)


class OnlyPresent(NothingToSee):
    """This page is only about the present."""

    status = 409
    title = "Only the present"

    def __init__(self, back: str) -> None:
        super().__init__(
            "This page is about the present. Home, suppliers, assessments, the council, renewals and activity have a"
            " past.",
            back,
        )
