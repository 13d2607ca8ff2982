"""`python -m tests.ui.make_sounds`: writes the two clicks of resources/sounds; two soft tones that fade."""

from __future__ import annotations

import io
import math
import struct
import wave

from ui.theme import RESOURCES

RATE = 16_000
Tone = tuple[int, int, float]      # hertz, milliseconds, loudness
SOUNDS: dict[str, tuple[Tone, ...]] = {
    "accept.wav": ((1320, 70, 0.28),),
    "refuse.wav": ((330, 90, 0.34), (0, 40, 0.0), (262, 140, 0.34)),
}


def sound(tones: tuple[Tone, ...]) -> bytes:
    """A WAV file of the tones, one after the other."""
    samples = []
    for hertz, length, loudness in tones:
        for number in range(RATE * length // 1000):
            time = number / RATE
            swell = min(1.0, time / 0.003) * math.exp(-time * 1000 / length * 3.2)
            wave_form = math.sin(2 * math.pi * hertz * time) + 0.25 * math.sin(4 * math.pi * hertz * time)
            samples.append(struct.pack("<h", int(max(-1.0, min(1.0, loudness * swell * wave_form)) * 32767)))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(samples))
    return out.getvalue()


def main() -> None:
    for name, tones in SOUNDS.items():
        (RESOURCES / "sounds" / name).write_bytes(sound(tones))


if __name__ == "__main__":
    main()
