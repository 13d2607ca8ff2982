"""The province's word for whose signatures those of an epoch are: given along with the epoch's first operation.

A province restored from a backup may have forgotten an epoch, or its counter. Whoever holds that epoch's
operations holds this too, and gives it back with them: the province knows its own signature, takes the key back,
and can check the operations again. It says who wrote, and lets nobody speak: a token comes by a code alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.contract.messages import unb64

_KIND = "author-key"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class AuthorKey:
    """Who writes under that epoch, as the province knows it."""

    device: str
    epoch: int
    public_key: str                                # base64 of the 32 raw Ed25519 bytes
    office: str
    counter: str

    def to_payload(self) -> str:
        """The exact text that is signed."""
        return "\n".join((_KIND, self.device, str(self.epoch), self.public_key, self.office, self.counter))

    @classmethod
    def from_payload(cls, payload: str) -> AuthorKey:
        """Raises ValueError when the text is no such word."""
        kind, device, epoch, public_key, office, counter = payload.split("\n", 5)
        if kind != _KIND or len(unb64(public_key)) != _KEY_BYTES:
            raise ValueError("not an author's key")
        return cls(device, int(epoch), public_key, office, counter)
