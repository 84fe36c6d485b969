"""The wait after wrong PINs, second by second, wherever a PIN is asked for."""

from __future__ import annotations

from toolroom_desktop.domain.errors import Refused, UserFacingError


class PinWait:
    """How long an account still waits; whoever owns it calls `second_passed` every second while it is `active`."""

    def __init__(self) -> None:
        self._error: UserFacingError | None = None
        self._seconds_left = 0

    @property
    def active(self) -> bool:
        """Whether the account still waits."""
        return self._seconds_left > 0

    def begin(self, error: UserFacingError) -> bool:
        """Begin the wait that this refusal speaks of; False where it speaks of none."""
        seconds = error.details.get("seconds")
        if not isinstance(error, Refused) or not isinstance(seconds, int):
            return False
        self._error, self._seconds_left = error, seconds
        return True

    def second_passed(self) -> None:
        """One second of the wait is over."""
        self._seconds_left = max(0, self._seconds_left - 1)

    def end(self) -> None:
        """Whoever waited has gone."""
        self._error, self._seconds_left = None, 0

    def refusal(self) -> UserFacingError | None:
        """The refusal with what is left of its wait; None where nobody waits."""
        if self._error is None or not self.active:
            return None
        left = {"seconds": self._seconds_left, "minutes": -(-self._seconds_left // 60)}
        return UserFacingError(self._error.code, **{**self._error.details, **left})
